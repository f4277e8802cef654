/** What the horizontal axis counts: epochs, epochs on a log scale, or the time that passed. */
import { lastEpoch, type Range } from "./ranges";
import { reached, type Series } from "./series";
import { isFinal } from "./types";

export type Across = "epochs" | "log" | "time";

export const ACROSS: [Across, string][] = [["epochs", "epochs"], ["log", "epochs, log"], ["time", "time"]];

/** Where an epoch of a run lies: as epoch, or in seconds since its beginning; NaN for epoch 0 on a log scale. */
export type Placing = (epoch: number) => number;

export function placing(series: Series, across: Across): Placing {
  if (across === "time") return secondsAt(growing(series));
  return across === "log" ? (epoch) => (epoch > 0 ? epoch : NaN) : (epoch) => epoch;
}

/** Epochs and their seconds, which never fall: clocks jump, and a fork's past was another day. */
function growing(series: Series): [number, number][] {
  let most = 0;
  const times = series.times.map(([epoch, seconds]): [number, number] => [epoch, (most = Math.max(most, seconds))]);
  if (times.length > 1) return times;
  const elapsed = series.status?.progress?.elapsed ?? 0;
  const done = reached(series);
  return [[0, 0], [done || 1, elapsed || 1]];
}

/** Straight lines between the known times, and on beyond the last. */
function secondsAt(times: [number, number][]): Placing {
  const speed = (times.at(-1)![1] - times[0]![1]) / Math.max(1e-9, times.at(-1)![0] - times[0]![0]);
  return (epoch) => {
    if (epoch >= times.at(-1)![0]) return times.at(-1)![1] + (epoch - times.at(-1)![0]) * speed;
    const next = Math.max(1, firstAfter(times, epoch));
    const [from, to] = [times[next - 1]!, times[next]!];
    return Math.max(0, from[1] + ((epoch - from[0]) / Math.max(1e-9, to[0] - from[0])) * (to[1] - from[1]));
  };
}

/** Index of the first row that lies beyond `x`; rows are sorted. */
export function firstAfter(rows: readonly (readonly [number, ...unknown[]])[], x: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]![0] > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** All epochs of a run, from 0 to its planned end. */
export function wholeRange(series: Series): Range {
  const status = series.status;
  return [0, lastEpoch(status?.epochs ?? 1, reached(series), status !== null && isFinal(status.state))];
}

/** The whole axis for runs that share it, as the axis counts: log10 of epochs on a log scale. */
export function wholeAxis(runs: readonly Series[], across: Across): Range {
  const ends = runs.map((run) => placing(run, across)(wholeRange(run)[1]));
  const end = Math.max(across === "time" ? 1e-3 : 1, ...ends);
  return across === "log" ? [Math.log10(firstPositive(runs, end)), Math.log10(Math.max(end, 2))] : [0, end];
}

/** Where a log axis begins: at the first that is known, or four powers of ten before the end. */
function firstPositive(runs: readonly Series[], end: number): number {
  const first = runs.map((run) => run.batches[0]?.[0] ?? 1).filter((x) => x > 0);
  return Math.max(end / 1e4, Math.min(1, ...first));
}

/** A place as the axis counts it. */
export function axisX(across: Across, x: number): number {
  return across === "log" ? Math.log10(x) : x;
}
