/** A series of runs as one curve: their mean, its 90 % interval, and the ground from the lowest to the highest. */
import { firstAfter } from "./across";
import { meanInterval } from "./interval";

export interface Band {
  /** Epochs. */
  x: number[];
  mean: number[];
  low: number[];
  high: number[];
  lowest: number[];
  highest: number[];
  /** Runs that have come so far. */
  runs: number[];
}

type Points = readonly (readonly [number, number])[];

/** At each epoch that the longest run tells, over all runs that have come so far. `runs` are sorted by epoch. */
export function bandOf(runs: readonly Points[]): Band {
  const band: Band = { x: [], mean: [], low: [], high: [], lowest: [], highest: [], runs: [] };
  const longest = runs.reduce<Points>((a, b) => ((b.at(-1)?.[0] ?? -1) > (a.at(-1)?.[0] ?? -1) ? b : a), []);
  for (const [epoch] of longest) {
    const values = runs.map((points) => valueAt(points, epoch)).filter((value): value is number => value !== null);
    const { mean, low, high } = meanInterval(values);
    band.x.push(epoch);
    band.mean.push(mean);
    band.low.push(low);
    band.high.push(high);
    band.lowest.push(Math.min(...values));
    band.highest.push(Math.max(...values));
    band.runs.push(values.length);
  }
  return band;
}

/** The value at an epoch, between two that are known on the straight line; null outside. */
function valueAt(points: Points, epoch: number): number | null {
  if (!points.length || epoch < points[0]![0] || epoch > points.at(-1)![0]) return null;
  const next = firstAfter(points, epoch);
  const [from, to] = [points[next - 1]!, points[next]];
  if (!to || from[0] === epoch) return from[1];
  return from[1] + ((epoch - from[0]) / (to[0] - from[0])) * (to[1] - from[1]);
}
