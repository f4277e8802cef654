/** A picture as it comes over the line, as grids of bytes. The inverse of `packed` in `builder/runs/pictures.py`. */
import type { Frame, UnitsFrame } from "./types";

/** Bytes row by row from the top. */
export interface Grid {
  width: number;
  height: number;
  values: Uint8Array;
}

export interface Layer {
  frame: UnitsFrame;
  grids: Grid[];
}

export interface Picture {
  frame: Frame;
  /** Log odds, number of the likeliest class, or value; see `Frame.kind`. */
  field: Grid;
  /** By how much the likeliest class leads; only for several classes. */
  lead: Grid | null;
  layers: Layer[];
}

const NEW_LINE = 10;
/** Log odds of the bytes 0 and 255, without and with sign. */
export const REACH = 6;

/** Read a picture; throws where it is cut off. */
export function decode(content: Uint8Array): Picture {
  const end = content.indexOf(NEW_LINE);
  const frame = JSON.parse(new TextDecoder().decode(content.subarray(0, end))) as Frame;
  let at = end + 1;
  const next = (width: number, height: number): Grid => {
    if (at + width * height > content.length) throw new RangeError("the picture is cut off");
    const grid = { width, height, values: summed(content.subarray(at, at + width * height), width) };
    at += width * height;
    return grid;
  };
  const field = next(frame.width, frame.height);
  const lead = frame.kind === "classes" ? next(frame.width, frame.height) : null;
  const layers = (frame.units ?? []).map((units) => ({ frame: units, grids: units.reach.map(() => next(units.width, units.height)) }));
  return { frame, field, lead, layers };
}

/** Values from their differences to the plane through the neighbours at the left, above, and above left. */
function summed(differences: Uint8Array, width: number): Uint8Array {
  const values = new Uint8Array(differences.length);
  for (let i = 0; i < values.length; i += 1) {
    const left = i % width ? values[i - 1]! : 0;
    const above = i >= width ? values[i - width]! : 0;
    const corner = i % width && i >= width ? values[i - width - 1]! : 0;
    values[i] = differences[i]! + left + above - corner;
  }
  return values;
}

/** The value at a place given as shares of width and height from the upper left corner, between the grid's own. */
export function at(grid: Grid, x: number, y: number): number {
  const [column, row] = [clamp(x) * (grid.width - 1), clamp(y) * (grid.height - 1)];
  const [left, top] = [Math.min(Math.floor(column), grid.width - 2), Math.min(Math.floor(row), grid.height - 2)];
  const [dx, dy] = [column - left, row - top];
  const i = top * grid.width + left;
  const upper = grid.values[i]! * (1 - dx) + grid.values[i + 1]! * dx;
  const lower = grid.values[i + grid.width]! * (1 - dx) + grid.values[i + grid.width + 1]! * dx;
  return upper * (1 - dy) + lower * dy;
}

/** The nearest value of the grid, for what cannot be mixed. */
export function nearest(grid: Grid, x: number, y: number): number {
  const [column, row] = [Math.round(clamp(x) * (grid.width - 1)), Math.round(clamp(y) * (grid.height - 1))];
  return grid.values[row * grid.width + column]!;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Probability of the second class, from a byte of log odds. */
export function probability(byte: number): number {
  return 1 / (1 + Math.exp(-((byte / 255) * 2 - 1) * REACH));
}
