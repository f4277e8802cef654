/** What is said of the run whose layers are shown? */

import type { ShownRun } from "./answer";

const STATES: Record<string, string> = {
  queued: "waits for its turn",
  starting: "is starting",
  paused: "is paused",
  stopping: "is stopping",
  finished: "is finished",
  stopped: "was stopped",
  failed: "broke",
  lost: "ended unexpectedly",
};

/** "Run 7, epoch 12 of 40". */
export function runWords({ number, state, epoch, epochs }: ShownRun): string {
  const how = STATES[state];
  const where = epoch || !how ? `, epoch ${epoch} of ${epochs}` : "";
  return `Run ${number}${how ? ` ${how}` : ""}${where}`;
}

export const OTHER_DRAWING = "another drawing";

/** Why the figures are grey. */
export function greyWords(run: ShownRun): string {
  return `The drawing has changed: run ${run.number} trains it as it was.`;
}

/** "before training", "epoch 12", "epoch 2.4". */
export function epochWords(at: number): string {
  return at === 0 ? "before training" : `epoch ${Number.isInteger(at) ? at : at.toFixed(at < 10 ? 2 : 1)}`;
}
