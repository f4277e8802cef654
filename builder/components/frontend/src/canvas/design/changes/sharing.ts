/** What becomes of a layer that is called again, when it goes away or when a call wants its own? */

import { type Design, type Node, nodeOf } from "../document";
import { nodeAlong } from "../nesting";
import { EditRefused, known, lean, withNode } from "./kind";
import { pathAfter, repathed } from "./naming";

export type SharingEdit = { kind: "own_copy"; id: string };

/** The call as a layer; who called it again goes on calling the shared one. */
export function ownCopy(design: Design, id: string): Design {
  const node = known(design, id);
  if (node.type !== "Call" || node.of === undefined) throw new EditRefused(`${id} has weights of its own already.`);
  const holder = held(design, node.of);
  if (!holder || holder.type === "InputLayer")
    throw new EditRefused(`${id} calls ${node.of} again, and no such layer is drawn.`);
  const kept = repathed(design, new Map([[id, node.of]]));
  return withNode(kept, id, (call) => ({ ...taking(call, holder) }));
}

/** The node with another's layer in it: its type, arguments and network. */
function taking(node: Node, { type, params, graph }: Node): Node {
  return lean({ ...node, type, params, graph, of: undefined });
}

/** The node that holds what is called at a path, following calls of calls; null when that leads nowhere. */
export function held(design: Design, start: string): Node | null {
  const seen = new Set<string>();
  let path = start;
  let node = nodeAlong(design, path);
  while (node?.type === "Call" && node.of !== undefined && !seen.has(path)) {
    seen.add(path);
    path = beside(path, node.of);
    node = nodeAlong(design, path);
  }
  return !node || node.type === "Call" ? null : node;
}

/** What a call at `path` means by `of`, as a path from where `path` begins. */
function beside(path: string, of: string): string {
  return [...path.split("/").slice(0, -1), of].join("/");
}

/**
 * `after` with its calls of layers that are gone put right: the first such call of each becomes the layer, the others
 * call that one. Only calls whose layer was there before are touched.
 */
export function adopted(before: Design, after: Design): Design {
  const lost = after.nodes.flatMap((node) => {
    const path = lostPath(before, after, node);
    return path === null ? [] : [{ path, id: node.id }];
  });
  if (!lost.length) return after;
  const depth = (path: string): number => path.split("/").length;
  const heirs = new Map<string, string>();
  let design = after;
  for (const { path, id } of lost.sort((a, b) => depth(a.path) - depth(b.path))) {
    // A call of block/conv follows the call that becomes block.
    if (pathAfter(path, heirs) !== path) continue;
    heirs.set(path, id);
    design = inheriting(before, design, id, path);
  }
  return repathed(design, heirs);
}

function lostPath(before: Design, after: Design, node: Node): string | null {
  if (node.type !== "Call" || node.of === undefined || nodeAlong(after, node.of)) return null;
  const of = nodeOf(before, node.id)?.of;
  return of !== undefined && nodeAlong(before, of) ? of : null;
}

function inheriting(before: Design, after: Design, id: string, start: string): Design {
  const seen = new Set([start]);
  let path = start;
  let removed = nodeAlong(before, path);
  while (removed?.type === "Call") {
    path = beside(path, removed.of ?? "");
    const of = path;
    if (nodeAlong(after, of)) return withNode(after, id, (node) => ({ ...node, of }));
    removed = seen.has(path) ? undefined : nodeAlong(before, path);
    seen.add(path);
  }
  const holder = removed;
  return holder ? withNode(after, id, (node) => taking(node, holder)) : after;
}
