/** Commands for the settings of the selected layers: freezing their weights, and going back to Keras' defaults. */

import type { ParamSpec } from "../../design/catalog";
import type { Node } from "../../design/document";
import type { Edit } from "../../design/edits";
import type { Editor } from "../editor";
import type { Command } from "./command";

export const SETTINGS: readonly Command[] = [
  {
    id: "freeze",
    title: "Freeze the weights",
    group: "edit",
    menu: ["layer", "layers"],
    enabled: (editor) => learning(editor).some((node) => !isFrozen(node)),
    run: (editor) => setFrozen(editor, true),
  },
  {
    id: "unfreeze",
    title: "Let the weights learn",
    group: "edit",
    menu: ["layer", "layers"],
    enabled: (editor) => learning(editor).some(isFrozen),
    run: (editor) => setFrozen(editor, false),
  },
  {
    id: "reset-settings",
    title: "All settings back to Keras' defaults",
    group: "edit",
    keys: ["Alt R"],
    menu: ["layer", "layers"],
    enabled: (editor) => selected(editor).some((node) => resettable(editor, node).length > 0),
    run: resetAll,
  },
];

function selected({ design, state }: Editor): readonly Node[] {
  return design.nodes.filter((node) => state.selected.has(node.id));
}

/** The selected layers that have weights of their own. */
function learning(editor: Editor): readonly Node[] {
  return selected(editor).filter((node) => editor.state.catalog?.layer(node.type)?.trainable);
}

const isFrozen = (node: Node): boolean => node.params?.trainable === false;

function setFrozen(editor: Editor, frozen: boolean): void {
  const nodes = learning(editor).filter((node) => isFrozen(node) !== frozen);
  const edits = nodes.map(
    (node): Edit => ({ kind: "set_params", id: node.id, ...(frozen ? { params: { trainable: false } } : { reset: ["trainable"] }) }),
  );
  editor.edit(`${frozen ? "freeze" : "unfreeze"} ${namesOf(nodes)}`, edits);
}

function namesOf(nodes: readonly Node[]): string {
  return nodes.map((node) => node.id).join(", ");
}

/** Names of settings that are set and that the layer can do without. */
export function resettable({ state }: Editor, node: Node): readonly string[] {
  const spec = state.catalog?.layer(node.type);
  if (!spec) return [];
  const required = new Set(spec.params.filter((param: ParamSpec) => param.required).map((param) => param.name));
  return Object.keys(node.params ?? {}).filter((name) => !required.has(name));
}

function resetAll(editor: Editor): void {
  const nodes = selected(editor).filter((node) => resettable(editor, node).length > 0);
  const edits = nodes.map((node): Edit => ({ kind: "set_params", id: node.id, reset: resettable(editor, node) }));
  editor.edit(`reset ${namesOf(nodes)}`, edits);
}
