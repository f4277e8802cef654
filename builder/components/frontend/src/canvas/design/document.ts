/** What is a network, written down? The document `layerloom/1` as the canvas keeps it: plain, immutable JSON. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Params = { readonly [name: string]: Json };
export type PortPath = readonly (string | number)[];
export type Position = readonly [number, number];
export type References = readonly string[] | { readonly [key: string]: string };

/** One call of a layer, operation or nested network. */
export interface Node {
  readonly id: string;
  readonly type: string;
  readonly params?: Params;
  readonly args?: Params;
  readonly of?: string;
  readonly graph?: Design;
  /** Whether the call is left out: its first input passes through unchanged. */
  readonly bypass?: boolean;
  readonly position?: Position;
  readonly ui?: Params;
}

/** One wire. A missing `target_port` is the first tensor argument; wires to it are read in document order. */
export interface Edge {
  readonly source: string;
  readonly target: string;
  readonly source_port?: number;
  readonly target_port?: PortPath;
}

export interface Design {
  readonly format: "layerloom/1";
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly inputs?: References;
  readonly outputs?: References;
  readonly ui?: Params;
}

export const EMPTY: Design = { format: "layerloom/1", name: "network", nodes: [], edges: [] };

export function nodeOf(design: Design, id: string): Node | undefined {
  return indexOf(design).get(id);
}

const indices = new WeakMap<readonly Node[], Map<string, Node>>();

/** Nodes by id; kept as long as the list of nodes is the same one. */
export function indexOf(design: Design): Map<string, Node> {
  let index = indices.get(design.nodes);
  if (!index) {
    index = new Map();
    for (const node of design.nodes) if (!index.has(node.id)) index.set(node.id, node);
    indices.set(design.nodes, index);
  }
  return index;
}

export function positionOf(node: Node): Position {
  return node.position ?? [0, 0];
}

/** A text that is equal for equal wires; also the wire's id on the canvas. */
export function edgeKey(edge: Edge): string {
  const port = edge.target_port ? JSON.stringify(edge.target_port) : "";
  return `${edge.source}:${edge.source_port ?? 0}>${edge.target}${port}`;
}

export function sameEdge(one: Edge, other: Edge): boolean {
  return edgeKey(one) === edgeKey(other);
}

/** Equal JSON values, whatever the order of their keys. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const left = Object.entries(one).filter(([, value]) => value !== undefined);
  const right = new Map(Object.entries(other).filter(([, value]) => value !== undefined));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameJson(value, right.get(key)));
}
