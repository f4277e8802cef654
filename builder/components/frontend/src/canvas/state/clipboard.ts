/** How do copies leave the drawing and come back? Through the clipboard of the system, else through one kept here. */

import { type Clip, clip, freeOffset, isEmpty, keep, offsetTo, recall, settled, written } from "../design/clipboard";
import type { Position } from "../design/document";
import type { Edit } from "../design/edits";
import { clipFrom } from "../design/foreign";
import { freshNote, noteEdit, notesOf } from "../design/notes";
import { counted } from "../words/numbers";
import type { Editor } from "./editor";
import { NOTHING } from "./state";

function selection(editor: Editor): Clip {
  return clip(editor.design, editor.state.selected, editor.state.notes);
}

/** Keeps what is selected and gives it as text for the system's clipboard; null when nothing is selected. */
export function copy(editor: Editor): string | null {
  const copied = selection(editor);
  if (isEmpty(copied)) return null;
  keep(copied);
  editor.tell(`Copied ${named(copied)}.`);
  return written(copied);
}

export function cut(editor: Editor): string | null {
  const text = copy(editor);
  if (text !== null) editor.removeSelected();
  return text;
}

/** Pastes a text from the system's clipboard; without one, what was copied last in this browser. */
export function paste(editor: Editor, text: string | null = null): void {
  const copied = text ? clipFrom(text) : recall();
  if (copied && !isEmpty(copied)) return put(editor, copied, "paste", editor.stage?.pointer() ?? null);
  if (text) editor.set({ notice: { severity: "info", text: "The clipboard holds no layers. Copy some in a drawing first." } });
}

export function duplicate(editor: Editor): void {
  const copied = selection(editor);
  if (!isEmpty(copied)) put(editor, copied, "duplicate", null);
}

export function canPaste(): boolean {
  const copied = recall();
  return copied !== null && !isEmpty(copied);
}

/** The copies, selected: at a place, or beside the originals. */
function put(editor: Editor, given: Clip, label: string, at: Position | null): void {
  const { design } = editor;
  const copied = settled(given, design);
  const things = [...copied.nodes, ...(copied.notes ?? [])];
  const offset = freeOffset(design, things, at ? offsetTo(copied, at, editor.size) : undefined);
  const edits: Edit[] = [];
  if (copied.nodes.length) edits.push({ kind: "paste", nodes: copied.nodes, edges: copied.edges, offset });
  let papers = design;
  for (const note of copied.notes ?? []) {
    const place = [note.position[0] + offset[0], note.position[1] + offset[1]] as const;
    const fresh = freshNote(papers, place, note);
    papers = { ...papers, ui: { notes: [...notesOf(papers), fresh] as never } };
    edits.push(noteEdit(fresh));
  }
  const before = { nodes: new Set(design.nodes.map((node) => node.id)), notes: new Set(notesOf(design).map((note) => note.id)) };
  if (!editor.edit(`${label} ${named(copied)}`, edits)) return;
  const after = editor.design;
  editor.set({
    selected: new Set(after.nodes.map((node) => node.id).filter((id) => !before.nodes.has(id))),
    notes: new Set(notesOf(after).map((note) => note.id).filter((id) => !before.notes.has(id))), // prettier-ignore
    wires: NOTHING,
  });
}

/** "dense", "3 layers", "2 layers and 1 note". */
function named({ nodes, notes = [] }: Clip): string {
  const layers = nodes.length === 1 ? nodes[0]!.id : nodes.length ? counted(nodes.length, "layer") : "";
  return [layers, notes.length ? counted(notes.length, "note") : ""].filter(Boolean).join(" and ");
}

