/** Where does each node go? Rank by rank, downwards or to the right, with straight chains; and free places for new nodes. */

import dagre from "@dagrejs/dagre";
import { type Design, type Edge, type Node, type Position, indexOf, positionOf } from "./document";
import { GRID } from "./grid";
import { sizeOf } from "./inside";
import { circular, downstream, inOrder, into, outOf } from "./graph";
import { stretches } from "./necks";

export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

/** Room between rows: a fault of two lines, 38 px, must fit. */
export const ROW_GAP = 40;
export const COLUMN_GAP = 48;
/** Room between ranks that run to the right: a wire, its button and a shape label must fit. */
const RANK_GAP = 72;

/** Which way the data runs: ports above and below the nodes, or left and right of them. */
export type Direction = "down" | "right";

export function directionOf(design: Design): Direction {
  return design.ui?.direction === "right" ? "right" : "down";
}

export function snapped([x, y]: Position): Position {
  return [Math.round(x / GRID) * GRID, Math.round(y / GRID) * GRID];
}

/** From so many nodes on a drawing is laid out stretch by stretch: the time then grows with its length, not faster. */
const LARGE = 60;

/** A place for every node: chains run straight on, shortcuts take lanes beside them. */
export function layout(design: Design, size: NodeSize): { [id: string]: Position } {
  const shortcuts = shortcutsIn(design);
  const edges = design.edges.filter((edge) => !shortcuts.has(edge));
  if (design.nodes.length < LARGE || circular(design)) return ranked(design, design.nodes, edges, size);
  return inStretches(design, edges, size);
}

/** Each stretch begins where the one before ended. */
function inStretches(design: Design, edges: readonly Edge[], size: NodeSize): { [id: string]: Position } {
  const places: { [id: string]: Position } = {};
  const parts = stretches(inOrder(design), edges);
  const entering = byTarget(edges);
  for (const nodes of parts) {
    const first = nodes[0]!;
    const there = new Set(nodes);
    const inside = nodes.flatMap((node) => (node === first ? [] : (entering.get(node.id) ?? [])));
    const known = inside.filter((edge) => there.has(indexOf(design).get(edge.source)!));
    const found = nodes.length === 2 && known.length ? pair(design, nodes, size) : ranked(design, nodes, known, size);
    const start = places[first.id] ?? found[first.id]!;
    const [dx, dy] = [start[0] - found[first.id]![0], start[1] - found[first.id]![1]];
    for (const [id, [x, y]] of Object.entries(found)) places[id] = [x + dx, y + dy];
  }
  return places;
}

/** One node and the next: most of a chain, and not worth a run of dagre. */
function pair(design: Design, [first, second]: readonly Node[], size: NodeSize): { [id: string]: Position } {
  const [one, other] = [sizeOf(first!, size), sizeOf(second!, size)];
  const place: Position =
    directionOf(design) === "right"
      ? [one.width + RANK_GAP, Math.round((one.height - other.height) / 2)]
      : [0, one.height + ROW_GAP];
  return { [first!.id]: [0, 0], [second!.id]: place };
}

function byTarget(edges: readonly Edge[]): Map<string, Edge[]> {
  const found = new Map<string, Edge[]>();
  for (const edge of edges) found.set(edge.target, [...(found.get(edge.target) ?? []), edge]);
  return found;
}

/** These nodes rank by rank, by dagre. */
function ranked(
  design: Design,
  nodes: readonly Node[],
  edges: readonly Edge[],
  size: NodeSize,
): { [id: string]: Position } {
  const graph = new dagre.graphlib.Graph();
  const right = directionOf(design) === "right";
  const [nodesep, ranksep] = right ? [ROW_GAP, RANK_GAP] : [COLUMN_GAP, ROW_GAP];
  graph.setGraph({ rankdir: right ? "LR" : "TB", nodesep, ranksep, edgesep: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { ...sizeOf(node, size) });
  for (const edge of edges)
    if (graph.hasNode(edge.source) && graph.hasNode(edge.target)) graph.setEdge(edge.source, edge.target);
  dagre.layout(graph);
  return Object.fromEntries(
    nodes.map((node) => {
      const at = graph.node(node.id) as { x: number; y: number };
      return [node.id, [Math.round(at.x - size.width / 2), Math.round(at.y - sizeOf(node, size).height / 2)] as const];
    }),
  );
}

/** Wires that a longer way accompanies, as a residual block's; they must not bend the chain. */
function shortcutsIn(design: Design): Set<Edge> {
  const rank = new Map<string, number>();
  for (const node of inOrder(design))
    rank.set(node.id, Math.max(0, ...into(design, node.id).map((edge) => (rank.get(edge.source) ?? -1) + 1)));
  const long = design.edges.filter((edge) => (rank.get(edge.target) ?? 0) - (rank.get(edge.source) ?? 0) > 1);
  const isLong = new Set(long);
  return new Set(
    long.filter((edge) => {
      const others = outOf(design, edge.source).filter((other) => other.target !== edge.target && !isLong.has(other));
      return others.length > 0 && downstream(design, ...others.map((other) => other.target)).has(edge.target);
    }),
  );
}

/** The nearest place at or below `wanted` where a node covers no other. */
export function freePlace(design: Design, wanted: Position, size: NodeSize): Position {
  let [x, y] = wanted;
  for (let tries = 0; tries < 200 && covered(design, x, y, size); tries += 1) y += GRID;
  return [x, y];
}

/** A free place in the row before a node: straight before it, else beside that. */
export function freeBefore(design: Design, [x, y]: Position, size: NodeSize): Position {
  const right = directionOf(design) === "right";
  const [wide, high] = below([0, 0], size, right ? "right" : "down");
  const row: Position = [x - wide, y - high];
  const beside = right ? [0, size.height + ROW_GAP] : [size.width + COLUMN_GAP, 0];
  const places = [0, -1, 1, -2, 2, -3, 3].map((times): Position => [row[0] + times * beside[0]!, row[1] + times * beside[1]!]);
  return places.find((place) => !covered(design, ...place, size)) ?? freePlace(design, row, size);
}

function covered(design: Design, x: number, y: number, size: NodeSize): boolean {
  return design.nodes.some((node) => {
    const [left, top] = positionOf(node);
    return Math.abs(left - x) < size.width && Math.abs(top - y) < size.height + GRID / 2;
  });
}

/** Where the next node behind one goes: below it, or right of it. */
export function below(position: Position, size: NodeSize, direction: Direction = "down"): Position {
  const [x, y] = position;
  return direction === "right" ? [x + size.width + RANK_GAP, y] : [x, y + size.height + ROW_GAP];
}

/** New places for `from` and what lies behind it, so that a node put at `at` has room before them. */
export function makeRoom(design: Design, from: string, at: Position, size: NodeSize): { [id: string]: Position } {
  const axis = directionOf(design) === "right" ? 0 : 1;
  const [length, gap] = axis ? [size.height, ROW_GAP] : [size.width, RANK_GAP];
  const moving = [from, ...downstream(design, from)];
  const nodes = design.nodes.filter((node) => moving.includes(node.id) && positionOf(node)[axis] >= at[axis] - length);
  const first = Math.min(...nodes.map((node) => positionOf(node)[axis]));
  const shift = at[axis] + length + gap - first;
  if (!nodes.length || shift <= 0) return {};
  const moved = ([x, y]: Position): Position => (axis ? [x, y + shift] : [x + shift, y]);
  return Object.fromEntries(nodes.map((node) => [node.id, moved(positionOf(node))] as const));
}
