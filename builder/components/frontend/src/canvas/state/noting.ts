/** What can be done to the notes on the canvas? Each as one step that can be undone. */

import { type Position, positionOf } from "../design/document";
import { GRID } from "../design/grid";
import { sizeOf } from "../design/inside";
import { type Note, type Tone, NOTE_SIZE, freshNote, larger, noteEdit, notesOf } from "../design/notes";
import { snapped } from "../design/layout";
import type { Editor } from "./editor";
import { NOTHING } from "./state";

/** The selected notes. */
export function chosenNotes(editor: Editor): readonly Note[] {
  return notesOf(editor.design).filter((note) => editor.state.notes.has(note.id));
}

/** A new note with its middle at a place, open for writing. */
export function addNote(editor: Editor, at: Position): void {
  const corner = besideLayers(editor, snapped([at[0] - NOTE_SIZE[0] / 2, at[1] - NOTE_SIZE[1] / 2]));
  const note = freshNote(editor.design, corner);
  editor.edit("add a note", [noteEdit(note)], {
    selected: NOTHING,
    wires: NOTHING,
    notes: new Set([note.id]),
    writing: note.id,
  });
}

/** A note covers no layer: it is put to the right of those that are in its way. */
function besideLayers({ design, size }: Editor, [x, y]: Position): Position {
  let left = x;
  const inTheWay = design.nodes
    .map((node) => ({ at: positionOf(node), ...sizeOf(node, size) }))
    .filter(({ at, height }) => at[1] < y + NOTE_SIZE[1] && y < at[1] + height)
    .sort((one, other) => one.at[0] - other.at[0]);
  for (const { at, width } of inTheWay)
    if (at[0] < left + NOTE_SIZE[0] && left < at[0] + width) left = snapped([at[0] + width + GRID, y])[0];
  return [left, y];
}

export function writeIn(editor: Editor, id: string): void {
  editor.selectNotes([id]);
  editor.set({ writing: id });
}

export function stopWriting(editor: Editor, id: string, text: string): void {
  if (editor.state.writing !== id) return;
  editor.set({ writing: null });
  const note = notesOf(editor.design).find((one) => one.id === id);
  if (note && note.text !== text) editor.edit("write in a note", [noteEdit({ ...note, text })]);
}

export function resizeNote(editor: Editor, note: Note, size: readonly [number, number], merge = false): boolean {
  const now = larger(size);
  if (now[0] === note.size[0] && now[1] === note.size[1]) return false;
  return editor.edit("size a note", [noteEdit({ ...note, size: now })], {}, merge);
}

export function colourNotes(editor: Editor, tone: Tone): void {
  const edits = chosenNotes(editor).map((note) => noteEdit({ ...note, tone }));
  if (edits.length) editor.edit(`colour a note ${tone}`, edits);
}
