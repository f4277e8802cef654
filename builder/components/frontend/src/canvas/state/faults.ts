/** What keeps the network from being built? The faults, in the order in which its layers are called. */

import type { Design } from "../design/document";
import { inOrder } from "../design/graph";
import type { CanvasData, Issue } from "../protocol";
import type { State } from "./state";

let found: { data: CanvasData; design: Design; issues: readonly Issue[] } | null = null;

/** Errors of the network and of its nodes, in calling order. */
export function faultsOf({ data, history }: Pick<State, "data" | "history">): readonly Issue[] {
  if (!data) return [];
  const design = history.present;
  if (found?.data !== data || found.design !== design) found = { data, design, issues: gathered(data, design) };
  return found.issues;
}

function gathered(data: CanvasData, design: Design): readonly Issue[] {
  const rank = new Map(inOrder(design).map((node, index) => [node.id, index]));
  const own = Object.entries(data.annotations).flatMap(([id, annotation]) =>
    annotation.issues.map((issue) => ({ ...issue, node: issue.node ?? id })),
  );
  const known = own.filter((issue) => rank.has(issue.node.split("/")[0]!));
  const all = [...data.issues, ...known].filter((issue) => issue.severity === "error" && issue.code !== "blocked");
  return all.sort((a, b) => (rank.get(a.node?.split("/")[0] ?? "") ?? -1) - (rank.get(b.node?.split("/")[0] ?? "") ?? -1));
}
