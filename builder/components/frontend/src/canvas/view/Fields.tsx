/** Which settings are shown: the few that matter, or all of them. */

import { useState } from "react";
import type { LayerSpec, ParamSpec } from "../design/catalog";
import type { Node } from "../design/document";
import type { Issue } from "../protocol";
import { Field } from "./Field";

/** The layer's own settings and those that every layer has; whether it learns is a basic one where there are weights. */
export function fieldsOf(spec: LayerSpec, common: readonly ParamSpec[]): readonly ParamSpec[] {
  if (spec.type.startsWith("ops.")) return spec.params;
  const own = new Set(spec.params.map((param) => param.name));
  const more = common.filter((param) => !own.has(param.name) && (param.name !== "trainable" || spec.trainable));
  return [...spec.params, ...more.map((param) => ({ ...param, basic: param.basic || param.name === "trainable" }))];
}

interface FieldsProps {
  readonly node: Node;
  readonly spec: LayerSpec;
  readonly fields: readonly ParamSpec[];
  readonly issues: readonly Issue[];
}

let showAll = false;

export function Fields({ node, spec, fields, issues }: FieldsProps) {
  const [all, setAll] = useState(showAll);
  const choose = (on: boolean): void => {
    showAll = on;
    setAll(on);
  };
  const args = spec.args ?? [];
  const set = new Set([...Object.keys(node.params ?? {}), ...Object.keys(node.args ?? {})]);
  const faulty = new Set(issues.map((issue) => issue.argument));
  const shown = (field: ParamSpec): boolean => all || field.basic || set.has(field.name) || faulty.has(field.name);
  const everything = fields.length + args.length;
  const few = [...fields, ...args].filter((field) => field.basic || set.has(field.name) || faulty.has(field.name)).length;
  const about = (field: ParamSpec): readonly Issue[] => issues.filter((issue) => issue.argument === field.name);
  return (
    <>
      {everything > few && (
        <div className="segments" role="radiogroup" aria-label="Which settings">
          <button type="button" role="radio" aria-checked={!all} onClick={() => choose(false)} data-testid="inspector-basic">
            Basic
          </button>
          <button type="button" role="radio" aria-checked={all} onClick={() => choose(true)} data-testid="inspector-all">
            All {everything}
          </button>
        </div>
      )}
      {fields.filter(shown).map((field) => (
        <Field key={`${node.id}/${field.name}`} node={node} spec={field} issues={about(field)} />
      ))}
      {args.filter(shown).map((field) => (
        <Field key={`${node.id}/call/${field.name}`} of="args" node={node} spec={field} issues={about(field)} />
      ))}
      {everything > 0 && !few && !all && <p className="quiet">{spec.summary}. Nothing here needs setting.</p>}
      {!everything && <p className="quiet">{spec.summary}. There is nothing to set.</p>}
    </>
  );
}
