/** What does a dragged box stand in line with? The lines to draw, and where the box snaps to. Pure geometry. */

import type { Box } from "./align";
import type { Position } from "./document";
import { GRID } from "./grid";

/** A line on the drawing: `x` for an upright one, `y` for a level one, from `from` to `to` along the other axis. */
export interface Guide {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** How near an edge must come to a neighbour's to snap to it, in pixels of the drawing. */
export const REACH = 7;

/** Where the box goes when it is dragged to `wanted`: in line with a neighbour, else on the grid. */
export function snapTo(box: Box, wanted: Position, others: readonly Box[]): { position: Position; guides: readonly Guide[] } {
  const moved = { ...box, x: wanted[0], y: wanted[1] };
  const x = nearest(moved, others, "x");
  const y = nearest(moved, others, "y");
  const position = [x === null ? onGrid(wanted[0]) : wanted[0] + x, y === null ? onGrid(wanted[1]) : wanted[1] + y] as const;
  const placed = { ...box, x: position[0], y: position[1] };
  return { position, guides: [...lines(placed, others, "x", x), ...lines(placed, others, "y", y)] };
}

function onGrid(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** The smallest shift that brings an edge or the middle of the box in line; null when none is near. */
function nearest(box: Box, others: readonly Box[], axis: "x" | "y"): number | null {
  const own = marks(box, axis);
  let best: number | null = null;
  for (const other of others) {
    for (const [index, mark] of marks(other, axis).entries()) {
      const shift = mark - own[index]!;
      if (Math.abs(shift) <= REACH && (best === null || Math.abs(shift) < Math.abs(best))) best = shift;
    }
  }
  return best;
}

/** First edge, middle, last edge along an axis; each is compared with its like only. */
function marks(box: Box, axis: "x" | "y"): readonly [number, number, number] {
  const [start, length] = axis === "x" ? [box.x, box.width] : [box.y, box.height];
  return [start, start + length / 2, start + length];
}

/** One line through all boxes that stand in line with the placed one; of several like ones the middle. */
function lines(box: Box, others: readonly Box[], axis: "x" | "y", shift: number | null): readonly Guide[] {
  if (shift === null) return [];
  const own = marks(box, axis);
  for (const index of [1, 0, 2] as const) {
    const met = others.filter((other) => Math.abs(marks(other, axis)[index] - own[index]) < 0.5);
    if (!met.length) continue;
    const across = axis === "x" ? "y" : "x";
    const ends = [box, ...met].flatMap((one) => [marks(one, across)[0], marks(one, across)[2]]);
    return [{ axis, at: own[index], from: Math.min(...ends), to: Math.max(...ends) }];
  }
  return [];
}
