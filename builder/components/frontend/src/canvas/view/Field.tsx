/** One setting: a control for its kind, a mark when it differs from Keras' default, and what is wrong with it. */

import { Fragment, type ReactNode, useEffect, useId, useState } from "react";
import type { ParamSpec } from "../design/catalog";
import { type Json, type Node, type Params, sameJson } from "../design/document";
import type { Edit } from "../design/edits";
import type { Issue } from "../protocol";
import { useEditor } from "../state/context";
import { Glyph } from "./Glyph";
import { Control } from "./controls";
import { written } from "../words/values";

/** Longer values get a line of their own. */
const SHORT = 14;

interface Props {
  readonly node: Node;
  readonly spec: ParamSpec;
  readonly issues: readonly Issue[];
  /** Whether it is an argument of the layer or of its call. */
  readonly of?: "params" | "args";
}

export function Field({ node, spec, issues, of = "params" }: Props) {
  const editor = useEditor();
  const id = useId();
  const [reason, setReason] = useState<string | null>(null);
  const given = node[of] ?? {};
  const set = spec.name in given;
  const value = set ? given[spec.name] : (spec.default ?? undefined);
  const differs = set && (spec.required || !sameJson(value, spec.default));
  useEffect(() => setReason(null), [value]);
  const change = (label: string, values: Params, back: readonly string[]): void => {
    const edit: Edit =
      of === "params"
        ? { kind: "set_params", id: node.id, params: values, reset: back }
        : { kind: "set_args", id: node.id, args: values, reset: back };
    editor.edit(`${label} ${spec.name} of ${node.id}`, [edit]);
  };
  const commit = (next: Json): void => {
    setReason(null);
    const back = !spec.required && sameJson(next, spec.default);
    if (set ? sameJson(next, value) : back) return;
    if (back) change("reset", {}, [spec.name]);
    else change("set", { [spec.name]: next }, []);
  };
  const reset = (): void => change("reset", {}, [spec.name]);
  const faulty = reason !== null || issues.some((issue) => issue.severity === "error");
  const wide = spec.kind === "json" && written(spec, value).length > SHORT;
  return (
    <div className={`field${differs ? " field-set" : ""}${wide ? " field-wide" : ""}`} data-field={spec.name}>
      <div className="field-name" title={spec.help}>
        <label htmlFor={id}>{breakable(spec.name)}</label>
        {set && !spec.required && (
          <button
            type="button"
            className="reset"
            title="Back to Keras' default"
            aria-label={`Reset ${spec.name}`}
            data-testid={`reset-${spec.name}`}
            onClick={reset}
          >
            <Glyph name="undo2" size={13} />
          </button>
        )}
      </div>
      <Control spec={spec} value={value} id={id} faulty={faulty} commit={commit} complain={setReason} />
      {reason && (
        <p className="field-fault" role="alert" data-testid={`fault-${spec.name}`}>
          {reason}
        </p>
      )}
      {!reason &&
        issues.map((issue, index) => (
          <p key={index} className={`field-issue sev-${issue.severity}`} data-testid={`issue-${spec.name}`}>
            <Glyph name={issue.severity === "error" ? "fault" : "warn"} size={15} />
            <span>
              {issue.message}
              {issue.fix ? <em> {issue.fix}</em> : null}
            </span>
          </p>
        ))}
    </div>
  );
}

/** The name with places where it may be parted. */
function breakable(name: string): ReactNode {
  return name.split("_").map((part, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <>
          _<wbr />
        </>
      )}
      {part}
    </Fragment>
  ));
}
