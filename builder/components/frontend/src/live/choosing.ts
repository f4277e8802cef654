/** What a person chooses about a chart, as changes of its `Choices`. */
import type { Across } from "./across";
import { noZoom, type Choices } from "./memory";
import type { Chosen } from "./plots";
import { moved, type Range, type Scale } from "./ranges";

/** A part chosen by dragging in one of the charts; the x axis is shared by all, the learning rate's own is always whole. */
export function choosePart(choices: Choices, part: Chosen, axis: "loss" | "metric" | "rate"): void {
  choices.zoom = { ...choices.zoom, ...(part.x ? { x: part.x } : {}), ...(part.y && axis !== "rate" ? { [axis]: part.y } : {}) };
}

export function showAll(choices: Choices): void {
  choices.zoom = noZoom();
}

export function rescale(choices: Choices, scale: Scale): void {
  choices.scale = scale;
  choices.zoom = { ...choices.zoom, loss: null };
}

export function chooseMetric(choices: Choices, metric: string): void {
  choices.metric = metric;
  choices.zoom = { ...choices.zoom, metric: null };
}

/** Count something else along the x axis; the part that was looked at means nothing there. */
export function countAcross(choices: Choices, across: Across): void {
  choices.across = across;
  choices.zoom = { ...choices.zoom, x: null };
}

export function toggleRun(choices: Choices, run: string): void {
  if (!choices.hidden.delete(run)) choices.hidden.add(run);
}

/** Shift and stretch of the visible epochs, in parts of their number. */
const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-0.2, 1], ArrowRight: [0.2, 1], "+": [0, 0.5], "=": [0, 0.5], "-": [0, 2],
};

/** Arrows move along the run, plus and minus zoom, 0 shows all. False when the key means nothing here. */
export function pressKey(choices: Choices, key: string, all: Range): boolean {
  if (key === "0") {
    showAll(choices);
    return true;
  }
  const step = STEPS[key];
  if (!step) return false;
  const x = moved(choices.zoom.x ?? all, step[0], step[1], all);
  choices.zoom = x ? { ...choices.zoom, x } : noZoom();
  return true;
}
