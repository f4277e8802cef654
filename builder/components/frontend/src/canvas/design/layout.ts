/** Where does each node go? Rank by rank, downwards or to the right, with straight chains; and free places for new nodes. */

import dagre from "@dagrejs/dagre";
import { type Design, type Edge, type Position, positionOf } from "./document";
import { GRID } from "./grid";
import { sizeOf } from "./inside";
import { downstream, inOrder, into, outOf } from "./graph";

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

/** A place for every node: chains run straight on, shortcuts take lanes beside them. */
export function layout(design: Design, size: NodeSize): { [id: string]: Position } {
  const graph = new dagre.graphlib.Graph();
  const right = directionOf(design) === "right";
  const [nodesep, ranksep] = right ? [ROW_GAP, RANK_GAP] : [COLUMN_GAP, ROW_GAP];
  graph.setGraph({ rankdir: right ? "LR" : "TB", nodesep, ranksep, edgesep: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of design.nodes) graph.setNode(node.id, { ...sizeOf(node, size) });
  const shortcuts = shortcutsIn(design);
  for (const edge of design.edges) {
    if (graph.hasNode(edge.source) && graph.hasNode(edge.target) && !shortcuts.has(edge)) graph.setEdge(edge.source, edge.target);
  }
  dagre.layout(graph);
  return Object.fromEntries(
    design.nodes.map((node) => {
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
  return new Set(
    long.filter((edge) => {
      const others = outOf(design, edge.source).filter((other) => other.target !== edge.target && !long.includes(other));
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
