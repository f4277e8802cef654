/**
 * How do wires change their ends without anything else changing place? As lists of edits.
 *
 * The order of the wires into an Add or Concatenate is the order of its inputs: a wire that is replaced keeps its rank,
 * so the wires of that list are taken off, last first (numbers then stay as they are), and put back in order.
 */

import { type Design, type Edge, edgeKey, sameEdge } from "./document";
import { type Edit, apply, wire } from "./edits";
import { into, outOf } from "./graph";

/** Edits that were tried one after the other, with the drawing they lead to. */
interface Tried {
  readonly design: Design;
  readonly edits: readonly Edit[];
}

function then({ design, edits }: Tried, more: readonly Edit[]): Tried {
  return { design: more.reduce(apply, design), edits: [...edits, ...more] };
}

/** The port that a wire ends at, without its number in the port's list. */
function portOf(edge: Edge): string {
  const path = edge.target_port ?? [];
  return JSON.stringify([edge.target, typeof path[path.length - 1] === "number" ? path.slice(0, -1) : path]);
}

/** Edits that put `now` in the place of `old`, which ends at the same port. Null: the new one is there already. */
export function replaceWire(design: Design, old: Edge, now: Edge | null): readonly Edit[] {
  const port = portOf(old);
  const list = into(design, old.target).filter((edge) => portOf(edge) === port);
  const off = [...list].reverse().map((edge): Edit => ({ kind: "disconnect", edge }));
  const kept = list.flatMap((edge) => (sameEdge(edge, old) ? (now ? [now] : []) : [edge]));
  return [...off, ...kept.map((edge, rank): Edit => ({ kind: "connect", edge: ranked(edge, rank) }))];
}

/** The wire with its number in the list, if its port is written with one. */
function ranked(edge: Edge, rank: number): Edge {
  const path = edge.target_port;
  if (!path || typeof path[path.length - 1] !== "number") return edge;
  return { ...edge, target_port: [...path.slice(0, -1), rank] };
}

/** Edits that take a layer out of its wires: what fed it first feeds what it fed. The layer stays, alone. */
export function unplugged(design: Design, id: string): readonly Edit[] {
  const feed = into(design, id)[0];
  let tried: Tried = { design, edits: [] };
  for (const edge of feed ? outOf(design, id) : []) {
    const now = wire(feed!.source, edge.target, feed!.source_port, edge.target_port);
    const twin = into(tried.design, edge.target).some((other) => edgeKey(other) === edgeKey(now));
    tried = then(tried, replaceWire(tried.design, edge, twin ? null : now));
  }
  const left = [...into(tried.design, id), ...outOf(tried.design, id)].reverse();
  return then(tried, left.map((edge): Edit => ({ kind: "disconnect", edge }))).edits;
}

/** Edits that put a layer that has no wires on a wire, into its port `port`. */
export function pluggedIn(design: Design, id: string, edge: Edge, port?: Edge["target_port"]): readonly Edit[] {
  const behind = wire(id, edge.target, undefined, edge.target_port);
  return [
    ...replaceWire(design, edge, behind),
    { kind: "connect", edge: wire(edge.source, id, edge.source_port, port) },
  ];
}

/** Whether a layer stands alone, so that it can be put on a wire. */
export function isLoose(design: Design, id: string): boolean {
  return !into(design, id).length && !outOf(design, id).length;
}
