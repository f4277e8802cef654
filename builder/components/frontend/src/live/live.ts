/** The two charts of one run: loss above, the chosen metric below. */
import type { Layout, Trace } from "plotly.js-basic-dist-min";
import { annotation, futureShape, futureWords, layoutOf, xShare, type Drawing, type Frame } from "./axes";
import { wilson } from "./interval";
import { isShare, kindOf, valueText } from "./metrics";
import { threeDigits } from "./numbers";
import { lastEpoch, linearRange, logRange, metricRange, type Range } from "./ranges";
import { batchLines, bestEpoch, column, epochsDone, reached, type Best, type Series } from "./series";
import { band, dottedLine, endDots, endWords, faint, line, ring, type Curve, type End, type Pen } from "./traces";
import { isFinal } from "./types";
import type { Choices } from "./memory";
import type { Colours } from "./theme";

export interface Sight {
  width: number;
  height: number;
  colours: Colours;
  choices: Choices;
  drag: boolean;
}

/** All epochs of a run, from 0 to its planned end. */
export function wholeRange(series: Series): Range {
  const status = series.status;
  return [0, lastEpoch(status?.epochs ?? 1, reached(series), isOver(series))];
}

/** Values whose epoch lies in the visible part. */
export function visible(curve: Curve, [from, to]: Range): number[] {
  return curve.y.filter((_, i) => curve.x[i]! >= from && curve.x[i]! <= to);
}

const pens = (colours: Colours): Record<"train" | "validation" | "keras" | "batch", Pen> => ({
  train: { colour: colours.train, width: 2 },
  validation: { colour: colours.validation, width: 2.4 },
  keras: { colour: colours.train, width: 1, opacity: 0.45 },
  batch: { colour: colours.train, width: 1, opacity: colours.dark ? 0.22 : 0.18 },
});

export function lossDrawing(series: Series, sight: Sight): Drawing {
  const { choices, colours } = sight;
  const x = choices.zoom.x ?? wholeRange(series);
  const [train, validation, keras] = ["loss", "val_loss", "keras_loss"].map((name) => column(series, name)) as [Curve, Curve, Curve];
  const batches = batchLines(series);
  const shown = [train, validation, keras].flatMap((curve) => visible(curve, x));
  const values = shown.length ? shown : visible({ x: series.batches.map(([at]) => at), y: series.batches.map(([, loss]) => loss) }, x);
  const y = choices.zoom.loss ?? (choices.scale === "log" ? logRange(values) : linearRange(values));
  const frame: Frame = { ...sight, x, y, scale: choices.scale, percent: false };
  const ends = lineEnds(train, validation, colours, (value) => threeDigits(value));
  const best = shownBest(series);
  const pen = pens(colours);
  const lines = [
    ...(batches.x.length ? [faint(batches, pen.batch)] : []),
    ...optional(keras, () => line("Keras’ running mean", keras, pen.keras, keras.y.map(threeDigits))),
    ...optional(train, () => line("training", train, pen.train, train.y.map(threeDigits))),
    ...optional(validation, () => line("validation", validation, pen.validation, validation.y.map(threeDigits))),
  ];
  const rings = best ? [ring(frame, best.epoch, best.value, best.metric === "loss" ? colours.train : colours.validation)] : [];
  return drawing(series, frame, [...lines, ...endDots(frame, ends), ...rings], ends, [...bestWords(frame, best), ...restWords(series, frame)]);
}

export function metricDrawing(series: Series, metric: string, sight: Sight): Drawing {
  const { choices, colours } = sight;
  const rows = series.status?.rows ?? { train: null, validation: null };
  const x = choices.zoom.x ?? wholeRange(series);
  const [train, validation, keras] = [metric, `val_${metric}`, `keras_${metric}`].map((name) => column(series, name)) as [Curve, Curve, Curve];
  const lowEdge = bandOf(metric, validation, rows.validation)?.low ?? [];
  const curves = [train, validation, { x: validation.x, y: lowEdge }].map((curve) => (isShare(metric) ? withoutStart(curve) : curve));
  const range = choices.zoom.metric ?? metricRange(kindOf(metric), curves.flatMap((curve) => visible(curve, x)));
  const frame: Frame = { ...sight, x, y: range, scale: "linear", percent: isShare(metric) };
  const text = (curve: Curve, count: number | null): string[] => curve.y.map((value) => valueText(metric, value, count));
  const pen = pens(colours);
  const traces = [
    ...bandTraces(metric, validation, rows.validation, colours),
    ...optional(keras, () => line("Keras’ running mean", scaled(metric, keras), pen.keras, text(keras, rows.train))),
    ...optional(train, () => line("training", scaled(metric, train), pen.train, text(train, rows.train))),
    ...optional(validation, () => line("validation", scaled(metric, validation), pen.validation, text(validation, rows.validation))),
  ];
  const ends = lineEnds(train, validation, colours, (value, name) => valueText(metric, value, name === "training" ? rows.train : rows.validation))
    .map((end) => ({ ...end, y: isShare(metric) ? end.y * 100 : end.y }));
  return drawing(series, frame, [...traces, ...endDots(frame, ends)], ends, []);
}

