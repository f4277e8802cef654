/** What is said of the run whose layers are shown? */

import { grouped } from "../words/numbers";
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

/** "Run 7, epoch 12 of 40"; where it trains another drawing than this, that is said first. */
export function runWords({ number, state, epoch, epochs, same }: ShownRun): string {
  const how = STATES[state];
  const where = epoch || !how ? `, epoch ${grouped(epoch)} of ${grouped(epochs)}` : "";
  return `Run ${number}${same ? "" : ", drawing changed since"}${how ? `${same ? "" : ","} ${how}` : ""}${where}`;
}

/** Why the figures are grey. */
export function greyWords(run: ShownRun): string {
  return `The drawing has changed: run ${run.number} trains it as it was.`;
}

/** "before training", "epoch 12", "epoch 2.4". */
export function epochWords(at: number): string {
  return at === 0 ? "before training" : `epoch ${Number.isInteger(at) ? at : at.toFixed(at < 10 ? 2 : 1)}`;
}
