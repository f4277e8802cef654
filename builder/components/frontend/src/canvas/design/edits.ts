/**
 * What can be done to a design? Each change is a small value, applied by one pure function.
 *
 * The Python side applies the same edits in builder/design/edits.py; both pass tests/design/edit_cases.json.
 */

import {
  type Design,
  type Edge,
  type Node,
  type Params,
  type PortPath,
  type Position,
  type References,
  edgeKey,
  nodeOf,
  positionOf,
  sameEdge,
} from "./document";
import { circular, downstream, into } from "./graph";
import { freshId } from "./names";
import { designAt, withDesignAt } from "./nesting";

export type Edit =
  | { kind: "add_node"; node: Node }
  | { kind: "remove_nodes"; ids: readonly string[]; reconnect?: boolean }
  | { kind: "connect"; edge: Edge; replace?: boolean }
  | { kind: "disconnect"; edge: Edge }
  | { kind: "move_nodes"; positions: { readonly [id: string]: Position } }
  | { kind: "set_params"; id: string; params?: Params; reset?: readonly string[] }
  | { kind: "set_args"; id: string; args?: Params; reset?: readonly string[] }
  | { kind: "rename_node"; id: string; to: string }
  | { kind: "insert_on_edge"; edge: Edge; node: Node }
  | { kind: "paste"; nodes: readonly Node[]; edges?: readonly Edge[]; offset?: Position }
  | { kind: "set_name"; name: string }
  /** An edit of a network nested in this one; the path names the nodes to go through. */
  | { kind: "within"; path: readonly string[]; edit: Edit };

/** The edit does not apply; `message` says why in words. */
export class EditRefused extends Error {}

/** The design after `edit`; the given one stays as it was. Throws EditRefused. */
export function apply(design: Design, edit: Edit): Design {
  switch (edit.kind) {
    case "add_node":
      return addNode(design, edit.node);
    case "remove_nodes":
      return removeNodes(design, edit.ids, edit.reconnect ?? false);
    case "connect":
      return connect(design, edit.edge, edit.replace ?? false);
    case "disconnect":
      return disconnect(design, edit.edge);
    case "move_nodes":
      return moveNodes(design, edit.positions);
    case "set_params":
      return withNode(design, edit.id, (n) => ({ ...n, params: updated(n.params, edit.params, edit.reset) }));
    case "set_args":
      return withNode(design, edit.id, (n) => ({ ...n, args: updated(n.args, edit.args, edit.reset) }));
    case "rename_node":
      return renameNode(design, edit.id, edit.to);
    case "insert_on_edge":
      return insertOnEdge(design, edit.edge, edit.node);
    case "paste":
      return paste(design, edit.nodes, edit.edges ?? [], edit.offset ?? [0, 0]);
    case "set_name":
      return { ...design, name: edit.name };
    case "within":
      return within(design, edit.path, edit.edit);
  }
}

function within(design: Design, path: readonly string[], edit: Edit): Design {
  if (!designAt(design, path)) throw new EditRefused(`There is no nested network called ${path.join("/")}.`);
  return withDesignAt(design, path, (inner) => apply(inner, edit));
}

function known(design: Design, id: string): Node {
  const node = nodeOf(design, id);
  if (!node) throw new EditRefused(`There is no layer called ${id}.`);
  return node;
}

