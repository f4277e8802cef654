/** What all lines of a chart say at one place: the numbers at the pointer. */
import type { Across } from "./across";
import { plotWidth, xShare, yPixel, type Drawing, type Frame } from "./axes";
import { duration, whole } from "./numbers";
import type { Pen, Told } from "./traces";

export interface Reading {
  title: string;
  /** On the x axis. */
  x: number;
  rows: { name: string; words: string; pen: Pen; y: number }[];
  /** What happened there. */
  notes: string[];
}

/** Further from the nearest point than this the pointer reads nothing. */
const NEAR_PX = 40;

/** The reading at the point of the leading line that is nearest to `x`; null where there is none near. */
export function read(drawing: Drawing, x: number, notes: string[] = []): Reading | null {
  const leading = drawing.told.filter((line) => line.x.length);
  const at = nearestOf(leading, x, drawing.frame);
  if (at === null) return notes.length ? { title: title(drawing.frame.across, x), x, rows: [], notes } : null;
  const rows = leading.flatMap((line) => {
    const i = nearest(line.x, at);
    return Math.abs(line.x[i]! - at) <= reach(line.x, i) ? [{ name: line.name, words: line.says(i), pen: line.pen, y: line.y[i]! }] : [];
  });
  return { title: title(drawing.frame.across, at), x: at, rows, notes };
}

/** The place of the point that is `step` points further along the leading line; its last point where nothing is read yet. */
export function stepped(drawing: Drawing, from: number | null, step: number): number | null {
  const line = drawing.told.find((one) => one.x.length);
  if (!line) return null;
  if (from === null) return line.x.at(-1)!;
  return line.x[Math.min(line.x.length - 1, Math.max(0, nearest(line.x, from) + step))]!;
}

/** Pixels of each value from the top of the plot's area. */
export function heights(frame: Frame, reading: Reading): number[] {
  return reading.rows.map((row) => yPixel(frame, row.y));
}

/** Nearest point of the first line that has one near the pointer. */
function nearestOf(lines: readonly Told[], x: number, frame: Frame): number | null {
  for (const line of lines) {
    const at = line.x[nearest(line.x, x)]!;
    if (Math.abs(xShare(frame, at) - xShare(frame, x)) * plotWidth(frame) <= NEAR_PX) return at;
  }
  return null;
}

/** Index of the value nearest to `x`; the values grow. */
export function nearest(values: readonly number[], x: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && x - values[low - 1]! < values[low]! - x ? low - 1 : low;
}

/** A line has a say as far as half way to its next point. */
function reach(values: readonly number[], i: number): number {
  const gaps = [values[i]! - (values[i - 1] ?? values[i]!), (values[i + 1] ?? values[i]!) - values[i]!];
  return Math.max(...gaps) / 2 + 1e-9;
}

function title(across: Across, x: number): string {
  if (across === "time") return duration(x);
  return `Epoch ${Number.isInteger(x) ? whole(x) : x.toFixed(1)}`;
}

