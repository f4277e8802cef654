/** What is known of one run so far: answers of the points route, merged. */
import { BATCH_LIMIT, thin, type BatchPoint } from "./batches";
import type { Answer, Mark, Values } from "./types";
import type { Known } from "./unpack";

export type { Status } from "./unpack";

/** Above this many epochs the older ones are thinned to half of it. */
const EPOCH_LIMIT = 3000;

export interface Series extends Known {
  readonly run: string;
  seq: number;
  stamp: string;
  /** Sorted by epoch; epoch 0 is the state before training. */
  epochs: [number, Values][];
  /** Epoch and seconds since the beginning, sorted by epoch. */
  times: [number, number][];
  /** Sorted by x, the fractional epoch. */
  batches: BatchPoint[];
  /** The batches are the lowest and the highest of stretches. */
  isThinned: boolean;
  /** Up to this epoch only every so manieth is there, and those between for being extreme. */
  sampled: { every: number; upto: number } | null;
  /** What happened, by fractional epoch. */
  marks: Mark[];
  /** True once all of a run that is over was fetched in one piece. */
  complete: boolean;
}

export function emptySeries(run: string): Series {
  return {
    run, seq: 0, stamp: "", status: null, names: [], epochs: [], times: [], batches: [], isThinned: false, sampled: null, marks: [], complete: false,
  };
}

/**
 * Take an answer in. Returns true when it brought points.
 * An answer whose `seq` lies before ours comes from a store that was replaced: begin again.
 */
export function merge(series: Series, answer: Answer): boolean {
  const { epoch, batch, marks, at, whole, is_thinned, every, ...status } = answer;
  series.status = status;
  if (answer.seq < series.seq) return restart(series);
  if (whole) empty(series);
  if (whole && every && every > 1) series.sampled = { every, upto: epoch.at(-1)?.[0] ?? 0 };
  for (const row of epoch) insert(series.epochs, row);
  (at ?? []).forEach((seconds, i) => insert(series.times, [epoch[i]![0], seconds]));
  for (const [x, loss] of batch) if (isNumber(loss)) insert(series.batches, [x, loss]);
  series.marks.push(...(marks ?? []));
  series.isThinned ||= is_thinned ?? false;
  shorten(series);
  series.seq = answer.seq;
  series.stamp = answer.stamp ?? "";
  return epoch.length + batch.length + (marks?.length ?? 0) > 0;
}

function restart(series: Series): boolean {
  empty(series);
  series.seq = 0;
  series.stamp = "";
  return true;
}

/** Forget the points, as an answer to `after=0` brings all of them again. */
export function empty(series: Series): void {
  series.epochs = [];
  series.times = [];
  series.batches = [];
  series.marks = [];
  series.isThinned = false;
  series.sampled = null;
}

/** So that a run of any length stays quick to draw. */
function shorten(series: Series): void {
  if (series.batches.length > BATCH_LIMIT) {
    series.batches = thin(series.batches, BATCH_LIMIT / 2);
    series.isThinned = true;
  }
  if (series.epochs.length <= EPOCH_LIMIT) return;
  const told = series.epochs.map(([epoch, values]): BatchPoint => [epoch, values["val_loss"] ?? values["loss"] ?? 0]);
  const kept = new Set(thin(told, EPOCH_LIMIT / 2).map(([epoch]) => epoch));
  for (const epoch of [series.epochs[0]![0], series.epochs.at(-1)![0], series.status?.best?.["epoch"]]) if (isNumber(epoch)) kept.add(epoch);
  series.epochs = series.epochs.filter(([epoch]) => kept.has(epoch));
  series.times = series.times.filter(([epoch]) => kept.has(epoch));
}

/** Insert by x, replacing a row of the same x. Nearly always it is the last. */
function insert<Row extends [number, unknown]>(rows: Row[], row: Row): void {
  let at = rows.length;
  while (at > 0 && rows[at - 1]![0] > row[0]) at -= 1;
  if (at > 0 && rows[at - 1]![0] === row[0]) rows[at - 1] = row;
  else rows.splice(at, 0, row);
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** The values of one metric as two arrays; epochs without a number are left out. */
export function column(series: Series, metric: string): { x: number[]; y: number[] } {
  const rows = series.epochs.filter(([, values]) => isNumber(values[metric]));
  return { x: rows.map(([epoch]) => epoch), y: rows.map(([, values]) => values[metric] as number) };
}

/** False for an epoch that is there only because its loss is extreme: a line of such would be a zigzag. */
export function isRegular(series: Series, epoch: number): boolean {
  const { sampled } = series;
  return !sampled || epoch >= sampled.upto || epoch % sampled.every === 0 || epoch === series.status?.best?.["epoch"];
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
