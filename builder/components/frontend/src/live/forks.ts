/** Runs that were forked share a past: it is drawn once, and the branches begin where they part. */
import type { Series } from "./series";

/** For each run the epoch up to which another run that is shown tells the same; 0 where none does. */
export function sharedPasts(runs: readonly Series[]): number[] {
  return runs.map((run, i) => {
    const origin = run.status?.origin;
    if (!origin) return 0;
    const cuts = runs.map((other, k) => {
      if (k === i) return 0;
      if (other.run === origin.run) return origin.epoch;
      const its = other.status?.origin;
      return k < i && its?.run === origin.run ? Math.min(its.epoch, origin.epoch) : 0;
    });
    return Math.max(0, ...cuts);
  });
}
