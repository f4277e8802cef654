/** What crosses the line between the page, the points route and this component. */

export type RunState = "queued" | "starting" | "running" | "stopping" | "finished" | "stopped" | "failed" | "lost";

/** Metric name to value; null where the value was not a number. */
export type Values = Record<string, number | null>;

export interface Progress {
  /** The epoch under way, from 1; 0 before the first. */
  epoch: number;
  /** Steps of that epoch that are done. */
  step: number;
  steps_per_s: number | null;
  seconds_left: number | null;
  elapsed: number | null;
}

/** Answer of `GET {api}{run}/points?after=SEQ`: everything that is newer than SEQ. */
export interface Answer {
  run: string;
  number: number;
  name: string;
  state: RunState;
  seq: number;
  epochs: number;
  steps: number | null;
  progress: Progress | null;
  /** New epochs; 0 is before training. */
  epoch: [number, Values][];
  /** New batch losses by fractional epoch. */
  batch: [number, number | null][];
  /** In order; the first is the loss. Only the loss until the first epoch is in. */
  metrics: string[];
  best: Record<string, number | null> | null;
  message: string | null;
  rows: { train: number; validation: number } | null;
}

export interface RunView {
  id: string;
  label: string;
}

/** `data` of the component, as `builder/components/live/chart.py` sends it. */
export interface LiveData {
  api: string;
  runs: RunView[];
  mode: "live" | "overlay";
  active: boolean;
  height?: number | null;
  heading?: boolean;
  batch_size?: number | null;
  /** By run id, the state that the page shows: another one is told by the trigger `turn`. */
  states?: Record<string, string>;
}

export type SendTrigger = (name: string, value: unknown) => void;

const FINAL: ReadonlySet<RunState> = new Set(["finished", "stopped", "failed", "lost"]);

/** True when a run in this state gets no more points. */
export function isFinal(state: RunState): boolean {
  return FINAL.has(state);
}
