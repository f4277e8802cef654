/** What is known of one run so far: answers of the points route, merged. */
import type { Answer, Values } from "./types";

export type Status = Omit<Answer, "epoch" | "batch">;

export interface Series {
  readonly run: string;
  seq: number;
  status: Status | null;
  /** Sorted by epoch; epoch 0 is the state before training. */
  epochs: [number, Values][];
  /** Sorted by x, the fractional epoch. */
  batches: [number, number][];
  /** True once all of a run that is over was fetched in one piece. */
  complete: boolean;
}

/** Above this many batch points the older ones are thinned to half of it. */
export const BATCH_LIMIT = 4000;

export function emptySeries(run: string): Series {
  return { run, seq: 0, status: null, epochs: [], batches: [], complete: false };
}

/**
 * Take an answer in. Returns true when it brought points.
 * An answer whose `seq` lies before ours comes from a store that was replaced: begin again.
 */
export function merge(series: Series, answer: Answer): boolean {
  const { epoch, batch, ...status } = answer;
  series.status = status;
  if (answer.seq < series.seq) return restart(series);
  for (const row of epoch) insert(series.epochs, row);
  for (const [x, loss] of batch) if (isNumber(loss)) insert(series.batches, [x, loss]);
  if (series.batches.length > BATCH_LIMIT) series.batches = thin(series.batches, BATCH_LIMIT / 2);
  series.seq = answer.seq;
  return epoch.length + batch.length > 0;
}

function restart(series: Series): boolean {
  empty(series);
  series.seq = 0;
  return true;
}

/** Forget the points, as an answer to `after=0` brings all of them again. */
export function empty(series: Series): void {
  series.epochs = [];
  series.batches = [];
}

/** Insert by x, replacing a row of the same x. Nearly always it is the last. */
function insert<Row extends [number, unknown]>(rows: Row[], row: Row): void {
  let at = rows.length;
  while (at > 0 && rows[at - 1]![0] > row[0]) at -= 1;
  if (at > 0 && rows[at - 1]![0] === row[0]) rows[at - 1] = row;
  else rows.splice(at, 0, row);
}

/** Keep the lowest and the highest point of each bucket, so that spikes survive. Sorted by x. */
export function thin(points: [number, number][], most: number): [number, number][] {
  const size = Math.ceil(points.length / (most / 2));
  const kept: [number, number][] = [];
  for (let from = 0; from < points.length; from += size) kept.push(...extremes(points.slice(from, from + size)));
  return kept;
}

function extremes(bucket: [number, number][]): [number, number][] {
  const low = bucket.reduce((a, b) => (b[1] < a[1] ? b : a));
  const high = bucket.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (low === high) return [low];
  return low[0] < high[0] ? [low, high] : [high, low];
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** The values of one metric as two arrays; epochs without a number are left out. */
export function column(series: Series, metric: string): { x: number[]; y: number[] } {
  const rows = series.epochs.filter(([, values]) => isNumber(values[metric]));
  return { x: rows.map(([epoch]) => epoch), y: rows.map(([, values]) => values[metric] as number) };
}

/** Newest value of a metric, or null. */
export function latest(series: Series, metric: string): number | null {
  return column(series, metric).y.at(-1) ?? null;
}

/** Number of whole epochs that are over. */
export function epochsDone(series: Series): number {
  return series.epochs.at(-1)?.[0] ?? 0;
}

/** How far the curves reach, in epochs; batch points may be ahead of the last whole epoch. */
export function reached(series: Series): number {
  return Math.max(epochsDone(series), series.batches.at(-1)?.[0] ?? 0);
}

/** Batches further apart than this part of the run are not joined by a line: nothing is known in between. */
const GAP_SHARE = 0.05;

/** The batch losses as lines, with a null where the line breaks; single points between two breaks are left out. */
export function batchLines(series: Series): { x: number[]; y: (number | null)[] } {
  const limit = Math.max(1, reached(series) * GAP_SHARE);
  const lines: { x: number[]; y: (number | null)[] } = { x: [], y: [] };
  for (const piece of pieces(series.batches, limit)) {
    if (piece.length < 2) continue;
    lines.x.push(...piece.map(([x]) => x), piece.at(-1)![0]);
    lines.y.push(...piece.map(([, loss]) => loss), null);
  }
  return lines;
}

function pieces(points: [number, number][], limit: number): [number, number][][] {
  const found: [number, number][][] = [];
  points.forEach((point, i) => {
    if (i === 0 || point[0] - points[i - 1]![0] > limit) found.push([]);
    found.at(-1)!.push(point);
  });
  return found;
}

export function pointCount(series: Series): number {
  return series.epochs.length + series.batches.length;
}

export interface Best {
  epoch: number;
  value: number;
  metric: string;
}

/** The best epoch: as the store tells it, else the lowest validation (or training) loss after epoch 0. */
export function bestEpoch(series: Series): Best | null {
  return toldBest(series) ?? lowest(series, "val_loss") ?? lowest(series, "loss");
}

function toldBest(series: Series): Best | null {
  const best = series.status?.best;
  const entry = Object.entries(best ?? {}).find(([key, value]) => key !== "epoch" && isNumber(value));
  if (!best || !entry || !isNumber(best.epoch)) return null;
  return { epoch: best.epoch, metric: entry[0], value: entry[1] as number };
}

function lowest(series: Series, metric: string): Best | null {
  const { x, y } = column(series, metric);
  let found: Best | null = null;
  x.forEach((epoch, i) => {
    if (epoch > 0 && (!found || y[i]! < found.value)) found = { epoch, value: y[i]!, metric };
  });
  return found;
}