/** Shares are drawn in per cent. */
export function scaled(metric: string, curve: Curve): Curve {
  return isShare(metric) ? { x: curve.x, y: curve.y.map((value) => value * 100) } : curve;
}

/** Without epoch 0, whose accuracy is luck and would squeeze the rest. */
export function withoutStart(curve: Curve): Curve {
  const from = curve.x[0] === 0 ? 1 : 0;
  return { x: curve.x.slice(from), y: curve.y.slice(from) };
}

/** The 90 % interval of each epoch's share, as shares; null where the metric is not a share of rows. */
function bandOf(metric: string, curve: Curve, rows: number | null): { low: number[]; high: number[] } | null {
  if (kindOf(metric) !== "proportion" || !rows) return null;
  const both = curve.y.map((share) => wilson(share, rows));
  return { low: both.map(([low]) => low), high: both.map(([, high]) => high) };
}

function bandTraces(metric: string, curve: Curve, rows: number | null, colours: Colours): Trace[] {
  const edges = bandOf(metric, curve, rows);
  if (!edges || !curve.x.length) return [];
  const [low, high] = [edges.low, edges.high].map((edge) => edge.map((share) => share * 100)) as [number[], number[]];
  return band(curve.x, low, high, colours.validation, colours.band);
}

function optional(curve: Curve, make: () => Trace): Trace[] {
  return curve.x.length ? [make()] : [];
}

function lineEnds(train: Curve, validation: Curve, colours: Colours, write: (value: number, name: string) => string): End[] {
  const ends: End[] = [];
  const add = (curve: Curve, name: string, colour: string): void => {
    if (!curve.x.length) return;
    const y = curve.y.at(-1)!;
    ends.push({ x: curve.x.at(-1)!, y, words: `${name} ${write(y, name)}`, colour });
  };
  add(train, "training", colours.train);
  add(validation, "validation", colours.validation);
  return ends;
}

/** The best epoch is marked once it lies behind, or the run is over: at the front it would only flicker. */
export function shownBest(series: Series): Best | null {
  const best = bestEpoch(series);
  return best && best.epoch > 0 && (isOver(series) || epochsDone(series) - best.epoch >= 2) ? best : null;
}

function bestWords(frame: Frame, best: Best | null): Layout[] {
  if (!best || best.epoch < frame.x[0] || best.epoch > frame.x[1]) return [];
  const left = xShare(frame, best.epoch) < 0.75;
  return [annotation(frame, {
    x: best.epoch, y: 1, xref: "x", yref: "paper", text: `best, epoch ${best.epoch}`, yanchor: "top",
    xanchor: left ? "left" : "right", xshift: left ? 6 : -6,
    font: { size: 12, color: frame.colours.ink, weight: 600, family: frame.colours.font },
  })];
}

/** What the shaded rest of the epochs is. */
function restWords(series: Series, frame: Frame): Layout[] {
  if (reached(series) >= wholeRange(series)[1]) return [];
  return futureWords(frame, reached(series), isOver(series) ? "not run" : "to come");
}

function isOver(series: Series): boolean {
  return series.status !== null && isFinal(series.status.state);
}

function drawing(series: Series, frame: Frame, traces: Trace[], ends: End[], words: Layout[]): Drawing {
  const best = shownBest(series);
  const from = reached(series);
  const end = wholeRange(series)[1];
  const future = from < end ? [futureShape(frame, from, end)] : [];
  const dotted = best ? [dottedLine(frame, best.epoch)] : [];
  return { traces: [...traces, ...endWords(frame, ends)], layout: layoutOf(frame, [...future, ...dotted], words) };
}
