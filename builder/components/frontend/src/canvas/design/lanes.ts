/** Which way does a wire go? Cubic from port to port; a wire that would run behind other nodes gets a lane beside them. */

import { type Design, type Edge, edgeKey, indexOf, positionOf } from "./document";
import { into } from "./graph";
import type { NodeSize } from "./layout";

const LANE = 24;
const CLEAR = 32;
const CORNER = 16;

export interface Rect {
  readonly x: number;
  readonly y: number;
}

/** For each wire that needs one, the x of its lane. */
export function lanes(design: Design, size: NodeSize): Map<string, number> {
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

/** The path of a wire as SVG. */
export function path(from: Rect, to: Rect, laneX?: number): string {
  if (laneX !== undefined && to.y - from.y > 4 * CORNER) return lanePath(from, to, laneX);
  if (Math.abs(from.x - to.x) < 1) return `M${from.x},${from.y}L${to.x},${to.y}`;
  const reach = Math.max(18, Math.min(160, Math.abs(to.y - from.y) / 2), to.y < from.y ? 80 : 0);
  return `M${from.x},${from.y}C${from.x},${from.y + reach} ${to.x},${to.y - reach} ${to.x},${to.y}`;
}

function lanePath(from: Rect, to: Rect, x: number): string {
  const [out, back] = [from.y + 13, to.y - 13];
  const [a, b] = [Math.sign(x - from.x) || 1, Math.sign(to.x - x) || 1];
  const first = Math.min(CORNER, Math.abs(x - from.x) / 2);
  const second = Math.min(CORNER, Math.abs(to.x - x) / 2);
  const [start, end] = [Math.min(13, first), Math.min(13, second)];
  return [
    `M${from.x},${from.y}`,
    `V${out - start}`,
    `Q${from.x},${out} ${from.x + a * start},${out}`,
    `H${x - a * first}`,
    `Q${x},${out} ${x},${out + first}`,
    `V${back - second}`,
    `Q${x},${back} ${x + b * second},${back}`,
    `H${to.x - b * end}`,
    `Q${to.x},${back} ${to.x},${back + end}`,
    `V${to.y}`,
  ].join("");
}

/** Where among `many` ports along an edge of the node the one with this index sits, as a share of the width. */
export function portShare(index: number, many: number): number {
  if (many <= 1) return 0.5;
  const spread = Math.min(0.36 * (many - 1), 0.84);
  return 0.5 - spread / 2 + (spread * index) / (many - 1);
}
