/** One issue in full: what was found, and what to do. */

import type { Issue } from "../protocol";
import { Glyph } from "./Glyph";

export function IssueBox({ issue }: { issue: Issue }) {
  return (
    <div className={`issue sev-${issue.severity}`}>
      <Glyph name={issue.severity === "error" ? "fault" : issue.severity === "warning" ? "warn" : "info"} size={16} />
      <span>
        {issue.message}
        {issue.fix ? <em> {issue.fix}</em> : null}
      </span>
    </div>
  );
}
