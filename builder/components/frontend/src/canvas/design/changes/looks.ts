/** What changes only how the drawing looks? Places, notes, and whatever stands under `ui`. */

import { type Design, type Json, type Params, type Position } from "../document";
import { EditRefused, known, lean, updated, withNode } from "./kind";

/** A piece of paper on the canvas; part of the drawing, not of the network. */
export interface Note {
  readonly id: string;
  readonly text?: string;
  readonly position?: Position;
  /** Width and height; left out: as the text needs. */
  readonly size?: Position;
  readonly tone?: "plain" | "amber" | "teal" | "violet";
}

export type LookEdit =
  | { kind: "move_nodes"; positions: { readonly [id: string]: Position } }
  | { kind: "set_note"; note: Note }
  | { kind: "remove_notes"; ids: readonly string[] }
  | { kind: "set_ui"; id: string | null; ui?: Params; reset?: readonly string[] };

export function moveNodes(design: Design, positions: { readonly [id: string]: Position }): Design {
  for (const id of Object.keys(positions)) known(design, id);
  return {
    ...design,
    nodes: design.nodes.map((node) => (node.id in positions ? { ...node, position: positions[node.id] } : node)),
  };
}

export function setUi(design: Design, id: string | null, ui?: Params, reset?: readonly string[]): Design {
  if (id === null) return withUi(design, updated(design.ui, ui, reset));
  return withNode(design, id, (node) => ({ ...node, ui: updated(node.ui, ui, reset) }));
}

function withUi(design: Design, ui: Params): Design {
  return lean({ ...design, ui: Object.keys(ui).length ? ui : undefined });
}

/** The notes of a drawing, in order. */
export function notesOf(design: Design): readonly Note[] {
  const notes = design.ui?.notes;
  const papers = Array.isArray(notes) ? (notes as readonly Json[]) : [];
  return papers.filter((note) => typeof note === "object" && note !== null) as unknown as readonly Note[];
}

/** The design with the note; one of the same id is replaced, a new one comes last. */
export function setNote(design: Design, note: Note): Design {
  const notes = notesOf(design);
  if (!notes.some(({ id }) => id === note.id)) return withNotes(design, [...notes, note]);
  return withNotes(
    design,
    notes.map((other) => (other.id === note.id ? note : other)),
  );
}

export function removeNotes(design: Design, ids: readonly string[]): Design {
  const notes = notesOf(design);
  for (const id of ids) {
    if (!notes.some((note) => note.id === id)) throw new EditRefused(`There is no note called ${id}.`);
  }
  return withNotes(
    design,
    notes.filter((note) => !ids.includes(note.id)),
  );
}

function withNotes(design: Design, notes: readonly Note[]): Design {
  return withUi(design, updated(design.ui, notes.length ? { notes: notes as unknown as Json } : {}, notes.length ? [] : ["notes"]));
}
