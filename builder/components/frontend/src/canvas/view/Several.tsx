/** Several layers at once: the settings that they share, edited together as one step. */

import type { Catalog, ParamSpec } from "../design/catalog";
import { type Node, type Params, indexOf } from "../design/document";
import type { Edit } from "../design/edits";
import { sameSetting } from "../design/settings";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import { counted } from "../words/numbers";
import { useCommands } from "./doing";
import { Form, type Line } from "./form/Form";
import { MoreButton } from "./NodeHead";
import { edit, fieldsOf } from "./OneNode";

const MOST_NAMES = 12;

export function Several({ ids }: { ids: readonly string[] }) {
  const nodes = usePicked((state) => indexOf(state.shown));
  const catalog = usePicked((state) => state.catalog);
  const editor = useEditor();
  const chosen = ids.flatMap((id) => nodes.get(id) ?? []);
  const lines = sharedLines(editor, kindsOf(catalog, chosen), chosen.length);
  return (
    <>
      <div className="panel" data-testid="several">
        <div className="row-head">
          <h2>{counted(chosen.length, "layer")} selected</h2>
          <MoreButton />
        </div>
        <p className="quiet">
          {ids.slice(0, MOST_NAMES).join(", ")}
          {ids.length > MOST_NAMES ? " …" : ""}
        </p>
        <Actions />
      </div>
      <div className="panel panel-last">
        {lines.length ? (
          <Form key={ids.join(" ")} lines={lines} about="" />
        ) : (
          <p className="quiet">These layers have no setting in common.</p>
        )}
      </div>
    </>
  );
}

/** The chosen layers of one type, and what can be set on them. */
export interface Kind {
  readonly nodes: readonly Node[];
  readonly specs: readonly ParamSpec[];
}

/** By type, so that a thousand layers cost as little as their few types. */
export function kindsOf(catalog: Catalog | null, nodes: readonly Node[]): readonly Kind[] {
  const byType = new Map<string, Node[]>();
  for (const node of nodes) {
    const same = byType.get(node.type);
    if (same) same.push(node);
    else byType.set(node.type, [node]);
  }
  return [...byType].flatMap(([type, same]) => {
    const spec = type === "Call" ? undefined : catalog?.layer(type);
    return spec ? [{ nodes: same, specs: fieldsOf(spec, catalog?.common ?? []) }] : [];
  });
}

const NO_NODES: readonly Node[] = [];

/** Settings that at least two of the layers have, of the same name and kind; those that all have come first. */
export function sharedLines(editor: Editor, kinds: readonly Kind[], of: number): readonly Line[] {
  const seen = new Map<string, { spec: ParamSpec; nodes: readonly Node[] }>();
  for (const { nodes, specs } of kinds)
    for (const spec of specs) {
      const key = JSON.stringify([spec.name, spec.kind, spec.group, spec.length, spec.choices]);
      const entry = seen.get(key) ?? { spec, nodes: NO_NODES };
      seen.set(key, { spec: together(entry.spec, spec), nodes: [...entry.nodes, ...nodes] });
    }
  const shared = [...seen.values()].filter(({ nodes }) => nodes.length > 1);
  return shared.sort((one, other) => other.nodes.length - one.nodes.length).map(({ spec, nodes }) => line(editor, spec, nodes, of));
}

/** What both allow. */
function together(one: ParamSpec, other: ParamSpec): ParamSpec {
  if (one === other) return one;
  return {
    ...one,
    basic: one.basic || other.basic,
    required: one.required || other.required,
    nullable: one.nullable && other.nullable,
    minimum: one.minimum === null ? other.minimum : Math.max(one.minimum, other.minimum ?? -Infinity),
    maximum: one.maximum === null ? other.maximum : Math.min(one.maximum, other.maximum ?? Infinity),
  };
}

function line(editor: Editor, spec: ParamSpec, nodes: readonly Node[], of: number): Line {
  const values = nodes.map((node) => node.params?.[spec.name] ?? spec.default);
  const same = values.every((value) => sameSetting(spec, value, values[0]));
  const set = nodes.some((node) => node.params && spec.name in node.params);
  const given: Params = same && set && values[0] !== undefined ? { [spec.name]: values[0] } : {};
  return {
    spec,
    given,
    mixed: !same,
    note: nodes.length < of ? `${nodes.length} of ${of}` : undefined,
    write: (label, params, reset, merge = false) => {
      const edits = nodes.map((node): Edit => edit(node.id, "params", params, reset));
      editor.edit(`${label} of ${counted(nodes.length, "layer")}`, edits, {}, merge);
    },
  };
}

/** Buttons for what is done to many layers most often; the rest is in the menu. */
const OFTEN = ["freeze", "unfreeze", "bypass", "group", "duplicate", "remove"];
const SHORT: { readonly [id: string]: string } = { freeze: "Freeze", unfreeze: "Unfreeze", bypass: "Bypass", group: "Group", remove: "Remove" };

function Actions() {
  const commands = useCommands(OFTEN);
  return (
    <div className="actions">
      {commands.map(({ command, run }) => (
        <button key={command.id} type="button" className="button" title={command.title} data-testid={`several-${command.id}`} onClick={run}>
          {SHORT[command.id] ?? command.title}
        </button>
      ))}
    </div>
  );
}
