/** All settings, or all call arguments, as JSON. */

import { useEffect, useId, useState } from "react";
import { type Json, type Node, type Params, sameJson } from "../design/document";
import { useEditor } from "../state/context";

/** All settings, or all call arguments, as JSON: for what the catalogue does not describe. */
export function JsonField({ node, what, label }: { node: Node; what: "params" | "args"; label: string }) {
  const editor = useEditor();
  const id = useId();
  const stored = JSON.stringify(node[what] ?? {}, null, 1);
  const [text, setText] = useState(stored);
  const [reason, setReason] = useState<string | null>(null);
  useEffect(() => setText(stored), [stored]);
  const finish = (): void => {
    const next = jsonObject(text);
    setReason(next ? null : `${label} must be a JSON object, such as {"units": 3}.`);
    if (!next || sameJson(next, node[what] ?? {})) return;
    const reset = Object.keys(node[what] ?? {}).filter((name) => !(name in next));
    editor.edit(`set ${what} of ${node.id}`, [
      what === "params"
        ? { kind: "set_params", id: node.id, params: next, reset }
        : { kind: "set_args", id: node.id, args: next, reset },
    ]);
  };
  return (
    <div className="field field-wide">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={Math.min(12, text.split("\n").length + 1)}
        value={text}
        spellCheck={false}
        data-testid={`json-${what}`}
        aria-invalid={reason !== null}
        onChange={(event) => setText(event.target.value)}
        onBlur={finish}
      />
      {reason && (
        <p className="field-fault" role="alert">
          {reason}
        </p>
      )}
    </div>
  );
}

function jsonObject(text: string): Params | null {
  try {
    const value = JSON.parse(text || "{}") as Json;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Params) : null;
  } catch {
    return null;
  }
}
