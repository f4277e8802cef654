/** One layer: its settings, its shapes and amounts, its code. */

import { useState } from "react";
import { useFigures } from "../analysis/source";
import type { LayerSpec, ParamSpec } from "../design/catalog";
import { type Json, type Node, type Params, sameJson } from "../design/document";
import type { Edit } from "../design/edits";
import type { Issue } from "../protocol";
import { useEditor, usePicked } from "../state/context";
import { resettable } from "../state/commands/settings";
import type { Editor } from "../state/editor";
import { type Proposed, proposals, shapesOfData } from "../state/proposals";
import { counted } from "../words/numbers";
import { written } from "../words/values";
import { Amounts } from "./Amounts";
import { BlockTools } from "./BlockTools";
import { CodeLine } from "./CodeLine";
import { useCommands } from "./doing";
import { Form, type Line } from "./form/Form";
import { InputShape } from "./form/InputShape";
import type { Offer } from "./form/Offers";
import type { Write } from "./form/slot";
import { IssueBox } from "./IssueBox";
import { LiveFacts } from "./LiveFacts";
import { JsonField } from "./JsonField";
import { NodeHead } from "./NodeHead";
import { OutputTools } from "./OutputTools";
import { ShapePicture } from "./ShapePicture";

export function OneNode({ node }: { node: Node }) {
  const spec = usePicked((state) => state.catalog?.of(state.shown, node));
  const annotation = usePicked((state) => state.answers[node.id]);
  const stale = usePicked((state) => state.stale.has(node.id));
  const [help, setHelp] = useState(false);
  const figures = useFigures(node.id);
  const issues = stale ? NO_ISSUES : (annotation?.issues ?? NO_ISSUES);
  const lines = useLines(node, spec, issues);
  const named = new Set(lines.map((line) => line.spec.name));
  return (
    <>
      <NodeHead node={node} spec={spec} help={help} setHelp={setHelp} />
      {help && (
        <div className="panel help" data-testid="node-help-text">
          {spec?.help || "This layer is not in the catalogue."}
        </div>
      )}
      <div className="panel">
        {issues
          .filter((issue) => !issue.argument || !named.has(issue.argument))
          .map((issue, index) => (
            <IssueBox key={index} issue={issue} />
          ))}
        {annotation?.blocked_by && !stale && <Waits on={annotation.blocked_by} />}
        {node.bypass && <Bypassed />}
        <Settings node={node} spec={spec} lines={lines} />
      </div>
      <OutputTools node={node} />
      <ShapePicture node={node} spec={spec} annotation={annotation} figures={figures} stale={stale} />
      <Amounts node={node} annotation={annotation} figures={figures} stale={stale} />
      <LiveFacts node={node} />
      <CodeLine node={node} />
    </>
  );
}

const NO_ISSUES: readonly Issue[] = [];

const CALL_TOOLS = ["open-block", "own-copy"];
const MODEL_TOOLS = ["fit-block", "expand-block", "collapse-block", "use-again", "repeat", "ungroup"];

function Settings({ node, spec, lines }: { node: Node; spec: LayerSpec | undefined; lines: readonly Line[] }) {
  const editor = useEditor();
  if (node.type === "Call")
    return (
      <>
        <p className="quiet">
          Shares layer and weights with <Jump to={editor.prefixed(node.of ?? "")} name={node.of} />. Change them there.
        </p>
        <BlockTools ids={CALL_TOOLS} />
      </>
    );
  if (node.graph)
    return (
      <>
        <p className="quiet waits">{counted(node.graph.nodes.length, "layer")} inside.</p>
        <button type="button" className="button" data-testid="open-network" onClick={() => editor.open(node.id)}>
          Open this network
        </button>
        <BlockTools ids={MODEL_TOOLS} />
      </>
    );
  if (!spec) return <JsonField node={node} what="params" label="Settings" />;
  return (
    <>
      <Form lines={lines} about={spec.summary} />
      <ResetAll node={node} />
    </>
  );
}

