/** What is chosen, and what can be set on it. */

import { useState } from "react";
import { type Node, indexOf } from "../design/document";
import { useEditor, usePicked } from "../state/context";
import { counted } from "../words/numbers";
import { Amounts, Shapes } from "./Answers";
import { Fields, fieldsOf } from "./Fields";
import { IssueBox } from "./IssueBox";
import { JsonField } from "./JsonField";
import { NodeHead } from "./NodeHead";
import { Summary } from "./Summary";

export function Inspector() {
  const selected = usePicked((state) => state.selected);
  const id = selected.size === 1 ? [...selected][0]! : null;
  const node = usePicked((state) => (id ? indexOf(state.shown).get(id) : undefined));
  return (
    <aside className="inspector" aria-label="Settings" data-testid="inspector">
      {node ? <OneNode node={node} /> : selected.size > 1 ? <Several ids={[...selected]} /> : <Summary />}
    </aside>
  );
}

function Several({ ids }: { ids: readonly string[] }) {
  const editor = useEditor();
  return (
    <div className="panel">
      <h2>{counted(ids.length, "layer")} selected</h2>
      <p className="quiet">
        {ids.slice(0, 12).join(", ")}
        {ids.length > 12 ? " …" : ""}
      </p>
      <div className="actions">
        <button type="button" className="button" onClick={() => editor.duplicate()}>
          Duplicate
        </button>
        <button type="button" className="button" onClick={() => editor.removeSelected()}>
          Remove
        </button>
      </div>
    </div>
  );
}

function OneNode({ node }: { node: Node }) {
  const spec = usePicked((state) => state.catalog?.of(state.shown, node));
  const annotation = usePicked((state) => state.answers[node.id]);
  const stale = usePicked((state) => state.stale.has(node.id));
  const [help, setHelp] = useState(false);
  const issues = stale ? [] : (annotation?.issues ?? []);
  const common = usePicked((state) => state.catalog?.common);
  const fields = spec && node.type !== "Call" ? fieldsOf(spec, common ?? []) : [];
  const named = new Set([...fields, ...(spec?.args ?? [])].map((field) => field.name));
  return (
    <>
      <NodeHead node={node} spec={spec} help={help} setHelp={setHelp} />
      {help && <div className="panel help">{spec?.help || "This layer is not in the catalogue."}</div>}
      <div className="panel">
        {issues
          .filter((issue) => !issue.argument || !named.has(issue.argument))
          .map((issue, index) => (
            <IssueBox key={index} issue={issue} />
          ))}
        {annotation?.blocked_by && !stale && <Waits on={annotation.blocked_by} />}
        {node.type === "Call" ? (
          <p className="quiet">Shares layer and weights with {node.of}. Change them there.</p>
        ) : spec ? (
          <Fields node={node} spec={spec} fields={fields} issues={issues} />
        ) : (
          <JsonField node={node} what="params" label="Settings" />
        )}
      </div>
      <Shapes node={node} annotation={stale ? undefined : annotation} />
      <Amounts node={node} annotation={annotation} stale={stale} />
      <Remove node={node} />
    </>
  );
}

function Waits({ on }: { on: string }) {
  const editor = useEditor();
  return (
    <p className="quiet">
      Waits for{" "}
      <button type="button" className="link" onClick={() => editor.jumpTo(on)}>
        {on}
      </button>
      .
    </p>
  );
}

function Remove({ node }: { node: Node }) {
  const editor = useEditor();
  const remove = (): void => {
    editor.removeSelected();
    editor.focus();
  };
  return (
    <div className="panel panel-last">
      <button type="button" className="button" data-testid="remove-node" onClick={remove}>
        Remove {node.id}
      </button>
    </div>
  );
}
