/** What crosses the line between the page, the picture routes and this component. */

/** `data` of the component, as `builder/components/learned/learned.py` sends it. */
export interface LearnedData {
  api: string;
  run: string;
  active: boolean;
}

/** One part of the rows; a sample of them where there are very many. */
export interface Part {
  rows: number;
  /** Rows of each class; empty for numbers. */
  class_rows: number[];
  /** x, y, and the class number or the target. */
  points: [number, number, number][];
}

export type Span = [number, number];

/** Answer of `GET {api}{run}/rows2d`: over what the pictures lie. */
export interface Rows {
  axes: [string, string];
  x: Span;
  y: Span;
  /** What is learnt, and the names of its classes; none for a number. */
  target: string;
  classes: string[];
  /** Least and greatest target shown. */
  values: Span;
  train: Part;
  validation: Part;
}

/** What the units of one layer respond to, see `Units` in `builder/runs/pictures.py`. */
export interface UnitsFrame {
  layer: string;
  type: string;
  of: number;
  width: number;
  height: number;
  middle: number;
  reach: number[];
}

/** What a picture says of itself, see `Frame` in `builder/runs/pictures.py`; what is false or empty is left out. */
export interface Frame {
  kind: "two" | "classes" | "value";
  epoch: number;
  step: number;
  is_epoch_end: boolean;
  is_last?: boolean;
  is_restored?: boolean;
  width: number;
  height: number;
  low: number;
  high: number;
  train: [number, number] | null;
  validation: [number, number] | null;
  units?: UnitsFrame[];
}

const FINAL: ReadonlySet<string> = new Set(["finished", "stopped", "failed", "lost"]);

/** True when a run in this state gets no more pictures. */
export function isFinal(state: string): boolean {
  return FINAL.has(state);
}
