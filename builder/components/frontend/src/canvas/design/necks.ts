/** Where does all data pass through one node? There a drawing falls into stretches that can be laid out one by one. */

import type { Edge, Node } from "./document";

/**
 * The nodes in stretches: each begins with the node that the one before ends with, and no wire joins two stretches.
 * `order`: each node after what feeds it. A drawing without a neck is one stretch.
 */
export function stretches(order: readonly Node[], edges: readonly Edge[]): Node[][] {
  const at = new Map(order.map((node, index) => [node.id, index]));
  const found: Node[][] = [];
  let current: Node[] = [];
  for (const [index, neck] of necks(at, edges).entries()) {
    current.push(order[index]!);
    if (!neck || current.length === 1 || index === order.length - 1) continue;
    found.push(current);
    current = [order[index]!];
  }
  return current.length > 1 || !found.length ? [...found, current] : found;
}

/** For each place in the order: do all wires that lead beyond it begin there, and does one? */
function necks(at: ReadonlyMap<string, number>, edges: readonly Edge[]): boolean[] {
  const begins = new Array<boolean>(at.size).fill(false);
  const crossing = new Array<number>(at.size + 1).fill(0);
  for (const edge of edges) {
    const [from, to] = [at.get(edge.source), at.get(edge.target)];
    if (from === undefined || to === undefined || to <= from) continue;
    begins[from] = true;
    // It passes by all places between its ends.
    crossing[from + 1]! += 1;
    crossing[to]! -= 1;
  }
  let passing = 0;
  return begins.map((begun, index) => {
    passing += crossing[index]!;
    return begun && passing === 0;
  });
}
