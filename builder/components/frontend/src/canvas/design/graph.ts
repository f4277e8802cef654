/** What depends on what in a drawing? Structure only: names and wires. */

import { type Design, type Edge, type Node, indexOf, sameJson } from "./document";

interface Links {
  readonly into: ReadonlyMap<string, readonly Edge[]>;
  readonly outOf: ReadonlyMap<string, readonly Edge[]>;
}

const cache = new WeakMap<readonly Edge[], Links>();

function links(design: Design): Links {
  let found = cache.get(design.edges);
  if (!found) {
    const into = new Map<string, Edge[]>();
    const outOf = new Map<string, Edge[]>();
    for (const edge of design.edges) {
      push(into, edge.target, edge);
      push(outOf, edge.source, edge);
    }
    found = { into, outOf };
    cache.set(design.edges, found);
  }
  return found;
}

function push(map: Map<string, Edge[]>, key: string, edge: Edge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}

const NONE: readonly Edge[] = [];

/** The wires that end at this node, in document order. */
export function into(design: Design, id: string): readonly Edge[] {
  return links(design).into.get(id) ?? NONE;
}

/** The wires that begin at this node, in document order. */
export function outOf(design: Design, id: string): readonly Edge[] {
  return links(design).outOf.get(id) ?? NONE;
}

/** All nodes that can be reached from `starts` along the wires; the starts themselves only if they lie on a circle. */
export function downstream(design: Design, ...starts: string[]): Set<string> {
  return reached(starts, (id) => outOf(design, id).map((edge) => edge.target));
}

/** All nodes that lead to `id`. */
export function upstream(design: Design, id: string): Set<string> {
  return reached([id], (at) => into(design, at).map((edge) => edge.source));
}

function reached(starts: readonly string[], next: (id: string) => string[]): Set<string> {
  const seen = new Set<string>();
  const todo = [...starts];
  while (todo.length) {
    for (const id of next(todo.pop()!)) {
      if (!seen.has(id)) {
        seen.add(id);
        todo.push(id);
      }
    }
  }
  return seen;
}

/** Nodes so that each comes after what feeds it; nodes on a circle come last, in document order. */
export function inOrder(design: Design): Node[] {
  const ready = callable(design);
  const ordered = new Set(ready);
  return [...ready, ...design.nodes.filter((node) => !ordered.has(node))];
}

/** Whether some wires run in a circle. */
export function circular(design: Design): boolean {
  return callable(design).length < indexOf(design).size;
}

/** Nodes in calling order, as far as that goes: those on a circle, and all behind it, are left out. */
function callable(design: Design): Node[] {
  const waiting = new Map(design.nodes.map((node) => [node.id, 0]));
  for (const edge of design.edges) {
    if (waiting.has(edge.source) && waiting.has(edge.target)) waiting.set(edge.target, waiting.get(edge.target)! + 1);
  }
  const ready = design.nodes.filter((node) => waiting.get(node.id) === 0);
  for (let at = 0; at < ready.length; at += 1) {
    for (const edge of outOf(design, ready[at]!.id)) {
      const left = (waiting.get(edge.target) ?? 0) - 1;
      waiting.set(edge.target, left);
      const node = left === 0 ? indexOf(design).get(edge.target) : undefined;
      if (node) ready.push(node);
    }
  }
  return ready;
}

/** Nodes whose meaning may differ between two drawings: those that were touched, and all that hang on them. */
export function changed(before: Design, after: Design): Set<string> {
  if (before === after) return new Set();
  const old = indexOf(before);
  const touched = after.nodes.filter((node) => differs(old.get(node.id), node) || rewired(before, after, node.id));
  const ids = touched.map((node) => node.id);
  const calls = after.nodes.filter((node) => node.of !== undefined && ids.includes(node.of.split("/")[0]!));
  ids.push(...calls.map((node) => node.id));
  return new Set([...ids, ...downstream(after, ...ids)]);
}

function differs(one: Node | undefined, other: Node): boolean {
  if (one === other) return false;
  return (
    one === undefined ||
    one.type !== other.type ||
    one.of !== other.of ||
    differsInside(one.graph, other.graph) ||
    (one.bypass ?? false) !== (other.bypass ?? false) ||
    !sameJson(one.params ?? {}, other.params ?? {}) ||
    !sameJson(one.args ?? {}, other.args ?? {})
  );
}

function differsInside(one: Design | undefined, other: Design | undefined): boolean {
  return one !== other && !(one && other && sameNetwork(one, other));
}

function rewired(before: Design, after: Design, id: string): boolean {
  if (before.edges === after.edges) return false;
  const old = into(before, id);
  const now = into(after, id);
  return old.length !== now.length || now.some((edge, index) => !sameWire(old[index]!, edge));
}

function sameWire(one: Edge, other: Edge): boolean {
  if (one === other) return true;
  return (
    one.source === other.source &&
    (one.source_port ?? 0) === (other.source_port ?? 0) &&
    sameJson(one.target_port ?? null, other.target_port ?? null)
  );
}

/** Whether two drawings are the same network: equal but for places and looks. */
export function sameNetwork(one: Design, other: Design): boolean {
  if (one === other) return true;
  return (
    one.nodes.length === other.nodes.length &&
    one.name === other.name &&
    sameJson(one.edges, other.edges) &&
    sameJson(one.inputs ?? null, other.inputs ?? null) &&
    sameJson(one.outputs ?? null, other.outputs ?? null) &&
    one.nodes.every((node, index) => node.id === other.nodes[index]!.id && !differs(node, other.nodes[index]!))
  );
}
