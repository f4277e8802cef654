/** The two charts of one run: loss above, the chosen metric below. */
import type { Layout, Trace } from "plotly.js-basic-dist-min";
import { axisX, placing, wholeAxis, wholeRange, type Across, type Placing } from "./across";
import { annotation, futureShape, futureWords, layoutOf, plotWidth, xShare, type Drawing, type Frame } from "./axes";
import { envelope, isCrowded, lineOf, pieces, type BatchPoint } from "./batches";
import { ghostLines } from "./ghosts";
import { markShapes } from "./happenings";
import { drawnUnits, measured, type Measured } from "./measured";
import type { Choices } from "./memory";
import { isShare, kindOf, valueText } from "./metrics";
import { whole } from "./numbers";
import { linearRange, logRange, metricRange, type Range } from "./ranges";
import { bestEpoch, column, epochsDone, reached, type Best, type Series } from "./series";
import { smoothed } from "./smoothing";
import type { Colours } from "./theme";
import { dottedLine, endDots, endWords, faint, ground, line, ring, type Curve, type End, type Pen, type Told } from "./traces";
import { isFinal, type RunView } from "./types";

export { wholeRange };

export interface Sight {
  width: number;
  height: number;
  colours: Colours;
  choices: Choices;
  drag: boolean;
}

/** An earlier run behind the one that is looked at. */
export interface Ghost extends RunView {
  series: Series;
}

/** Values whose place lies in the visible part of the axis. */
export function visible(curve: Curve, [from, to]: Range, across: Across = "epochs"): number[] {
  return curve.y.filter((_, i) => axisX(across, curve.x[i]!) >= from && axisX(across, curve.x[i]!) <= to);
}

const pens = (colours: Colours): Record<"train" | "validation" | "keras" | "batch", Pen> => ({
  train: { colour: colours.train, width: 2 },
  validation: { colour: colours.validation, width: 2.4 },
  keras: { colour: colours.train, width: 1, opacity: 0.45 },
  batch: { colour: colours.train, width: 1, opacity: colours.dark ? 0.22 : 0.18 },
});

/** What both charts of a run are made of. */
interface Curves {
  train: Measured;
  validation: Measured;
  keras: Measured;
}

function curvesOf(series: Series, metric: string, place: Placing): Curves {
  const [train, validation, keras] = [metric, `val_${metric}`, `keras_${metric}`].map((name) => measured(series, metric, name, place));
  return { train: train!, validation: validation!, keras: keras! };
}

export function lossDrawing(series: Series, sight: Sight, ghosts: readonly Ghost[] = []): Drawing {
  const { choices, colours } = sight;
  const place = placing(series, choices.across);
  const x = choices.zoom.x ?? wholeAxis([series], choices.across);
  const curves = curvesOf(series, "loss", place);
  const batches = series.batches.map(([at, loss]): BatchPoint => [place(at), loss]);
  const y = choices.zoom.loss ?? lossRange(curves, batches, x, choices);
  const frame: Frame = { ...sight, across: choices.across, x, y, scale: choices.scale, percent: false };
  const best = shownBest(series);
  const rings = best ? [ring(frame, place(best.epoch), best.value, best.metric === "loss" ? colours.train : colours.validation)] : [];
  const behind = [...extremes(series, frame, place), ...bandTraces(curves.validation, frame), ...batchTraces(batches, series.isThinned, frame)];
  const words = [...bestWords(frame, place, best), ...restWords(series, frame, place)];
  const ghostly = ghostLines(ghosts, "loss", sight);
  return drawing(series, frame, choices.smoothing, { metric: "loss", curves, behind, rings, ghosts: ghostly, words, known: reached(series) });
}

