/** Commands for the notes on the canvas. */

import { GRID } from "../../design/grid";
import { TONES, type Tone } from "../../design/notes";
import type { Editor } from "../editor";
import { addNote, chosenNotes, colourNotes, resizeNote, writeIn } from "../noting";
import type { Command } from "./command";

const hasNotes = (editor: Editor): boolean => editor.state.notes.size > 0;
const oneNote = ({ state }: Editor): boolean => state.notes.size === 1 && state.selected.size === 0;

const TITLES: Record<Tone, string> = {
  plain: "Note without colour",
  amber: "Amber note",
  teal: "Teal note",
  violet: "Violet note",
};

const GROWING = [
  ["ArrowRight", 1, 0],
  ["ArrowLeft", -1, 0],
  ["ArrowDown", 0, 1],
  ["ArrowUp", 0, -1],
] as const;

export const NOTING: readonly Command[] = [
  {
    id: "add-note",
    title: "Add a note",
    group: "note",
    keys: ["M"],
    menu: ["canvas"],
    run: (editor) => addNote(editor, editor.stage?.pointer() ?? editor.middle()),
  },
  {
    id: "write",
    title: "Write in the note",
    group: "note",
    keys: ["Enter", "F2"],
    menu: ["note"],
    enabled: oneNote,
    run: (editor) => writeIn(editor, chosenNotes(editor)[0]!.id),
  },
  ...TONES.map(
    (tone): Command => ({
      id: `tone-${tone}`,
      title: TITLES[tone],
      group: "note",
      glyph: "note",
      tone,
      menu: ["note"],
      enabled: hasNotes,
      run: (editor) => colourNotes(editor, tone),
    }),
  ),
  ...GROWING.map(
    ([key, wide, high]): Command => ({
      id: `size-note-${key}`,
      title: "Size of the note",
      group: "note",
      keys: [`Alt Shift ${key}`],
      shown: "Alt Shift arrows",
      enabled: oneNote,
      run: (editor) => {
        const note = chosenNotes(editor)[0]!;
        resizeNote(editor, note, [note.size[0] + wide * GRID, note.size[1] + high * GRID], true);
      },
    }),
  ),
  {
    id: "remove-note",
    title: "Remove the note",
    group: "note",
    menu: ["note"],
    enabled: hasNotes,
    run: (editor) => {
      editor.removeSelected();
      editor.focus();
    },
  },
];
