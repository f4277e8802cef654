/** The learning rate by epoch, as a strip of its own: in steps, on a log axis. */
import { placing, wholeAxis } from "./across";
import { layoutOf, type Drawing, type Frame } from "./axes";
import type { Sight } from "./live";
import { markShapes } from "./happenings";
import { logRange } from "./ranges";
import { column, type Series } from "./series";
import { endDots, endWords, line, type Told } from "./traces";

/** True where there is something to see: a rate that changes. */
export function rateChanges(series: Series): boolean {
  const { y } = column(series, "learning_rate");
  return y.some((rate) => rate !== y[0]);
}

/** 0.001 as people write it. */
export function rateText(rate: number): string {
  return rate !== 0 && Math.abs(rate) < 1e-5 ? rate.toExponential(1).replace("e-", "e\u2212") : String(Number(rate.toPrecision(3)));
}

export function rateDrawing(series: Series, sight: Sight): Drawing {
  const { choices, colours } = sight;
  const place = placing(series, choices.across);
  const rates = column(series, "learning_rate");
  const x = choices.zoom.x ?? wholeAxis([series], choices.across);
  const begin = choices.across === "log" ? 10 ** x[0] : place(0);
  const later = rates.x.findIndex((epoch) => epoch > 0);
  const curve = later < 0 ? { x: [], y: [] } : { x: [begin, ...rates.x.slice(later).map(place)], y: [rates.y[later]!, ...rates.y.slice(later)] };
  const [low, high] = logRange(curve.y);
  const room = Math.max(0.15, (0.7 - (high - low)) / 2);
  const frame: Frame = {
    ...sight, across: choices.across, x, y: [low - room, high + room], scale: "log", percent: false,
  };
  const told: Told[] = curve.x.length
    ? [{ ...curve, name: "learning rate", pen: { colour: colours.ink2, width: 1.6, shape: "vh" }, says: (i) => rateText(curve.y[i]!) }]
    : [];
  const ends = told.map(({ x, y }) => ({ x: x.at(-1)!, y: y.at(-1)!, words: rateText(y.at(-1)!), colour: colours.ink2 }));
  return { traces: [...told.map(line), ...endDots(frame, ends), ...endWords(frame, ends)], frame, told, layout: layoutOf(frame, markShapes(series, frame, place), []) };
}
