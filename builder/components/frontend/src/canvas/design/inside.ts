/** What does a block show of its inside while it is open on the canvas? Rows of layers in calling order, and their wires. */

import type { Node } from "./document";
import { inOrder } from "./graph";
import type { NodeSize } from "./layout";

/** Pixels of one row. */
export const ROW = 24;
/** Above the first row and below the last. */
export const PADDING = 7;
/** More would not be read; the block itself can be opened. */
const MOST_ROWS = 14;

export interface Link {
  readonly from: number;
  readonly to: number;
}

export interface Inside {
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
  /** Layers that are not shown. */
  readonly more: number;
}

export function isExpanded(node: Node): boolean {
  return node.graph !== undefined && node.ui?.open === true;
}

const found = new WeakMap<NonNullable<Node["graph"]>, Inside>();

/** The inside of a block; kept as long as its network is the same one. */
export function insideOf(graph: NonNullable<Node["graph"]>): Inside {
  let inside = found.get(graph);
  if (!inside) {
    const ordered = inOrder(graph);
    const nodes = ordered.length > MOST_ROWS ? ordered.slice(0, MOST_ROWS - 1) : ordered;
    const rows = new Map(nodes.map((node, row) => [node.id, row]));
    const links = graph.edges.flatMap((edge): Link[] => {
      const [from, to] = [rows.get(edge.source), rows.get(edge.target) ?? nodes.length];
      return from === undefined ? [] : [{ from, to }];
    });
    inside = { nodes, links: distinct(links), more: ordered.length - nodes.length };
    found.set(graph, inside);
  }
  return inside;
}

function distinct(links: readonly Link[]): readonly Link[] {
  return [...new Map(links.map((link) => [`${link.from}>${link.to}`, link])).values()];
}

/** How much higher a block is while its inside is shown, in pixels. */
export function extraHeight(node: Node): number {
  if (!node.graph || !isExpanded(node)) return 0;
  const { nodes, more } = insideOf(node.graph);
  return 2 * PADDING + ROW * (nodes.length + (more ? 1 : 0));
}

/** The size of a node on the canvas. */
export function sizeOf(node: Node, size: NodeSize): NodeSize {
  return { width: size.width, height: size.height + extraHeight(node) };
}

/** How far from the rows a link runs: those over more rows further out, so that none hides another. */
export function reach({ from, to }: Link): number {
  return to - from <= 1 ? 0 : Math.min(34, 8 + 5 * (to - from - 1));
}
