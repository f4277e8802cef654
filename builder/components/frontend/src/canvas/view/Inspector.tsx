/** What is chosen, and what can be set on it. */

import { useEffect, useState } from "react";
import { type LayerSpec, type ParamSpec, glyphOf } from "../design/catalog";
import { type Node, indexOf } from "../design/document";
import { into } from "../design/graph";
import { nameFault } from "../design/names";
import type { Annotation, Issue } from "../protocol";
import { useEditor, usePicked } from "../state/context";
import type { State } from "../state/editor";
import { bytes, count, counted, grouped, shape, shapeList } from "../words/numbers";
import { Field, JsonField } from "./Field";
import { Glyph, Tile } from "./Glyph";
import { Menu } from "./Menu";
import { Summary } from "./Summary";

export function Inspector() {
  const selected = usePicked((state) => state.selected);
  const id = selected.size === 1 ? [...selected][0]! : null;
  const node = usePicked((state) => (id ? indexOf(state.history.present).get(id) : undefined));
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
      <p className="quiet">{ids.slice(0, 12).join(", ")}{ids.length > 12 ? " …" : ""}</p>
      <div className="actions">
        <button type="button" className="button" onClick={() => editor.duplicate()}>Duplicate</button>
        <button type="button" className="button" onClick={() => editor.removeSelected()}>Remove</button>
      </div>
    </div>
  );
}

function OneNode({ node }: { node: Node }) {
  const spec = usePicked((state) => state.catalog?.of(state.history.present, node));
  const annotation = usePicked((state) => state.data?.annotations[node.id]);
  const stale = usePicked((state) => state.stale.has(node.id));
  const [help, setHelp] = useState(false);
  const issues = stale ? [] : (annotation?.issues ?? []);
  const common = usePicked((state) => state.catalog?.common);
  const fields = spec && node.type !== "Call" ? fieldsOf(spec, common ?? []) : [];
  const named = new Set([...fields, ...(spec?.args ?? [])].map((field) => field.name));
  return (
    <>
      <Head node={node} spec={spec} help={help} setHelp={setHelp} />
      {help && <div className="panel help">{spec?.help || "This layer is not in the catalogue."}</div>}
      <div className="panel">
        {issues.filter((issue) => !issue.argument || !named.has(issue.argument)).map((issue, index) => <IssueBox key={index} issue={issue} />)}
        {annotation?.blocked_by && !stale && <Waits on={annotation.blocked_by} />}
        {node.type === "Call" ? <p className="quiet">Shares layer and weights with {node.of}. Change them there.</p>
          : spec ? <Fields node={node} spec={spec} fields={fields} issues={issues} /> : <JsonField node={node} what="params" label="Settings" />}
      </div>
      <Shapes node={node} annotation={stale ? undefined : annotation} />
      <Amounts node={node} annotation={annotation} stale={stale} />
      <Remove node={node} />
    </>
  );
}

/** The layer's own settings and those that every layer has; whether it learns is a basic one where there are weights. */
function fieldsOf(spec: LayerSpec, common: readonly ParamSpec[]): readonly ParamSpec[] {
  if (spec.type.startsWith("ops.")) return spec.params;
  const own = new Set(spec.params.map((param) => param.name));
  const more = common.filter((param) => !own.has(param.name) && (param.name !== "trainable" || spec.trainable));
  return [...spec.params, ...more.map((param) => ({ ...param, basic: param.basic || param.name === "trainable" }))];
}

function Head({ node, spec, help, setHelp }: { node: Node; spec: LayerSpec | undefined; help: boolean; setHelp: (on: boolean) => void }) {
  const editor = useEditor();
  const [renaming, setRenaming] = useState(false);
  useEffect(() => setRenaming(false), [node.id]);
  const items = [
    { label: "Rename", run: () => setRenaming(true) },
    { label: "Connect to…", hint: "C", run: () => editor.set({ dialog: { kind: "connect", from: node.id } }) },
    { label: "Duplicate", hint: "Ctrl D", run: () => editor.duplicate() },
    { label: "Remove", hint: "Del", run: () => editor.removeSelected() },
    { label: "Remove without reconnecting", run: () => editor.removeSelected(false) },
  ];
  return (
    <header className="head">
      <Tile name={glyphOf(node.type, spec?.family)} family={spec?.family} size="m" />
      <div className="head-words">
        {renaming ? <Rename node={node} done={() => setRenaming(false)} />
          : <button type="button" className="head-name" title="Rename" data-testid="node-name" onClick={() => setRenaming(true)}>{node.id}</button>}
        <div className="head-type">{node.type}</div>
      </div>
      <button type="button" className="tool" aria-label="What this layer does" aria-pressed={help} title="What this layer does" data-testid="node-help" onClick={() => setHelp(!help)}><Glyph name="help" size={17} /></button>
      <Menu label="More" className="tool" face={<Glyph name="dots" size={17} />} items={items} />
    </header>
  );
}