export function metricDrawing(series: Series, metric: string, sight: Sight, ghosts: readonly Ghost[] = []): Drawing {
  const { choices } = sight;
  const place = placing(series, choices.across);
  const x = choices.zoom.x ?? wholeAxis([series], choices.across);
  const curves = curvesOf(series, metric, place);
  const { train, validation, keras } = curves;
  const values = [train, validation, keras, { x: validation.x, y: validation.low }].flatMap((curve) => visible(curve, x, choices.across));
  const range = choices.zoom.metric ?? metricRange(kindOf(metric), values.map((value) => value / drawnUnits(metric)));
  const frame: Frame = { ...sight, across: choices.across, x, y: range, scale: "linear", percent: isShare(metric) };
  const behind = bandTraces(validation, frame);
  return drawing(series, frame, choices.smoothing, { metric, curves, behind, rings: [], ghosts: ghostLines(ghosts, metric, sight), words: [], known: epochsDone(series) });
}

/** From the lines and, within reason, the band; from single batches only as long as there is nothing else. */
function lossRange({ train, validation, keras }: Curves, batches: BatchPoint[], x: Range, { scale, across }: Choices): Range {
  const shown = [train, validation, keras].flatMap((curve) => visible(curve, x, across));
  const most = shown.reduce((a, b) => Math.max(a, b), 0) * 1.25;
  const rim = visible({ x: validation.x, y: validation.high }, x, across).map((value) => Math.min(value, most));
  const values = shown.length ? [...shown, ...rim] : visible({ x: batches.map(([at]) => at), y: batches.map(([, loss]) => loss) }, x, across);
  return scale === "log" ? logRange(values) : linearRange(values);
}

/** The 90 % interval of validation. On a log scale nothing reaches zero. */
function bandTraces({ x, low, high }: Measured, frame: Frame): Trace[] {
  const floor = 10 ** (frame.scale === "log" ? frame.y[0] - 1 : -Infinity);
  const rim = { x, low: frame.scale === "log" ? low.map((value) => Math.max(value, floor)) : low, high };
  return low.length ? ground([rim], frame.colours.validation, frame.colours.band, "90 % interval") : [];
}

/** Between the epochs that are told of a long run: from the lowest to the highest validation loss. */
function extremes(series: Series, frame: Frame, place: Placing): Trace[] {
  if (!series.sampled) return [];
  const { x, y } = column(series, "val_loss");
  const fallen = x.findIndex((epoch) => epoch >= series.sampled!.every); // before, the loss falls: no extremes
  const points = x.map((epoch, i): BatchPoint => [place(epoch), y[i]!]).slice(Math.max(0, fallen));
  return points.length > 12 ? ground([envelope(points, plotWidth(frame))], frame.colours.validation, frame.colours.band, "lowest to highest") : [];
}

/** Single batches: a faint line while they are few in sight, else the ground that they cover. */
function batchTraces(batches: BatchPoint[], isThinned: boolean, frame: Frame): Trace[] {
  const pen = pens(frame.colours).batch;
  const seen = batches.filter(([at]) => xShare(frame, at) > -0.1 && xShare(frame, at) < 1.1);
  const found = pieces(seen);
  if (!found.length) return [];
  if (!isCrowded(seen.length, plotWidth(frame), isThinned)) return [faint(lineOf(found), pen, "each batch")];
  return ground(found.map((piece) => envelope(piece, plotWidth(frame))), pen.colour, frame.colours.dark ? 0.2 : 0.14, "each batch");
}

/** A smoothed line says so, and what it was made of stays faint behind it. */
function lineOfRun(curve: Measured, name: string, pen: Pen, metric: string, strength: number, epochs: number): { told: Told[]; behind: Trace[] } {
  if (!curve.x.length) return { told: [], behind: [] };
  if (strength <= 0) return { told: [{ ...curve, name, pen }], behind: [] };
  const calm = smoothed({ x: curve.epochs, y: curve.y }, strength, epochs).y;
  const text = (value: number): string => valueText(metric, isShare(metric) ? value / 100 : value, null);
  const says = (i: number): string => `${text(calm[i]!)} smoothed, ${curve.says(i)}`;
  return { told: [{ x: curve.x, y: calm, name, pen, says }], behind: [faint(curve, { ...pen, width: 1, opacity: 0.35 }, `${name}, not smoothed`)] };
}

