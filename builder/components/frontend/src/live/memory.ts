/** What outlives a mount: curves already fetched and the part of them that is looked at. */
import { emptySeries, type Series } from "./series";
import type { Across } from "./across";
import type { Range, Scale } from "./ranges";

/** Visible ranges chosen by a person; null means all. Loss in log10 while its scale is "log". */
export interface Zoom {
  x: Range | null;
  loss: Range | null;
  metric: Range | null;
}

/** Choices that belong to a chart, not to its place on the page. */
export interface Choices {
  zoom: Zoom;
  scale: Scale;
  metric: string | null;
  hidden: Set<string>;
  across: Across;
  /** 0 for none, below 1. */
  smoothing: number;
  /** Earlier runs behind a live one. */
  ghosts: boolean;
  /** The learning rate's own strip; null: where the rate changes. */
  rate: boolean | null;
}

export function freshChoices(): Choices {
  return { zoom: noZoom(), scale: "linear", metric: null, hidden: new Set(), across: "epochs", smoothing: 0, ghosts: true, rate: null };
}

/** A visitor goes through few runs; the oldest ones are fetched again. */
const KEPT = 32;

const runs = new Map<string, Series>();
const choices = new Map<string, Choices>();

/** The curves of a run, kept across navigation. */
export function rememberedSeries(run: string): Series {
  return remembered(runs, run, () => emptySeries(run));
}

/** Zoom, scale, metric and hidden runs of a chart, by the runs it shows. */
export function rememberedChoices(ids: readonly string[]): Choices {
  return remembered(choices, ids.join(" "), freshChoices);
}

export function noZoom(): Zoom {
  return { x: null, loss: null, metric: null };
}

export function forgetAll(): void {
  runs.clear();
  choices.clear();
}

function remembered<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.delete(key);
  map.set(key, value);
  if (map.size > KEPT) map.delete(map.keys().next().value as string);
  return value;
}