function Rename({ node, done }: { node: Node; done: () => void }) {
  const editor = useEditor();
  const [text, setText] = useState(node.id);
  const taken = indexOf(editor.design);
  const fault = text === node.id ? null : nameFault(text, taken);
  const finish = (): void => {
    done();
    if (text !== node.id && !fault) editor.edit(`rename ${node.id}`, [{ kind: "rename_node", id: node.id, to: text }], { selected: new Set([text]) });
  };
  return (
    <>
      <input className="head-field" autoFocus value={text} maxLength={100} aria-label="Name of the layer" aria-invalid={fault !== null} data-testid="node-name-field" onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value.trim())} onBlur={finish} onKeyDown={(event) => {
          if (event.key === "Enter") finish();
          if (event.key === "Escape") done();
        }} />
      {fault && <div className="field-fault" role="alert">{fault}</div>}
    </>
  );
}

interface FieldsProps {
  readonly node: Node;
  readonly spec: LayerSpec;
  readonly fields: readonly ParamSpec[];
  readonly issues: readonly Issue[];
}

let showAll = false;

function Fields({ node, spec, fields, issues }: FieldsProps) {
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
          <button type="button" role="radio" aria-checked={!all} onClick={() => choose(false)} data-testid="inspector-basic">Basic</button>
          <button type="button" role="radio" aria-checked={all} onClick={() => choose(true)} data-testid="inspector-all">All {everything}</button>
        </div>
      )}
      {fields.filter(shown).map((field) => <Field key={`${node.id}/${field.name}`} node={node} spec={field} issues={about(field)} />)}
      {args.filter(shown).map((field) => <Field key={`${node.id}/call/${field.name}`} of="args" node={node} spec={field} issues={about(field)} />)}
      {everything > 0 && !few && !all && <p className="quiet">{spec.summary}. Nothing here needs setting.</p>}
      {!everything && <p className="quiet">{spec.summary}. There is nothing to set.</p>}
    </>
  );
}

export function IssueBox({ issue }: { issue: Issue }) {
  return (
    <div className={`issue sev-${issue.severity}`}>
      <Glyph name={issue.severity === "error" ? "fault" : issue.severity === "warning" ? "warn" : "info"} size={16} />
      <span>{issue.message}{issue.fix ? <em> {issue.fix}</em> : null}</span>
    </div>
  );
}

function Waits({ on }: { on: string }) {
  const editor = useEditor();
  return <p className="quiet">Waits for <button type="button" className="link" onClick={() => editor.jump(on.split("/")[0]!)}>{on}</button>.</p>;
}

function Shapes({ node, annotation }: { node: Node; annotation: Annotation | undefined }) {
  const incoming = usePicked((state) => incomingShapes(state, node.id));
  const outgoing = shapeList(annotation?.shape).map(shape);
  if (!outgoing.length && !incoming) return null;
  return (
    <div className="panel">
      <div className="row-head"><h3>Shape</h3>{annotation?.dtype && <span className="quiet">{[annotation.dtype].flat().join(", ")}</span>}</div>
      <div className="shapes" data-testid="inspector-shapes">
        {incoming && <><span className="shape-list">{incoming.split("\n").map((line, index) => <code key={index}>{line}</code>)}</span><Glyph name="arrow" size={16} /></>}
        <span className="shape-list">{outgoing.length ? outgoing.map((line, index) => <code key={index} className="shape-out">{line}</code>) : <code>unknown</code>}</span>
      </div>
    </div>
  );
}

/** The shapes that come in, a line each; one text, so that an unchanged answer draws nothing anew. */
function incomingShapes({ history, data }: State, id: string): string {
  return into(history.present, id).map((edge) => {
    const sizes = shapeList(data?.annotations[edge.source]?.shape)[edge.source_port ?? 0];
    return sizes ? shape(sizes) : "unknown";
  }).join("\n");
}

function Amounts({ node, annotation, stale }: { node: Node; annotation: Annotation | undefined; stale: boolean }) {
  const whole = usePicked((state) => state.data?.totals?.params ?? 0);
  const params = annotation?.params ?? 0;
  if (!annotation || annotation.shape === null) return null;
  return (
    <div className={`panel amounts${stale ? " amounts-stale" : ""}`}>
      <div className="row-head"><h3>Parameters</h3><b data-testid="inspector-params">{node.type === "Call" ? "shared" : grouped(params)}</b></div>
      {annotation.trainable_params !== null && annotation.trainable_params !== params && <Amount label="Of these learn" value={grouped(annotation.trainable_params)} />}
      {params > 0 && whole > 0 && <Amount label="Share of the network" value={`${share(params / whole)} %`} />}
      {annotation.flops ? <Amount label="Multiply-adds, one row" value={count(annotation.flops / 2)} /> : null}
      {params > 0 && <Amount label="Weights in memory" value={bytes(params * 4)} />}
    </div>
  );
}

function share(part: number): string {
  const percent = part * 100;
  return percent > 0 && percent < 1 ? "under 1" : String(Math.round(percent));
}

function Amount({ label, value }: { label: string; value: string }) {
  return <div className="amount"><span>{label}</span><span>{value}</span></div>;
}

function Remove({ node }: { node: Node }) {
  const editor = useEditor();
  const remove = (): void => {
    editor.removeSelected();
    editor.focus();
  };
  return <div className="panel panel-last"><button type="button" className="button" data-testid="remove-node" onClick={remove}>Remove {node.id}</button></div>;
}
