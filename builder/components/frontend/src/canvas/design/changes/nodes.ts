/** How do nodes come and go? */

import { type Design, type Edge, type Node, nodeOf, sameEdge } from "../document";
import { into } from "../graph";
import { known, taken, wire } from "./kind";
import { type Moved, named, reReferenced } from "./naming";
import { adopted } from "./sharing";
import { closeGaps, distinct, wired } from "./wires";

export type NodeEdit =
  | { kind: "add_node"; node: Node }
  | { kind: "remove_nodes"; ids: readonly string[]; reconnect?: boolean }
  | { kind: "insert_on_edge"; edge: Edge; node: Node };

export function addNode(design: Design, node: Node): Design {
  if (nodeOf(design, node.id)) throw taken(node.id);
  return { ...design, nodes: [...design.nodes, node] };
}

export function insertOnEdge(design: Design, edge: Edge, node: Node): Design {
  wired(design, edge);
  const grown = addNode(design, node);
  const before = wire(edge.source, node.id, edge.source_port);
  const after = wire(node.id, edge.target, undefined, edge.target_port);
  // The second half stays in the cut wire's place: the order of wires is the order of an Add's or Concatenate's inputs.
  return { ...grown, edges: [...grown.edges.map((other) => (sameEdge(other, edge) ? after : other)), before] };
}

export function removeNodes(design: Design, ids: readonly string[], reconnect: boolean): Design {
  return ids.reduce((left, id) => {
    known(left, id);
    return without(reconnect ? bridged(left, id) : left, id);
  }, design);
}

/** For each removed layer that leaves itself to a call of it: its name and that call. */
export function heirs(design: Design, ids: readonly string[]): Moved {
  const moved = new Map<string, string>();
  let left = design;
  for (const id of ids) {
    const heir = left.nodes.find((node) => node.type === "Call" && node.of === id)?.id;
    left = removeNodes(left, [id], false);
    if (heir === undefined) continue;
    for (const [old, now] of moved) if (now === id) moved.set(old, heir);
    moved.set(id, heir);
  }
  return moved;
}

/** What fed the node first now also feeds all that the node fed. */
function bridged(design: Design, id: string): Design {
  const feed = into(design, id)[0];
  if (!feed) return design;
  const edges = design.edges.map((edge) =>
    edge.source === id ? wire(feed.source, edge.target, feed.source_port, edge.target_port) : edge,
  );
  return { ...design, edges: distinct(edges) };
}

function without(design: Design, id: string): Design {
  const edges = closeGaps(design, design.edges.filter((edge) => edge.source !== id && edge.target !== id));
  const left = adopted(design, { ...design, nodes: design.nodes.filter((node) => node.id !== id) });
  return reReferenced({ ...left, edges }, (reference) => (named(reference) === id ? null : reference));
}
