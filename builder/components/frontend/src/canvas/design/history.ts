/** What was the drawing before? Undo is keeping the designs themselves: they share all that did not change. */

import type { Design } from "./document";

export const STEPS = 200;

interface Step {
  readonly design: Design;
  /** What was done to get from here to the next one: "remove dense". */
  readonly label: string;
}

export interface History {
  readonly past: readonly Step[];
  readonly present: Design;
  readonly future: readonly Step[];
}

export function begin(design: Design): History {
  return { past: [], present: design, future: [] };
}

/** The history after a change; a `merge` step joins the last one when that has the same label (typing, nudging). */
export function record(history: History, design: Design, label: string, merge = false): History {
  if (design === history.present) return history;
  const last = history.past[history.past.length - 1];
  if (merge && last?.label === label && history.future.length === 0) return { ...history, present: design };
  const past = [...history.past, { design: history.present, label }].slice(-STEPS);
  return { past, present: design, future: [] };
}

export function undo(history: History): History {
  const step = history.past[history.past.length - 1];
  if (!step) return history;
  const future = [{ design: history.present, label: step.label }, ...history.future];
  return { past: history.past.slice(0, -1), present: step.design, future };
}

export function redo(history: History): History {
  const [step, ...future] = history.future;
  if (!step) return history;
  return { past: [...history.past, { design: history.present, label: step.label }], present: step.design, future };
}
