/** Where does each node go? Top-down, layer by layer, with straight chains; and free places for new nodes. */

import dagre from "@dagrejs/dagre";
import { type Design, type Edge, type Position, positionOf } from "./document";
import { GRID } from "./grid";
import { downstream, inOrder, into, outOf } from "./graph";

export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

/** Room between rows: a fault of two lines, 38 px, must fit. */
export const ROW_GAP = 40;
const COLUMN_GAP = 48;

export function snapped([x, y]: Position): Position {
  return [Math.round(x / GRID) * GRID, Math.round(y / GRID) * GRID];
}

/** A place for every node: chains run straight down, shortcuts take lanes beside them. */
export function layout(design: Design, size: NodeSize): { [id: string]: Position } {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: COLUMN_GAP, ranksep: ROW_GAP, edgesep: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of design.nodes) graph.setNode(node.id, { ...size });
  const shortcuts = shortcutsIn(design);
  for (const edge of design.edges) {
    if (graph.hasNode(edge.source) && graph.hasNode(edge.target) && !shortcuts.has(edge)) graph.setEdge(edge.source, edge.target);
  }
  dagre.layout(graph);
  return Object.fromEntries(
    design.nodes.map((node) => {
      const at = graph.node(node.id) as { x: number; y: number };
      return [node.id, [Math.round(at.x - size.width / 2), Math.round(at.y - size.height / 2)] as const];
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

function covered(design: Design, x: number, y: number, size: NodeSize): boolean {
  return design.nodes.some((node) => {
    const [left, top] = positionOf(node);
    return Math.abs(left - x) < size.width && Math.abs(top - y) < size.height + GRID / 2;
  });
}

/** Where the row below a node is. */
export function below(position: Position, size: NodeSize): Position {
  return [position[0], position[1] + size.height + ROW_GAP];
}

/** New places for `from` and what lies behind it, so that a node put at `top` has room above them. */
export function makeRoom(design: Design, from: string, top: number, size: NodeSize): { [id: string]: Position } {
  const moving = [from, ...downstream(design, from)];
  const nodes = design.nodes.filter((node) => moving.includes(node.id) && positionOf(node)[1] >= top - size.height);
  const highest = Math.min(...nodes.map((node) => positionOf(node)[1]));
  const shift = top + size.height + ROW_GAP - highest;
  if (!nodes.length || shift <= 0) return {};
  return Object.fromEntries(nodes.map((node) => [node.id, [positionOf(node)[0], positionOf(node)[1] + shift] as const]));
}
