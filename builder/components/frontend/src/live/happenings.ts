/** What happened to a run beside its numbers: ticks at the foot of the chart, words at the pointer and in the table. */
import type { Layout } from "plotly.js-basic-dist-min";
import type { Placing } from "./across";
import { plotWidth, xShare, type Frame } from "./axes";
import type { Series } from "./series";
import type { Mark } from "./types";

/** Share of the chart's height that a tick takes: a kept epoch is a small matter, a change a larger one. */
const HEIGHTS: Record<string, number> = { change: 0.09, resumed: 0.06, paused: 0.06, note: 0.06, kept: 0.035 };
/** So near to a tick the pointer reads its words. */
const NEAR_PX = 6;
/** Closer ticks of one kind look like one. */
const APART_PX = 2;

/** All that happened, where a fork began among it. */
export function happenings(series: Series): Mark[] {
  const origin = series.status?.origin;
  const forked: Mark[] = origin ? [[origin.epoch, "change", forkedWords(origin.number, origin.epoch, origin.change)]] : [];
  return [...forked, ...series.marks].sort((a, b) => a[0] - b[0]);
}

function forkedWords(number: number, epoch: number, change: string): string {
  return `Forked from run ${number} after epoch ${epoch}${change ? `: ${change}` : ""}`;
}

export function markShapes(series: Series, frame: Frame, place: Placing): Layout[] {
  const shapes: Layout[] = [];
  const last = new Map<string, number>();
  for (const [epoch, kind] of happenings(series)) {
    const at = xShare(frame, place(epoch)) * plotWidth(frame);
    if (!(at >= 0 && at <= plotWidth(frame)) || at - (last.get(kind) ?? -Infinity) < APART_PX) continue;
    last.set(kind, at);
    shapes.push(tick(frame, place(epoch), kind));
  }
  return shapes;
}

function tick(frame: Frame, x: number, kind: string): Layout {
  const strong = kind === "change";
  return {
    type: "line", xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: HEIGHTS[kind] ?? 0.05, layer: "above",
    line: { color: strong ? frame.colours.ink2 : frame.colours.ink3, width: strong ? 2 : 1.4 },
  };
}

/** Words of what happened within a few pixels of a place. */
export function wordsNear(series: Series, frame: Frame, place: Placing, pixel: number): string[] {
  return happenings(series).filter(([epoch]) => Math.abs(xShare(frame, place(epoch)) * plotWidth(frame) - pixel) <= NEAR_PX).map(([, , words]) => words);
}

/** "Resumed from epoch 12", shortly after it happened. */
export function resumedWords(series: Series, done: number): string {
  const last = series.marks.at(-1);
  if (last?.[1] !== "resumed") return "";
  const soon = Math.max(1, (series.status?.epochs ?? 1) / 50);
  return done - last[0] <= soon ? `Resumed from epoch ${Math.floor(last[0])}` : "";
}
