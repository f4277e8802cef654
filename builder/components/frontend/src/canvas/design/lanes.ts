/** Which way does a wire go? Cubic from port to port; a wire that would run behind other nodes gets a lane beside them. */

import { type Design, type Edge, type Node, edgeKey, indexOf, positionOf } from "./document";
import { into } from "./graph";
import { type Direction, type NodeSize, directionOf } from "./layout";

const LANE = 24;
const CLEAR = 32;
const CORNER = 16;

export interface Rect {
  readonly x: number;
  readonly y: number;
}

/** For each wire that needs one, the x of its lane; its y where the data runs to the right. */
export function lanes(design: Design, size: NodeSize): Map<string, number> {
  if (directionOf(design) === "down") return lanesDown(design, size);
  return lanesDown(turned(design), { width: size.height, height: size.width });
}

/** The drawing mirrored at its diagonal: what ran to the right runs down. */
function turned(design: Design): Design {
  const flip = (node: Node): Node => ({ ...node, position: [positionOf(node)[1], positionOf(node)[0]] });
  return { ...design, nodes: design.nodes.map(flip) };
}

function lanesDown(design: Design, size: NodeSize): Map<string, number> {
  const found = new Map<string, number>();
  const used: { x: number; top: number; bottom: number }[] = [];
  const rows = design.nodes
    .map((node) => ({ id: node.id, x: positionOf(node)[0], y: positionOf(node)[1] }))
    .sort((a, b) => a.y - b.y);
  for (const edge of design.edges) {
    const [from, to] = [indexOf(design).get(edge.source), indexOf(design).get(edge.target)];
    if (!from || !to) continue;
    const [fx, fy] = positionOf(from);
    const [tx, ty] = positionOf(to);
    if (ty - fy <= size.height * 2) continue;
    const between = within(rows, fy + size.height / 2, ty - size.height / 2).filter(
      (row) => row.id !== edge.source && row.id !== edge.target,
    );
    if (!between.some((row) => crosses(row, [fx, fy], [tx, ty], size))) continue;
    found.set(edgeKey(edge), lane(design, edge, between, [fx, fy, tx, ty], size, used));
  }
  return found;
}

/** The rows with `top < y < bottom`, found by halving: long chains stay cheap. */
function within<Row extends Rect>(rows: readonly Row[], top: number, bottom: number): readonly Row[] {
  return rows.slice(firstBelow(rows, top), firstBelow(rows, bottom));
}

function firstBelow(rows: readonly Rect[], y: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.y < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Does the straight line from output to input pass behind this node? */
function crosses(row: Rect, [fx, fy]: readonly [number, number], [tx, ty]: readonly [number, number], size: NodeSize): boolean {
  const share = (row.y - fy) / (ty - fy);
  const x = fx + (tx - fx) * share;
  return Math.abs(row.x - x) < size.width / 2 + 8;
}

type Used = { x: number; top: number; bottom: number }[];

function lane(
  design: Design,
  edge: Edge,
  between: readonly Rect[],
  [fx, fy, tx, ty]: readonly [number, number, number, number],
  size: NodeSize,
  used: Used,
): number {
  const middle = (fx + tx) / 2 + size.width / 2;
  const near = between.filter((row) => Math.abs(row.x - (fx + tx) / 2) < size.width * 1.5);
  const left = Math.min(fx + size.width / 2, tx + size.width / 2, ...near.map((row) => row.x)) - CLEAR;
  const right = Math.max(fx + size.width / 2, tx + size.width / 2, ...near.map((row) => row.x + size.width)) + CLEAR;
  const toRight = prefersRight(design, edge) ?? Math.abs(right - middle) < Math.abs(middle - left);
  let x = toRight ? right : left;
  const clash = (at: number): boolean =>
    used.some((other) => Math.abs(other.x - at) < LANE / 2 && other.top < ty && other.bottom > fy);
  while (clash(x)) x += toRight ? LANE : -LANE;
  used.push({ x, top: fy, bottom: ty });
  return x;
}

/** A wire into the right half of a node's ports stays on the right; null where there is one port only. */
function prefersRight(design: Design, edge: Edge): boolean | null {
  const wires = into(design, edge.target);
  if (wires.length < 2) return null;
  return wires.indexOf(edge) >= wires.length / 2;
}

/** The path of a wire as SVG. To the right, `laneX` is the y of its lane: the same path, mirrored at the diagonal. */
export function path(from: Rect, to: Rect, laneX?: number, direction: Direction = "down"): string {
  const flip = direction === "right";
  const [start, end] = flip ? [mirrored(from), mirrored(to)] : [from, to];
  return steps(start, end, laneX)
    .map(([letter, ...points]) => letter + points.map(({ x, y }) => (flip ? `${y},${x}` : `${x},${y}`)).join(" "))
    .join("");
}

function mirrored({ x, y }: Rect): Rect {
  return { x: y, y: x };
}

type Step = readonly ["M" | "L" | "Q" | "C", ...Rect[]];

function steps(from: Rect, to: Rect, laneX?: number): readonly Step[] {
  if (laneX !== undefined && to.y - from.y > 4 * CORNER) return laneSteps(from, to, laneX);
  if (Math.abs(from.x - to.x) < 1) return [["M", from], ["L", to]]; // prettier-ignore
  const reach = Math.max(18, Math.min(160, Math.abs(to.y - from.y) / 2), to.y < from.y ? 80 : 0);
  return [
    ["M", from],
    ["C", { x: from.x, y: from.y + reach }, { x: to.x, y: to.y - reach }, to],
  ];
}

function laneSteps(from: Rect, to: Rect, x: number): readonly Step[] {
  const [out, back] = [from.y + 13, to.y - 13];
  const [a, b] = [Math.sign(x - from.x) || 1, Math.sign(to.x - x) || 1];
  const first = Math.min(CORNER, Math.abs(x - from.x) / 2);
  const second = Math.min(CORNER, Math.abs(to.x - x) / 2);
  const [start, end] = [Math.min(13, first), Math.min(13, second)];
  return [
    ["M", from],
    ["L", { x: from.x, y: out - start }],
    ["Q", { x: from.x, y: out }, { x: from.x + a * start, y: out }],
    ["L", { x: x - a * first, y: out }],
    ["Q", { x, y: out }, { x, y: out + first }],
    ["L", { x, y: back - second }],
    ["Q", { x, y: back }, { x: x + b * second, y: back }],
    ["L", { x: to.x - b * end, y: back }],
    ["Q", { x: to.x, y: back }, { x: to.x, y: back + end }],
    ["L", to],
  ];
}

/** The middle of a wire's path, where its button sits. */
export function middleOf(from: Rect, to: Rect, laneX?: number, direction: Direction = "down"): Rect {
  const flip = direction === "right";
  const [start, end] = flip ? [mirrored(from), mirrored(to)] : [from, to];
  const inLane = laneX !== undefined && end.y - start.y > 4 * CORNER;
  const middle = { x: inLane ? laneX : (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return flip ? mirrored(middle) : middle;
}

/** Where among `many` ports along an edge of the node the one with this index sits, as a share of the width. */
export function portShare(index: number, many: number): number {
  if (many <= 1) return 0.5;
  const spread = Math.min(0.36 * (many - 1), 0.84);
  return 0.5 - spread / 2 + (spread * index) / (many - 1);
}
