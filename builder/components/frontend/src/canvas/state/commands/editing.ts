/** Commands that change what is there: undo, clipboard, names, removal. */

import type { Node } from "../../design/document";
import { notesOf } from "../../design/notes";
import { openable } from "../blocking";
import { canPaste } from "../clipboard";
import type { Editor } from "../editor";
import { type Command, hasLayers, hasOne } from "./command";

const hasAny = ({ state }: Editor): boolean => state.selected.size + state.wires.size + state.notes.size > 0;
const hasNodes = ({ state }: Editor): boolean => state.selected.size + state.notes.size > 0;

export const EDITING: readonly Command[] = [
  {
    id: "inspect",
    title: "Settings of the layer",
    group: "edit",
    keys: ["Enter"],
    menu: ["layer"],
    enabled: (editor) => hasOne(editor) && openable(editor, editor.chosen) === null,
    run: (_, around) => around.inspect(),
  },
  {
    id: "rename",
    title: "Rename",
    group: "edit",
    keys: ["F2"],
    menu: ["layer"],
    enabled: hasOne,
    run: (_, around) => around.rename(),
  },
  {
    id: "undo",
    title: "Undo",
    group: "edit",
    keys: ["Ctrl Z"],
    run: (editor) => editor.undo(),
  },
  {
    id: "redo",
    title: "Redo",
    group: "edit",
    keys: ["Ctrl Shift Z", "Ctrl Y"],
    run: (editor) => editor.redo(),
  },
  {
    id: "cut",
    title: "Cut",
    group: "edit",
    keys: ["Ctrl X"],
    native: true,
    menu: ["layer", "layers", "note"],
    enabled: hasNodes,
    run: (_, around) => around.clipboard("cut"),
  },
  {
    id: "copy",
    title: "Copy",
    group: "edit",
    keys: ["Ctrl C"],
    native: true,
    menu: ["layer", "layers", "note"],
    enabled: hasNodes,
    run: (_, around) => around.clipboard("copy"),
  },
  {
    id: "paste",
    title: "Paste",
    group: "edit",
    keys: ["Ctrl V"],
    native: true,
    menu: ["canvas"],
    enabled: canPaste,
    run: (editor) => editor.paste(),
  },
  {
    id: "duplicate",
    title: "Duplicate",
    group: "edit",
    keys: ["Ctrl D"],
    menu: ["layer", "layers", "note"],
    enabled: hasNodes,
    run: (editor) => editor.duplicate(),
  },
  {
    id: "select-all",
    title: "Select all",
    group: "edit",
    keys: ["Ctrl A"],
    menu: ["canvas"],
    enabled: (editor) => editor.design.nodes.length > 0,
    run: (editor) => {
      editor.select(editor.design.nodes.map((node) => node.id));
      editor.set({ notes: new Set(notesOf(editor.design).map((note) => note.id)) });
    },
  },
  {
    id: "bypass",
    title: "Bypass, or no longer",
    group: "edit",
    keys: ["B"],
    menu: ["layer", "layers"],
    enabled: hasBypassable,
    run: toggleBypass,
  },
  {
    id: "remove",
    title: "Remove and reconnect",
    group: "edit",
    keys: ["Delete", "Backspace"],
    menu: ["layer", "layers"],
    enabled: hasAny,
    run: removed(true),
  },
  {
    id: "remove-apart",
    title: "Remove without reconnecting",
    group: "edit",
    keys: ["Shift Delete"],
    menu: ["layer", "layers"],
    enabled: hasLayers,
    run: removed(false),
  },
  {
    id: "remove-wire",
    title: "Remove the wire",
    group: "edit",
    menu: ["wire"],
    enabled: (editor) => editor.state.wires.size > 0,
    run: removed(true),
  },
];

/** Layers that something can pass by: they have an input. */
function bypassable(editor: Editor): readonly Node[] {
  const chosen = editor.design.nodes.filter((node) => editor.state.selected.has(node.id));
  return chosen.filter((node) => node.type !== "InputLayer");
}

function hasBypassable(editor: Editor): boolean {
  return bypassable(editor).length > 0;
}

/** All of them are bypassed, or, when all are already, none. */
function toggleBypass(editor: Editor): void {
  const nodes = bypassable(editor);
  const bypass = !nodes.every((node) => node.bypass);
  const ids = nodes.map((node) => node.id);
  editor.edit(`${bypass ? "bypass" : "use"} ${ids.join(", ")}`, [{ kind: "set_bypass", ids, bypass }]);
}

function removed(reconnect: boolean): Command["run"] {
  return (editor) => {
    editor.removeSelected(reconnect);
    editor.focus();
  };
}
