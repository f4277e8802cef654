/** How does a new name reach every place that names a node? Nodes, wires, calls, inputs and outputs. */

import { type Design, type Node, type References, nodeOf } from "../document";
import { known, taken } from "./kind";

export type NamingEdit = { kind: "rename_node"; id: string; to: string } | { kind: "set_name"; name: string };

/** `{old path: new path}`. */
export type Moved = ReadonlyMap<string, string>;

export function renameNode(design: Design, id: string, to: string): Design {
  known(design, id);
  if (to !== id && nodeOf(design, to)) throw taken(to);
  return renamed(design, new Map([[id, to]]));
}

/** The design with nodes renamed wherever they are named. */
export function renamed(design: Design, names: Moved): Design {
  const name = (id: string): string => names.get(id) ?? id;
  const nodes = design.nodes.map((node) => ({ ...node, id: name(node.id) }));
  const edges = design.edges.map((edge) => ({ ...edge, source: name(edge.source), target: name(edge.target) }));
  const named_ = reReferenced({ ...design, nodes, edges }, (text) =>
    [name(named(text)), ...text.split(":").slice(1)].join(":"),
  );
  return repathed(named_, names);
}

/** The design with its calls following what has moved, also for what lies inside. */
export function repathed(design: Design, moved: Moved): Design {
  if (!moved.size || !design.nodes.some((node) => node.of !== undefined)) return design;
  return { ...design, nodes: design.nodes.map((node) => following(node, moved)) };
}

function following(node: Node, moved: Moved): Node {
  return node.of === undefined ? node : { ...node, of: pathAfter(node.of, moved) };
}

/** The path after the move; the longest part of it that has moved counts. */
export function pathAfter(path: string, moved: Moved): string {
  const parts = path.split("/");
  for (let length = parts.length; length > 0; length -= 1) {
    const now = moved.get(parts.slice(0, length).join("/"));
    if (now !== undefined) return [now, ...parts.slice(length)].join("/");
  }
  return path;
}

/** The node that a reference such as "lstm:1" names. */
export function named(reference: string): string {
  return reference.split(":")[0]!;
}

/** The design with each input and output reference rewritten, or dropped where `rewrite` gives null. */
export function reReferenced(design: Design, rewrite: (reference: string) => string | null): Design {
  const { inputs, outputs, ...rest } = design;
  const [left, right] = [rewritten(inputs, rewrite), rewritten(outputs, rewrite)];
  return { ...rest, ...(left ? { inputs: left } : {}), ...(right ? { outputs: right } : {}) };
}

function rewritten(references: References | undefined, rewrite: (text: string) => string | null): References | undefined {
  if (references === undefined || references === null) return undefined;
  if (Array.isArray(references)) {
    const list = references.map(rewrite).filter((text) => text !== null);
    return list.length ? list : undefined;
  }
  const entries = Object.entries(references).map(([key, text]) => [key, rewrite(text as string)] as const);
  const kept = entries.filter((entry): entry is readonly [string, string] => entry[1] !== null);
  return kept.length ? Object.fromEntries(kept) : undefined;
}
