/** How are layers and notes put in order? Layout, direction, alignment, and moves by the keyboard, as edits. */

import { type Box, around } from "../design/align";
import { besides } from "../design/besides";
import { type Design, type Position, nodeOf, positionOf } from "../design/document";
import { sizeOf } from "../design/inside";
import type { Edit } from "../design/edits";
import { type Direction, directionOf, layout } from "../design/layout";
import { isNoteKey, noteEdit, noteKey, noteOf, notesOf } from "../design/notes";
import type { Editor } from "./editor";
import { wholeInView } from "./going";

const GLIDE_MS = 360;

/** The boxes of the selected layers and notes; a note's id is its key. */
export function boxes(editor: Editor): readonly Box[] {
  const { selected, notes } = editor.state;
  const layers = editor.design.nodes.filter((node) => selected.has(node.id)).map((node) => boxOf(editor, node.id));
  const papers = notesOf(editor.design).filter((note) => notes.has(note.id));
  return [...layers, ...papers.map((note) => boxOf(editor, noteKey(note.id)))];
}

/** The box of a layer, or of a note by its key. */
export function boxOf(editor: Editor, key: string): Box {
  const note = isNoteKey(key) ? noteOf(editor.design, key) : undefined;
  if (note) return { id: key, x: note.position[0], y: note.position[1], width: note.size[0], height: note.size[1] };
  const node = nodeOf(editor.design, key)!;
  const [x, y] = positionOf(node);
  return { id: key, x, y, ...sizeOf(node, editor.size) };
}

/** Puts layers and notes where they are told, as one step; says nothing when all stand there already. */
export function place(editor: Editor, label: string, positions: ReadonlyMap<string, Position>, merge = false): boolean {
  const edits = moves(editor.design, positions);
  return edits.length > 0 && editor.edit(label, edits, { dragging: null, guides: null }, merge);
}

function moves(design: Design, positions: ReadonlyMap<string, Position>): readonly Edit[] {
  const layers: { [id: string]: Position } = {};
  const edits: Edit[] = [];
  for (const [key, position] of positions) {
    const note = isNoteKey(key) ? noteOf(design, key) : undefined;
    const node = nodeOf(design, key);
    const [x, y] = note ? note.position : node ? positionOf(node) : position;
    if (x === position[0] && y === position[1]) continue;
    if (note) edits.push(noteEdit({ ...note, position }));
    else layers[key] = position;
  }
  return Object.keys(layers).length ? [{ kind: "move_nodes", positions: layers }, ...edits] : edits;
}

/** Lays out the drawing, or only what is selected when that is more than one layer. */
export function arrange(editor: Editor): void {
  const { selected } = editor.state;
  if (!editor.design.nodes.length) return;
  const several = selected.size > 1;
  const positions = several ? within(editor, selected) : layout(editor.design, editor.size);
  const notes = several ? [] : notesBeside(editor, positions, directionOf(editor.design));
  glide(editor, several ? "lay out the selection" : "lay out", [{ kind: "move_nodes", positions }, ...notes], !several);
}

/** The layout of some layers alone, with its upper left corner where theirs was. */
function within(editor: Editor, ids: ReadonlySet<string>): { [id: string]: Position } {
  const { design, size } = editor;
  const nodes = design.nodes.filter((node) => ids.has(node.id));
  const edges = design.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  const found = Object.entries(layout({ ...design, nodes, edges }, size));
  const before = around(nodes.map((node) => boxOf(editor, node.id)));
  const after = around(found.map(([id, [x, y]]) => ({ id, x, y, ...size })));
  const [dx, dy] = [before.left - after.left, before.top - after.top];
  return Object.fromEntries(found.map(([id, [x, y]]) => [id, [x + dx, y + dy] as const]));
}

/** Lays the drawing out in the other direction: downwards, or to the right. */
export function turn(editor: Editor): void {
  const direction = directionOf(editor.design) === "down" ? "right" : "down";
  const turned = { ...editor.design, ui: { ...editor.design.ui, direction } };
  const edits: Edit[] = [{ kind: "set_ui", id: null, ui: { direction } }];
  if (editor.design.nodes.length) {
    const positions = layout(turned, editor.size);
    edits.push({ kind: "move_nodes", positions }, ...notesBeside(editor, positions, direction));
  }
  glide(editor, direction === "right" ? "turn to the right" : "turn downwards", edits, true);
}

/** Edits that keep the notes by the layers they stand by. */
function notesBeside(editor: Editor, positions: { [id: string]: Position }, direction: Direction): readonly Edit[] {
  const before = editor.design.nodes.map((node) => boxOf(editor, node.id));
  const after = before.map((box) => ({ ...box, x: positions[box.id]![0], y: positions[box.id]![1] }));
  return besides(notesOf(editor.design), before, after, direction).map(noteEdit);
}

function glide(editor: Editor, label: string, edits: readonly Edit[], fit: boolean): void {
  if (!editor.edit(label, edits, { gliding: true, ...(fit ? wholeInView(editor.state) : {}) })) return;
  editor.later(() => editor.set({ gliding: false }), GLIDE_MS);
}

/** Moves what is selected by the keyboard; presses one after the other are one step. */
export function nudge(editor: Editor, dx: number, dy: number): void {
  const moved = boxes(editor);
  if (!moved.length) return;
  const positions = new Map(moved.map(({ id, x, y }) => [id, [x + dx, y + dy] as const]));
  place(editor, `move ${[...positions.keys()].join()}`, positions, true);
}