function withNode(design: Design, id: string, change: (node: Node) => Node): Design {
  known(design, id);
  return { ...design, nodes: design.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

function updated(old: Params | undefined, set: Params = {}, reset: readonly string[] = []): Params {
  return Object.fromEntries(Object.entries({ ...old, ...set }).filter(([name]) => !reset.includes(name)));
}

function addNode(design: Design, node: Node): Design {
  if (nodeOf(design, node.id)) throw new EditRefused(`${node.id} is taken already; every name may stand once.`);
  return { ...design, nodes: [...design.nodes, node] };
}

function connect(design: Design, edge: Edge, replace: boolean): Design {
  known(design, edge.source);
  known(design, edge.target);
  const kept = replace ? design.edges.filter((other) => !samePort(other, edge)) : design.edges;
  if (kept.some((other) => sameEdge(other, edge))) {
    throw new EditRefused(`${edge.source} feeds ${edge.target} there already.`);
  }
  if (edge.source === edge.target || downstream(design, edge.target).has(edge.source)) {
    throw new EditRefused(`${edge.source} already depends on ${edge.target}: the wires would run in a circle.`);
  }
  return { ...design, edges: [...kept, edge] };
}

function samePort(one: Edge, other: Edge): boolean {
  return one.target === other.target && JSON.stringify(one.target_port ?? null) === JSON.stringify(other.target_port ?? null);
}

function disconnect(design: Design, edge: Edge): Design {
  wired(design, edge);
  return { ...design, edges: closeGaps(design.edges.filter((other) => !sameEdge(other, edge))) };
}

function wired(design: Design, edge: Edge): void {
  if (!design.edges.some((other) => sameEdge(other, edge))) {
    throw new EditRefused(`No such wire leads from ${edge.source} to ${edge.target}.`);
  }
}

/** Numbers list ports 0, 1, 2 … again, in the order of their old numbers. */
function closeGaps(edges: readonly Edge[]): readonly Edge[] {
  const used = new Map<string, Set<number>>();
  for (const edge of edges) {
    const number = listNumber(edge.target_port);
    if (number === null) continue;
    const key = listKey(edge);
    used.set(key, (used.get(key) ?? new Set()).add(number));
  }
  return edges.map((edge) => {
    const number = listNumber(edge.target_port);
    if (number === null) return edge;
    const rank = [...used.get(listKey(edge))!].filter((other) => other < number).length;
    return rank === number ? edge : { ...edge, target_port: [...edge.target_port!.slice(0, -1), rank] };
  });
}

function listNumber(port: PortPath | undefined): number | null {
  const last = port?.[port.length - 1];
  return typeof last === "number" ? last : null;
}

function listKey(edge: Edge): string {
  return JSON.stringify([edge.target, edge.target_port!.slice(0, -1)]);
}

function removeNodes(design: Design, ids: readonly string[], reconnect: boolean): Design {
  return ids.reduce((left, id) => {
    known(left, id);
    return without(reconnect ? bridged(left, id) : left, id);
  }, design);
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

/** A wire, written without its defaults. */
export function wire(source: string, target: string, sourcePort?: number, targetPort?: PortPath): Edge {
  return {
    source,
    target,
    ...(sourcePort ? { source_port: sourcePort } : {}),
    ...(targetPort ? { target_port: targetPort } : {}),
  };
}

function without(design: Design, id: string): Design {
  const edges = closeGaps(design.edges.filter((edge) => edge.source !== id && edge.target !== id));
  return withReferences({ ...design, nodes: withHeir(design, id), edges }, (reference) =>
    named(reference) === id ? null : reference,
  );
}

/** The other nodes; the first `Call` of the removed layer becomes the layer, later ones call that. */
function withHeir(design: Design, id: string): readonly Node[] {
  const { type, params, graph, of } = known(design, id);
  const heir = design.nodes.find((node) => node.of === id && node.type === "Call");
  const others = design.nodes.filter((node) => node.id !== id);
  if (!heir) return others;
  return others.map((node) => {
    if (node.id === heir.id) return lean({ ...node, type, params, graph, of });
    return node.of === id ? { ...node, of: heir.id } : node;
  });
}

/** The node without fields that say nothing. */
function lean(node: Node): Node {
  return Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined)) as unknown as Node;
}

function named(reference: string): string {
  return reference.split(":")[0]!;
}

/** The design with each input and output reference rewritten, or dropped where `rewrite` gives null. */
function withReferences(design: Design, rewrite: (reference: string) => string | null): Design {
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

function moveNodes(design: Design, positions: { readonly [id: string]: Position }): Design {
  for (const id of Object.keys(positions)) known(design, id);
  return {
    ...design,
    nodes: design.nodes.map((node) => (node.id in positions ? { ...node, position: positions[node.id] } : node)),
  };
}

function renameNode(design: Design, id: string, to: string): Design {
  known(design, id);
  if (to !== id && nodeOf(design, to)) throw new EditRefused(`${to} is taken already; every name may stand once.`);
  return renamed(design, new Map([[id, to]]));
}

function renamed(design: Design, names: ReadonlyMap<string, string>): Design {
  const name = (id: string): string => names.get(id) ?? id;
  const path = (of: string): string => [name(of.split("/")[0]!), ...of.split("/").slice(1)].join("/");
  const nodes = design.nodes.map((n) =>
    n.of === undefined ? { ...n, id: name(n.id) } : { ...n, id: name(n.id), of: path(n.of) },
  );
  const edges = design.edges.map((edge) => ({ ...edge, source: name(edge.source), target: name(edge.target) }));
  return withReferences({ ...design, nodes, edges }, (text) => [name(named(text)), ...text.split(":").slice(1)].join(":"));
}

function insertOnEdge(design: Design, edge: Edge, node: Node): Design {
  wired(design, edge);
  const grown = addNode(design, node);
  const before = wire(edge.source, node.id, edge.source_port);
  const after = wire(node.id, edge.target, undefined, edge.target_port);
  // The second half stays in the cut wire's place: the order of wires is the order of an Add's or Concatenate's inputs.
  return { ...grown, edges: [...grown.edges.map((other) => (sameEdge(other, edge) ? after : other)), before] };
}

function paste(design: Design, nodes: readonly Node[], edges: readonly Edge[], offset: Position): Design {
  const taken = new Set(design.nodes.map((node) => node.id));
  const names = new Map<string, string>();
  for (const node of nodes) {
    const id = freshId(node.id, taken);
    names.set(node.id, id);
    taken.add(id);
  }
  const inner = closeGaps(distinct(edges).filter((edge) => names.has(edge.source) && names.has(edge.target)));
  const copied: Design = { format: "layerloom/1", name: "", nodes, edges: inner };
  if (names.size < nodes.length) throw new EditRefused("Two of the copied layers have the same name.");
  if (circular(copied)) throw new EditRefused("The copied wires run in a circle.");
  const copies = renamed(copied, names);
  const moved = copies.nodes.map((node) => ({ ...node, position: shifted(positionOf(node), offset) }));
  return { ...design, nodes: [...design.nodes, ...moved], edges: [...design.edges, ...copies.edges] };
}

/** Each wire once. */
function distinct(edges: readonly Edge[]): readonly Edge[] {
  return [...new Map(edges.map((edge) => [edgeKey(edge), edge])).values()];
}

function shifted([x, y]: Position, [dx, dy]: Position): Position {
  return [x + dx, y + dy];
}
