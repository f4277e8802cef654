/** What is copied? Nodes with the wires among them, kept for pasting here and in other tabs of this browser. */

import { type Design, type Edge, type Node, type Position, positionOf } from "./document";
import { GRID } from "./grid";

export interface Clip {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export function clip(design: Design, ids: ReadonlySet<string>): Clip {
  const nodes = design.nodes.filter((node) => ids.has(node.id));
  return { nodes, edges: design.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)) };
}

const KEY = "layerloom.clipboard";
let kept: Clip | null = null;

export function keep(copied: Clip): void {
  kept = copied;
  try {
    localStorage.setItem(KEY, JSON.stringify(copied));
  } catch {
    // Storage may be full or forbidden; this tab still remembers.
  }
}

export function recall(): Clip | null {
  try {
    const text = localStorage.getItem(KEY);
    return text ? (JSON.parse(text) as Clip) : kept;
  } catch {
    return kept;
  }
}

/** How far copies are moved so that none lies exactly on another node. */
export function freeOffset(design: Design, nodes: readonly Node[]): Position {
  const taken = new Set(design.nodes.map((node) => positionOf(node).join()));
  let step = 2 * GRID;
  while (nodes.some((node) => taken.has(`${positionOf(node)[0] + step},${positionOf(node)[1] + step}`))) step += 2 * GRID;
  return [step, step];
}
