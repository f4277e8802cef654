/** Which network is open? Paths lead from the whole drawing into the networks nested in it. */

import { type Design, type Node, indexOf, nodeOf } from "./document";

/** The ids of the `Model` nodes to go through, outermost first; empty for the whole drawing. */
export type Path = readonly string[];

export const WHOLE: Path = [];

/** The network at the end of the path; null when the path leads nowhere. */
export function designAt(whole: Design, path: Path): Design | null {
  let design: Design | null = whole;
  for (const id of path) design = (design && nodeOf(design, id)?.graph) ?? null;
  return design;
}

/** As much of the path as still leads somewhere, and the network there. */
export function opened(whole: Design, path: Path): { path: Path; shown: Design } {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const shown = designAt(whole, path.slice(0, depth));
    if (shown) return { path: depth === path.length ? path : path.slice(0, depth), shown };
  }
  return { path: path.length ? WHOLE : path, shown: whole };
}

/** The whole drawing with the network at the path replaced. */
export function withDesignAt(whole: Design, path: Path, change: (design: Design) => Design): Design {
  const [id, ...rest] = path;
  if (id === undefined) return change(whole);
  const graph = nodeOf(whole, id)?.graph;
  if (!graph) return whole;
  const next = withDesignAt(graph, rest, change);
  if (next === graph) return whole;
  return { ...whole, nodes: whole.nodes.map((node) => (node.id === id ? { ...node, graph: next } : node)) };
}

/** The node at a full path such as "block/conv". */
export function nodeAlong(whole: Design, full: string): Node | undefined {
  const ids = full.split("/");
  const design = designAt(whole, ids.slice(0, -1));
  return design ? indexOf(design).get(ids[ids.length - 1]!) : undefined;
}

export function prefix(path: Path): string {
  return path.map((id) => `${id}/`).join("");
}

export function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}