interface Parts {
  metric: string;
  curves: Curves;
  behind: Trace[];
  rings: Trace[];
  ghosts: Told[];
  words: Layout[];
  /** Epoch up to which something is drawn. */
  known: number;
}

function drawing(series: Series, frame: Frame, smoothing: number, { metric, curves, behind, rings, ghosts, words, known }: Parts): Drawing {
  const place = placing(series, frame.across);
  const pen = pens(frame.colours);
  const epochs = series.status?.epochs ?? 1;
  const train = lineOfRun(curves.train, "training", pen.train, metric, smoothing, epochs);
  const validation = lineOfRun(curves.validation, "validation", pen.validation, metric, smoothing, epochs);
  const keras: Told[] = curves.keras.x.length ? [{ ...curves.keras, name: "Keras’ running mean", pen: pen.keras }] : [];
  const ends = [...lineEnd(train.told, curves.train, metric), ...lineEnd(validation.told, curves.validation, metric)];
  const lines = [...keras, ...train.told, ...validation.told];
  const traces = [
    ...behind, ...ghosts.map(line), ...train.behind, ...validation.behind, ...lines.map(line), ...endDots(frame, ends), ...rings, ...endWords(frame, ends),
  ];
  return { traces, frame, layout: layoutOf(frame, shapesOf(series, frame, place, known), words), told: [...validation.told, ...train.told, ...keras, ...ghosts] };
}

/** Words at a line's end tell the value that was measured, also where the line is smoothed. */
function lineEnd(told: Told[], curve: Measured, metric: string): End[] {
  const [one] = told;
  if (!one) return [];
  const value = curve.y.at(-1)!;
  const text = valueText(metric, isShare(metric) ? value / 100 : value, null);
  return [{ x: one.x.at(-1)!, y: one.y.at(-1)!, words: `${one.name} ${text}`, colour: one.pen.colour }];
}

/** The best epoch is marked once it lies behind, or the run is over: at the front it would only flicker. */
export function shownBest(series: Series): Best | null {
  const best = bestEpoch(series);
  return best && best.epoch > 0 && (isOver(series) || epochsDone(series) - best.epoch >= 2) ? best : null;
}

function bestWords(frame: Frame, place: Placing, best: Best | null): Layout[] {
  if (!best) return [];
  const share = xShare(frame, place(best.epoch));
  if (share < 0 || share > 1) return [];
  return [annotation(frame, {
    x: axisX(frame.across, place(best.epoch)), y: 1, xref: "x", yref: "paper", text: `best, epoch ${best.epoch}`, yanchor: "top",
    xanchor: share < 0.75 ? "left" : "right", xshift: share < 0.75 ? 6 : -6,
    font: { size: 12, color: frame.colours.ink, weight: 600, family: frame.colours.font },
  })];
}

/** What the shaded rest of the epochs is. */
function restWords(series: Series, frame: Frame, place: Placing): Layout[] {
  const end = wholeRange(series)[1];
  if (reached(series) >= end) return [];
  const planned = series.status?.epochs ?? end;
  const words = isOver(series) ? "not run" : planned > end ? `to come, until epoch ${whole(planned)}` : "to come";
  return futureWords(frame, place(reached(series)) || place(1) / 2, words);
}

function isOver(series: Series): boolean {
  return series.status !== null && isFinal(series.status.state);
}

/** The shaded rest, the best epoch, and what happened. */
function shapesOf(series: Series, frame: Frame, place: Placing, known: number): Layout[] {
  const best = shownBest(series);
  const begin = frame.across === "log" ? 10 ** frame.x[0] : 0;
  const [from, end] = [Math.max(begin, place(known) || 0), place(wholeRange(series)[1])];
  return [
    ...(from < end ? [futureShape(frame, from, end)] : []),
    ...(best ? [dottedLine(frame, place(best.epoch))] : []), ...markShapes(series, frame, place),
  ];
}
