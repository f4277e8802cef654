/** How far the axes reach. Ranges only ever grow while a run goes on, so that nothing jumps. */
import type { Kind } from "./metrics";

export type Range = [number, number];
export type Scale = "linear" | "log";

/** A run that ended before a third of its epochs is shown at full width; else the rest stays as "not run". */
const SHORT = 1 / 3;

/** Of a run of more epochs only so many are shown at first, and twice as many whenever the curves come near the end. */
const HORIZON = 300;
const NEAR_END = 0.8;

/** Right end of the epochs' axis. */
export function lastEpoch(total: number, reached: number, final: boolean): number {
  const planned = Math.max(total, Math.ceil(reached), 1);
  if (final) return reached > 0 && reached < planned * SHORT ? Math.max(1, Math.ceil(reached)) : planned;
  let end = HORIZON;
  while (reached > end * NEAR_END) end *= 2;
  return end * 1.5 < planned ? end : planned;
}

/** Loss from 0 to a little above the highest value. */
export function linearRange(values: readonly number[]): Range {
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  if (high === 0 && low === 0) return [0, 1];
  const room = (high - low) * 0.04;
  return [low < 0 ? low - room : 0, high + room];
}

/** Powers of ten (as Plotly wants them) around the positive values. */
export function logRange(values: readonly number[]): Range {
  const positive = values.filter((value) => value > 0);
  if (!positive.length) return [-2, 0];
  const low = Math.log10(positive.reduce((a, b) => Math.min(a, b)));
  const high = Math.log10(positive.reduce((a, b) => Math.max(a, b)));
  const room = Math.max(0.04, (high - low) * 0.05);
  return [low - room, high + room];
}

/**
 * Percentages from a whole ten below the lowest to 100 (values are shares, the range is in per cent);
 * errors from 0; other scores around their values.
 */
export function metricRange(kind: Kind, values: readonly number[]): Range {
  if (kind === "error") return linearRange(values);
  if (kind === "score") return scoreRange(values);
  if (!values.length) return [0, 101];
  const low = values.reduce((a, b) => Math.min(a, b)) * 100;
  return [Math.max(0, Math.floor(low / 10 - 1e-9) * 10), 101];
}

function scoreRange(values: readonly number[]): Range {
  if (!values.length) return [0, 1];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const room = (high - low || 1) * 0.06;
  return [low - room, high + room];
}

/** Move or stretch a range: `shift` and `stretch` in parts of its width, inside `all`; null when that is all of it. */
export function moved(range: Range, shift: number, stretch: number, all: Range): Range | null {
  const width = (range[1] - range[0]) * stretch;
  if (width >= all[1] - all[0]) return null;
  const middle = (range[0] + range[1]) / 2 + shift * (range[1] - range[0]);
  const low = Math.min(Math.max(all[0], middle - width / 2), all[1] - width);
  return [low, low + width];
}
