/** How are wires drawn, cut and numbered? */

import { type Design, type Edge, type Node, type PortPath, edgeKey, sameEdge } from "../document";
import { downstream } from "../graph";
import { EditRefused, known } from "./kind";
import { held } from "./sharing";

export type WireEdit = { kind: "connect"; edge: Edge; replace?: boolean } | { kind: "disconnect"; edge: Edge };

export function connect(design: Design, edge: Edge, replace: boolean): Design {
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

export function disconnect(design: Design, edge: Edge): Design {
  wired(design, edge);
  return { ...design, edges: closeGaps(design, design.edges.filter((other) => !sameEdge(other, edge))) };
}

/** Refuses when the wire is not drawn. */
export function wired(design: Design, edge: Edge): void {
  if (!design.edges.some((other) => sameEdge(other, edge))) {
    throw new EditRefused(`No such wire leads from ${edge.source} to ${edge.target}.`);
  }
}

/**
 * Numbers list ports 0, 1, 2 … again, in the order of their old numbers. Not those of a block in `design`: there a number
 * stands for one certain input, which stays open.
 */
export function closeGaps(design: Design, edges: readonly Edge[]): readonly Edge[] {
  const blocks = new Set(design.nodes.filter((node) => callsBlock(design, node)).map((node) => node.id));
  const used = new Map<string, Set<number>>();
  for (const edge of edges) {
    const number = listNumber(edge.target_port);
    if (number === null || blocks.has(edge.target)) continue;
    const key = listKey(edge);
    used.set(key, (used.get(key) ?? new Set()).add(number));
  }
  return edges.map((edge) => {
    const number = listNumber(edge.target_port);
    if (number === null || blocks.has(edge.target)) return edge;
    const rank = [...used.get(listKey(edge))!].filter((other) => other < number).length;
    return rank === number ? edge : { ...edge, target_port: [...edge.target_port!.slice(0, -1), rank] };
  });
}

function callsBlock(design: Design, node: Node): boolean {
  const called = node.type === "Call" && node.of !== undefined ? held(design, node.of) : node;
  return called?.type === "Model";
}

function listNumber(port: PortPath | undefined): number | null {
  const last = port?.[port.length - 1];
  return typeof last === "number" ? last : null;
}

function listKey(edge: Edge): string {
  return JSON.stringify([edge.target, edge.target_port!.slice(0, -1)]);
}

/** Each wire once. */
export function distinct(edges: readonly Edge[]): readonly Edge[] {
  return [...new Map(edges.map((edge) => [edgeKey(edge), edge])).values()];
}
