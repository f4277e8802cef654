/** What is written on the canvas beside the layers? Notes: looks of the drawing, kept in `design.ui.notes`. */

import type { Design, Json, Position } from "./document";
import type { Edit } from "./edits";

export const TONES = ["plain", "amber", "teal", "violet"] as const;
export type Tone = (typeof TONES)[number];

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly position: Position;
  readonly size: readonly [number, number];
  readonly tone: Tone;
}

export const NOTE_SIZE = [240, 112] as const;
/** No note gets smaller than this, so that its handles stay apart. */
export const LEAST_SIZE = [112, 48] as const;
export const LONGEST_TEXT = 5000;

const NONE: readonly Note[] = [];
const read = new WeakMap<object, readonly Note[]>();

/** The notes of a drawing; what is not a note is left out. The same list for the same drawing. */
export function notesOf(design: Design): readonly Note[] {
  const listed = design.ui?.notes;
  if (!Array.isArray(listed) || !listed.length) return NONE;
  let notes = read.get(listed);
  if (!notes) {
    notes = listed.map(noteFrom).filter((note) => note !== null);
    read.set(listed, notes);
  }
  return notes;
}

/** A note out of foreign JSON; null when it is none. */
export function noteFrom(value: Json | undefined): Note | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { id, text, position, size, tone } = value as { readonly [key: string]: Json };
  if (typeof id !== "string" || !/^[\w.-]{1,100}$/.test(id) || typeof text !== "string") return null;
  return {
    id,
    text: text.slice(0, LONGEST_TEXT),
    position: pair(position) ?? [0, 0],
    size: larger(pair(size) ?? NOTE_SIZE),
    tone: TONES.find((known) => known === tone) ?? "plain",
  };
}

function pair(value: Json | undefined): Position | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [x, y] = value as readonly Json[];
  return Number.isFinite(x) && Number.isFinite(y) ? [x as number, y as number] : null;
}

/** A size that is not below the least one. */
export function larger([width, height]: readonly [number, number]): Position {
  return [Math.max(LEAST_SIZE[0], width), Math.max(LEAST_SIZE[1], height)];
}

const PREFIX = "note:";

/** The name of a note among the things on the canvas; no layer can be called so. */
export function noteKey(id: string): string {
  return PREFIX + id;
}

export function isNoteKey(key: string): boolean {
  return key.startsWith(PREFIX);
}

export function noteIdOf(key: string): string {
  return key.slice(PREFIX.length);
}

export function noteOf(design: Design, key: string): Note | undefined {
  return notesOf(design).find((note) => noteKey(note.id) === key);
}

/** A new note, with a name that is free. */
export function freshNote(design: Design, position: Position, more: Partial<Note> = {}): Note {
  const taken = new Set(notesOf(design).map((note) => note.id));
  let number = 1;
  while (taken.has(`note-${number}`)) number += 1;
  return { text: "", size: NOTE_SIZE, tone: "plain", ...more, id: `note-${number}`, position };
}

export function noteEdit(note: Note): Edit {
  return { kind: "set_note", note: { ...note } };
}
