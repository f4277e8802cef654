/** One metric of one run as a curve, with how sure each of its values is. */
import type { Placing } from "./across";
import { wilson, Z } from "./interval";
import { isShare, kindOf, valueText } from "./metrics";
import { percentNumber, threeDigits, UNIT, whole } from "./numbers";
import { isNumber, isRegular, type Series } from "./series";
import type { Curve } from "./traces";
import type { Values } from "./types";

export interface Measured extends Curve {
  /** Epoch of each point. */
  epochs: number[];
  /** Ends of the 90 % intervals, in drawn units; empty where they are not known. */
  low: number[];
  high: number[];
  /** A value in words, with its interval. */
  says(i: number): string;
}

/** Shares are drawn in per cent. */
export function drawnUnits(metric: string): number {
  return isShare(metric) ? 100 : 1;
}

/**
 * The curve of `name`, which is `metric` itself, `val_…` or `keras_…` of it. Accuracy begins at epoch 1: before training it
 * is luck and would squeeze the rest.
 */
export function measured(series: Series, metric: string, name: string, place: Placing): Measured {
  const from = isShare(metric) ? 1 : 0;
  const rows = series.epochs.filter(([epoch, values]) => epoch >= from && isNumber(values[name]) && isRegular(series, epoch) && isNumber(place(epoch)));
  const unit = drawnUnits(metric);
  const count = rowCount(series, name);
  const ends = rows.map(([, values]) => endsOf(metric, name, values, count));
  const known = ends.length > 0 && ends.every((end) => end !== null);
  return {
    x: rows.map(([epoch]) => place(epoch)), y: rows.map(([, values]) => values[name]! * unit), epochs: rows.map(([epoch]) => epoch),
    low: known ? ends.map((end) => end![0] * unit) : [], high: known ? ends.map((end) => end![1] * unit) : [],
    says: (i) => words(metric, name, rows[i]![1][name]!, ends[i] ?? null, count),
  };
}

/** Rows that a value was measured on: the clean training value on a fixed sample. */
function rowCount(series: Series, name: string): number | null {
  const rows = series.status?.rows;
  if (!rows || name.startsWith("keras_")) return null;
  return name.startsWith("val_") ? rows.validation : rows.measured ?? rows.train;
}

/** The 90 % interval: by the standard error of a loss, by Wilson for a share of rows. */
function endsOf(metric: string, name: string, values: Values, rows: number | null): [number, number] | null {
  const value = values[name]!;
  const error = values[`${name}_se`];
  if (isNumber(error)) return [value - Z * error, value + Z * error];
  return kindOf(metric) === "proportion" && rows ? wilson(value, rows) : null;
}

function words(metric: string, name: string, value: number, ends: [number, number] | null, rows: number | null): string {
  const text = valueText(metric, value, rows);
  if (!ends) return text;
  const sample = name.startsWith("val_") || rows === null ? "" : `, on ${whole(rows)} rows`;
  return `${text} (${intervalWords(metric, ends, rows)})${sample}`;
}

/** "84 to 94 %", "0.190 to 0.284". */
export function intervalWords(metric: string, [low, high]: [number, number], rows: number | null): string {
  if (!isShare(metric)) return `${threeDigits(low)} to ${threeDigits(high)}`;
  const few = rows !== null && rows < 1000 ? 99 : rows;
  return `${percentNumber(low, few)} to ${percentNumber(high, few)}${UNIT}%`;
}
