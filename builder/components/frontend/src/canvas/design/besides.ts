/** Where do notes go when the layers are laid out anew? Along with the layer they stood by, and over no layer. */

import { type Box, around } from "./align";
import type { Position } from "./document";
import type { Direction } from "./layout";
import type { Note } from "./notes";

const GAP = 32;

/** New places of the notes that move: `before` and `after` are the boxes of the layers, by the same ids. */
export function besides(
  notes: readonly Note[],
  before: readonly Box[],
  after: readonly Box[],
  direction: Direction,
): readonly Note[] {
  const now = new Map(after.map((box) => [box.id, box]));
  return notes.flatMap((note) => {
    const nearest = before.reduce((best, box) => (gap(note, box) < gap(note, best) ? box : best), before[0]!);
    const moved = now.get(nearest?.id ?? "");
    if (!moved) return [];
    const position = free(note, [note.position[0] + moved.x - nearest.x, note.position[1] + moved.y - nearest.y], after, direction);
    return position[0] === note.position[0] && position[1] === note.position[1] ? [] : [{ ...note, position }];
  });
}

function gap(note: Note, box: Box): number {
  const [x, y] = note.position;
  const away = (at: number, length: number, start: number, size: number): number => Math.max(start - at - length, at - start - size, 0);
  return away(x, note.size[0], box.x, box.width) + away(y, note.size[1], box.y, box.height);
}

/** The place itself, or beside all layers where it would cover one: right of them, or above where data runs to the right. */
function free(note: Note, [x, y]: Position, layers: readonly Box[], direction: Direction): Position {
  const [width, height] = note.size;
  const covers = layers.some((box) => x < box.x + box.width && box.x < x + width && y < box.y + box.height && box.y < y + height);
  if (!covers) return [x, y];
  const { right, top } = around(layers);
  return direction === "right" ? [x, top - height - GAP] : [right + GAP, y];
}
