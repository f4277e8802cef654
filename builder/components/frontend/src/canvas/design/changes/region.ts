/** What goes into and comes out of some selected layers? What they share with the rest of the drawing. */

import type { Design } from "../document";
import { downstream } from "../graph";
import { type Port, drawnOutputs, portKey, reference } from "../outputs";
import { EditRefused, known, lean } from "./kind";

/** Pixels from one row of nodes to the next. */
export const ROW = 96;
/** Pixels from one column to the next, where the drawing runs to the right. */
export const COLUMN = 336;

/** Whether the data runs to the right on the canvas; else downwards. */
export function runsRight(design: Design): boolean {
  return design.ui?.direction === "right";
}

export interface Region {
  /** The layers, inputs left out, in the order of the document; at least one. */
  readonly ids: readonly string[];
  /** Ports outside that feed into them, each once, in the order of the wires. */
  readonly entries: readonly Port[];
  /** Ports inside that are used outside or are outputs of the network, in the order of the nodes. */
  readonly exits: readonly Port[];
}

/** The region of these nodes. Refuses unknown names, inputs alone, and a path that leaves them and comes back. */
export function region(design: Design, ids: readonly string[]): Region {
  const wanted = new Set(ids.map((id) => known(design, id).id));
  const inside = design.nodes.filter((node) => wanted.has(node.id) && node.type !== "InputLayer").map((node) => node.id);
  if (!inside.length) throw new EditRefused("Only inputs are selected, and they stay outside. Select a layer too.");
  const chosen = new Set(inside);
  refuseReturn(design, chosen);
  const feeds = design.edges.filter((edge) => chosen.has(edge.target) && !chosen.has(edge.source));
  const entries = new Map(feeds.map((edge) => [portKey([edge.source, edge.source_port ?? 0]), edge]));
  return {
    ids: inside,
    entries: [...entries.values()].map((edge): Port => [edge.source, edge.source_port ?? 0]),
    exits: exits(design, inside),
  };
}

/** A block is called at once: what needs its output cannot also feed it. */
function refuseReturn(design: Design, chosen: ReadonlySet<string>): void {
  const outside = design.edges.filter((edge) => chosen.has(edge.source) && !chosen.has(edge.target)).map((edge) => edge.target);
  const behind = downstream(design, ...outside);
  for (const id of outside) behind.add(id);
  const back = design.edges.find((edge) => chosen.has(edge.target) && behind.has(edge.source) && !chosen.has(edge.source));
  if (!back) return;
  throw new EditRefused(
    `${back.source} lies between the selected layers: they feed it, and it feeds ${back.target}. Select ${back.source} too.`,
  );
}

function exits(design: Design, inside: readonly string[]): readonly Port[] {
  const ports = new Map(inside.map((id) => [id, new Set<number>()]));
  for (const edge of design.edges) {
    if (!ports.has(edge.target)) ports.get(edge.source)?.add(edge.source_port ?? 0);
  }
  for (const [, [id, port]] of drawnOutputs(design)) ports.get(id)?.add(port);
  if ([...ports.values()].every((used) => !used.size)) {
    const feeding = new Set(design.edges.map((edge) => edge.source));
    for (const [id, used] of ports) if (!feeding.has(id)) used.add(0);
  }
  return inside.flatMap((id) => [...ports.get(id)!].sort((a, b) => a - b).map((port): Port => [id, port]));
}

/** The design with these outputs: written down only where the drawing alone would say something else. */
export function withOutputs(design: Design, wanted: readonly Port[]): Design {
  const undecided = lean({ ...design, outputs: undefined });
  const implied = drawnOutputs(undecided).map(([, port]) => port);
  const same = implied.length === wanted.length && implied.every((port, index) => portKey(port) === portKey(wanted[index]!));
  return same || !wanted.length ? undecided : { ...undecided, outputs: wanted.map(reference) };
}
