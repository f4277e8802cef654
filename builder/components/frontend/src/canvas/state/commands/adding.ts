/** Commands that bring layers and wires into the drawing. */

import { edgeKey } from "../../design/document";
import { into, outOf } from "../../design/graph";
import type { Editor } from "../editor";
import { takeOut } from "../plugging";
import { type Command, hasOne } from "./command";

export const ADDING: readonly Command[] = [
  {
    id: "add",
    title: "Add a layer",
    group: "add",
    keys: ["Ctrl K"],
    menu: ["canvas", "layer", "wire"],
    run: (editor, around) => {
      const edge = editor.chosenWire;
      const at = around.pointer?.();
      editor.set({ dialog: { kind: "add", at, ...(edge ? { place: { kind: "on", edge } } : {}) } });
    },
  },
  {
    id: "connect",
    title: "Connect to…",
    group: "add",
    keys: ["C"],
    menu: ["layer"],
    enabled: hasOne,
    run: (editor) => editor.set({ dialog: { kind: "connect", from: editor.chosen! } }),
  },
  {
    id: "next-wire",
    title: "Select a wire of the layer, then the next",
    group: "add",
    keys: ["W"],
    enabled: (editor) => wiresAround(editor).length > 0,
    run: nextWire,
  },
  {
    id: "unplug",
    title: "Take out of its wires",
    group: "add",
    keys: ["U"],
    menu: ["layer"],
    enabled: (editor) => hasOne(editor) && into(editor.design, editor.chosen!).length > 0,
    run: (editor) => takeOut(editor, editor.chosen!),
  },
];

/** The layer whose wires are gone through: the selected one, or the one at which going through them began. */
function wireOwner(editor: Editor): string | undefined {
  const edge = editor.chosenWire;
  if (!edge) return editor.chosen ?? undefined;
  return edge.target === editor.state.wireOf ? edge.target : edge.source;
}

function wiresAround(editor: Editor): readonly string[] {
  const id = wireOwner(editor);
  return id === undefined ? [] : [...into(editor.design, id), ...outOf(editor.design, id)].map(edgeKey);
}

/** Goes through the wires of one layer; behind the last one the layer is selected again. */
function nextWire(editor: Editor): void {
  const id = wireOwner(editor)!;
  const keys = wiresAround(editor);
  const next = keys[editor.chosenWire ? keys.indexOf(edgeKey(editor.chosenWire)) + 1 : 0];
  if (next === undefined) return editor.jump(id);
  editor.select([], [next]);
  editor.set({ wireOf: id });
  editor.tell(`Wire: ${editor.chosenWire!.source} feeds ${editor.chosenWire!.target}.`);
}