/** Worth a button from two settings on; one has its own. */
function ResetAll({ node }: { node: Node }) {
  const editor = useEditor();
  const [reset] = useCommands(["reset-settings"]);
  const count = resettable(editor, node).length;
  if (count < 2 || !reset) return null;
  return (
    <button type="button" className="link reset-all" data-testid="reset-all" title={`${reset.command.title} (Alt R)`} onClick={reset.run}>
      Reset {count} settings
    </button>
  );
}

/** The layer's own settings and those that every layer has; whether it learns is a basic one where there are weights. */
export function fieldsOf(spec: LayerSpec, common: readonly ParamSpec[]): readonly ParamSpec[] {
  if (spec.type.startsWith("ops.")) return spec.params;
  const own = new Set(spec.params.map((param) => param.name));
  const more = common.filter((param) => !own.has(param.name) && (param.name !== "trainable" || spec.trainable));
  return [...spec.params, ...more.map((param) => ({ ...param, basic: param.basic || param.name === "trainable" }))];
}

/** Settings as edits of one node. */
export function writer(editor: Editor, node: Node, of: "params" | "args"): Write {
  return (label, set, reset, merge = false) => void editor.edit(`${label} of ${node.id}`, [edit(node.id, of, set, reset)], {}, merge);
}

export function edit(id: string, of: "params" | "args", set: Params, reset: readonly string[]): Edit {
  return of === "params" ? { kind: "set_params", id, params: set, reset } : { kind: "set_args", id, args: set, reset };
}

function useLines(node: Node, spec: LayerSpec | undefined, issues: readonly Issue[]): readonly Line[] {
  const editor = useEditor();
  const common = usePicked((state) => state.catalog?.common);
  usePicked((state) => state.data?.fit);
  usePicked((state) => state.data?.repairs);
  if (!spec || node.type === "Call") return [];
  const misfits = (editor.state.data?.fit ?? []).filter((issue) => issue.node === editor.prefixed(node.id));
  const offered = proposals(editor.state, node, spec, [...issues, ...misfits]);
  const line = (param: ParamSpec, of: "params" | "args"): Line => {
    const write = writer(editor, node, of);
    const given = node[of] ?? {};
    return {
      spec: param,
      given,
      write,
      ofCall: of === "args",
      issues: issues.filter((issue) => issue.argument === param.name),
      offers: offered
        .filter((one) => one.param === param.name && !sameJson(one.value, given[param.name]))
        .map((one) => offer(param, one, issues, write)),
      ...(node.type === "InputLayer" && param.name === "shape"
        ? { instead: (slot) => <InputShape slot={slot} given={given} write={write} ofData={shapesOfData(editor.state, node)} /> }
        : {}),
    };
  };
  const own = fieldsOf(spec, common ?? []).map((param) => line(param, "params"));
  return [...own, ...(spec.args ?? []).map((param) => line(param, "args"))];
}

/** An issue stands under its field already: its offer is only the button. */
function offer(spec: ParamSpec, proposed: Proposed, issues: readonly Issue[], write: Write): Offer {
  const said = issues.some((issue) => issue.message === proposed.text);
  const label = `Set ${written(spec, proposed.value as Json)}`;
  return {
    text: said ? "" : proposed.text,
    label,
    severity: proposed.severity,
    take: () => write(`set ${spec.name}`, { [spec.name]: proposed.value }, []),
  };
}

function Bypassed() {
  const [bypass] = useCommands(["bypass"]);
  return (
    <p className="quiet waits">
      Bypassed: what comes in goes on as it is.{" "}
      {bypass && (
        <button type="button" className="link" onClick={bypass.run}>
          Use it again
        </button>
      )}
    </p>
  );
}

function Waits({ on }: { on: string }) {
  return (
    <p className="quiet waits">
      Waits for <Jump to={on} />.
    </p>
  );
}

/** A name that leads to its node, by its full path. */
function Jump({ to, name = to }: { to: string; name?: string }) {
  const editor = useEditor();
  return (
    <button type="button" className="link" onClick={() => editor.jumpTo(to)}>
      {name}
    </button>
  );
}
