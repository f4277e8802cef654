/** Where do boxes go so that they stand in line, or evenly apart? Pure geometry. */

import type { Position } from "./document";

export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Aligning = "left" | "centre" | "right" | "top" | "middle" | "bottom" | "across" | "down";

/** The new top left corners of the boxes, by id; boxes that stay where they are stand in it too. */
export function aligned(boxes: readonly Box[], how: Aligning): Map<string, Position> {
  if (!boxes.length) return new Map();
  if (how === "across" || how === "down") return spread(boxes, how);
  const { left, top, right, bottom } = around(boxes);
  const places: Record<Exclude<Aligning, "across" | "down">, (box: Box) => Position> = {
    left: (box) => [left, box.y],
    centre: (box) => [Math.round((left + right - box.width) / 2), box.y],
    right: (box) => [right - box.width, box.y],
    top: (box) => [box.x, top],
    middle: (box) => [box.x, Math.round((top + bottom - box.height) / 2)],
    bottom: (box) => [box.x, bottom - box.height],
  };
  return new Map(boxes.map((box) => [box.id, places[how](box)]));
}

/** The outer two stay; the gaps between all become equal. */
function spread(boxes: readonly Box[], how: "across" | "down"): Map<string, Position> {
  const across = how === "across";
  const start = (box: Box): number => (across ? box.x : box.y);
  const length = (box: Box): number => (across ? box.width : box.height);
  const order = [...boxes].sort((a, b) => start(a) - start(b) || start(a) + length(a) - start(b) - length(b));
  const [first, last] = [order[0]!, order[order.length - 1]!];
  const room = start(last) + length(last) - start(first) - order.reduce((sum, box) => sum + length(box), 0);
  const gap = room / Math.max(1, order.length - 1);
  let at = start(first);
  return new Map(
    order.map((box) => {
      const to = Math.round(at);
      at += length(box) + gap;
      return [box.id, across ? ([to, box.y] as const) : ([box.x, to] as const)];
    }),
  );
}

/** The rectangle around the boxes. */
export function around(boxes: readonly Box[]): { left: number; top: number; right: number; bottom: number } {
  return {
    left: boxes.reduce((least, box) => Math.min(least, box.x), Infinity),
    top: boxes.reduce((least, box) => Math.min(least, box.y), Infinity),
    right: boxes.reduce((most, box) => Math.max(most, box.x + box.width), -Infinity),
    bottom: boxes.reduce((most, box) => Math.max(most, box.y + box.height), -Infinity),
  };
}
