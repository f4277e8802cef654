/** What crosses the line between the page, the points route and this component. */

export type RunState = "queued" | "starting" | "running" | "paused" | "stopping" | "finished" | "stopped" | "failed" | "lost";

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

/** Where a run stands that waits for its turn. */
export interface Place {
  /** From 1. */
  place: number;
  of: number;
  wait_s: number | null;
}

/** What a run computes with, and why. */
export interface Choice {
  what: string;
  value: string;
  reason: string;
  chosen_by: string;
}

/** The kept epoch of another run that a run began with. */
export interface Origin {
  run: string;
  number: number;
  epoch: number;
  change: string;
}

/** Fractional epoch, kind of event, words. */
export type Mark = [number, string, string];

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
  rows: { train: number; validation: number; measured?: number } | null;
  /** Everything is told again: what was known is to be forgotten first. */
  whole?: boolean;
  /** The batch losses are the lowest and the highest of each stretch. */
  is_thinned?: boolean;
  /** Of a whole answer: every how manieth epoch is there in any case; those between are there for being extreme. */
  every?: number;
  marks?: Mark[];
  phase?: string | null;
  queue?: Place | null;
  vitals?: Record<string, number> | null;
  choices?: Choice[] | null;
  origin?: Origin | null;
  /** Seconds since the beginning, for each new epoch. */
  at?: number[];
  /** What of this is known, for the next question. */
  stamp?: string;
}

export interface RunView {
  id: string;
  label: string;
}

/** Runs that are shown as one band: the runs of a series. */
export interface RunGroup {
  label: string;
  runs: string[];
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
  /** Earlier runs, drawn grey behind a live one. */
  ghosts?: RunView[];
  /** Runs that are drawn as one line in its bands, in an overlay. */
  groups?: RunGroup[];
}

export type SendTrigger = (name: string, value: unknown) => void;

const FINAL: ReadonlySet<RunState> = new Set(["finished", "stopped", "failed", "lost"]);

/** True when a run in this state gets no more points. */
export function isFinal(state: RunState): boolean {
  return FINAL.has(state);
}
