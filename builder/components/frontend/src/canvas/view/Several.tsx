/** Several layers at once: the settings that they share, edited together as one step. */

import type { ParamSpec } from "../design/catalog";
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
  const entries = chosen.flatMap((node): readonly Entry[] => {
    const spec = node.type === "Call" ? undefined : catalog?.layer(node.type);
    return spec ? [{ node, specs: fieldsOf(spec, catalog?.common ?? []) }] : [];
  });
  const lines = sharedLines(editor, entries, chosen.length);
  return (
    <>
      <div className="panel" data-testid="several">
        <h2>{counted(chosen.length, "layer")} selected</h2>
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

export interface Entry {
  readonly node: Node;
  readonly specs: readonly ParamSpec[];
}

/** Settings that at least two of the layers have, of the same name and kind; those that all have come first. */
export function sharedLines(editor: Editor, entries: readonly Entry[], of: number): readonly Line[] {
  const seen = new Map<string, { spec: ParamSpec; nodes: Node[] }>();
  for (const { node, specs } of entries)
    for (const spec of specs) {
      const key = JSON.stringify([spec.name, spec.kind, spec.group, spec.length, spec.choices]);
      const entry = seen.get(key) ?? { spec, nodes: [] };
      seen.set(key, { spec: together(entry.spec, spec), nodes: [...entry.nodes, node] });
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
    write: (label, params, reset) => {
      const edits = nodes.map((node): Edit => edit(node.id, "params", params, reset));
      editor.edit(`${label} of ${nodes.map((node) => node.id).join(", ")}`, edits);
    },
  };
}

/** Buttons for what is done to many layers most often; the rest is in the menu. */
const OFTEN = ["freeze", "unfreeze", "bypass", "group", "duplicate", "remove"];
const SHORT: { readonly [id: string]: string } = { freeze: "Freeze", unfreeze: "Unfreeze", group: "Group", remove: "Remove" };

function Actions() {
  const commands = useCommands(OFTEN);
  return (
    <div className="actions">
      {commands.map(({ command, run }) => (
        <button key={command.id} type="button" className="button" title={command.title} data-testid={`several-${command.id}`} onClick={run}>
          {SHORT[command.id] ?? command.title}
        </button>
      ))}
      <MoreButton />
    </div>
  );
}
