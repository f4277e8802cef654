/** What keeps the network from being built? The faults, in the order in which its layers are called. */

import type { Design } from "../design/document";
import { inOrder } from "../design/graph";
import { nodeAlong } from "../design/nesting";
import type { CanvasData, Issue } from "../protocol";
import type { State } from "./state";

interface Found {
  readonly annotations: CanvasData["annotations"];
  readonly own: CanvasData["issues"];
  readonly design: Design;
  readonly issues: readonly Issue[];
}

let found: Found | null = null;

/** Errors of the whole network and of its nodes, nested ones too, in calling order; each `node` is a full path. */
export function faultsOf({ data, history }: Pick<State, "data" | "history">): readonly Issue[] {
  if (!data) return [];
  const design = history.present;
  const { annotations, issues: own } = data;
  if (found?.annotations !== annotations || found.own !== own || found.design !== design)
    found = { annotations, own, design, issues: gathered(data, design) };
  return found.issues;
}

function gathered(data: CanvasData, design: Design): readonly Issue[] {
  const rank = new Map(inOrder(design).map((node, index) => [node.id, index]));
  const place = (issue: Issue): number => rank.get(issue.node?.split("/")[0] ?? "") ?? -1;
  const own = Object.entries(data.annotations).flatMap(([id, annotation]) =>
    annotation.issues.map((issue) => ({ ...issue, node: issue.node ?? id })),
  );
  const known = own.filter((issue) => nodeAlong(design, issue.node) !== undefined);
  const all = [...data.issues, ...known].filter((issue) => issue.severity === "error" && issue.code !== "blocked");
  return distinct(all).sort((a, b) => place(a) - place(b));
}

/** A fault inside a nested network stands on each node that holds it, and counts once. */
function distinct(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify([issue.node, issue.argument, issue.message]), issue])).values()];
}
