/** What have all edits in common? How they look at a design, and how they refuse. */

import { type Design, type Edge, type Node, type Params, type PortPath, nodeOf } from "../document";

/** The edit does not apply; `message` says why in words. */
export class EditRefused extends Error {}

export function known(design: Design, id: string): Node {
  const node = nodeOf(design, id);
  if (!node) throw new EditRefused(`There is no layer called ${id}.`);
  return node;
}

/** The refusal of a name that another node has. */
export function taken(id: string): EditRefused {
  return new EditRefused(`${id} is taken already; every name may stand once.`);
}

export function withNode(design: Design, id: string, change: (node: Node) => Node): Design {
  known(design, id);
  return { ...design, nodes: design.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

export function updated(old: Params | undefined, set: Params = {}, reset: readonly string[] = []): Params {
  return Object.fromEntries(Object.entries({ ...old, ...set }).filter(([name]) => !reset.includes(name)));
}

/** The value without fields that say nothing. */
export function lean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as unknown as T;
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
