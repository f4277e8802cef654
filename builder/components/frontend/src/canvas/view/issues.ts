/** Which issue does a node show, and how much room does it take? */

import type { Annotation, Issue } from "../protocol";

/** Heights of a message of one line and of two. */
const ISSUE_HEIGHTS = [28, 38] as const;
/** What fits on one line of a node, in characters of the message's size. */
const ONE_LINE = 34;

/** The issue that a node shows: its first error, else its first warning, else that it does not fit the data. */
export function shownIssue(annotation: Annotation | undefined, misfit?: Issue): Issue | null {
  return ownIssue(annotation) ?? misfit ?? null;
}

function ownIssue(annotation: Annotation | undefined): Issue | null {
  const issues = annotation?.issues.filter((issue) => issue.code !== "blocked") ?? [];
  return issues.find((issue) => issue.severity === "error") ?? issues.find((issue) => issue.severity === "warning") ?? null;
}

/** The message without the name that stands above it. */
export function shortMessage({ message }: Issue, id: string): string {
  if (!message.startsWith(`${id} `)) return message;
  const rest = message.slice(id.length + 1);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

export function issueHeight(issue: Issue, id: string): number {
  return ISSUE_HEIGHTS[shortMessage(issue, id).length > ONE_LINE ? 1 : 0];
}
