/** Several runs in one chart: a colour each, training dashed, validation solid; series of runs as bands. */
import type { Trace } from "plotly.js-basic-dist-min";
import { placing, wholeAxis, wholeRange, type Across } from "./across";
import { layoutOf, xShare, type Drawing, type Frame } from "./axes";
import { bandOf } from "./bands";
import type { Entry } from "./entries";
import { sharedPasts } from "./forks";
import { visible, type Sight } from "./live";
import { drawnUnits, intervalWords, measured, type Measured } from "./measured";
import { isShare, kindOf, valueText } from "./metrics";
import { linearRange, logRange, metricRange, type Range, type Scale } from "./ranges";
import type { Series } from "./series";
import { smoothed } from "./smoothing";
import { endDots, endWords, ground, line, ring, type Curve, type End, type Pen, type Told } from "./traces";

/** Words at the line ends, as long as they are few enough to be read. */
const MOST_WORDS = 6;
/** Further left they would stand on the lines of longer runs. */
const NEAR_RIGHT = 0.85;
/** Letters that have room beside the chart. */
const END_LENGTH = 16;
const TRAINING: Omit<Pen, "colour"> = { width: 1.4, dash: "5px,4px", opacity: 0.85 };

/** Epochs of the longest run. */
export function sharedRange(runs: readonly Series[]): Range {
  return [0, Math.max(1, ...runs.map((run) => wholeRange(run)[1]))];
}

/** Metrics of any run, in the order of their first appearance. */
export function allMetrics(runs: readonly Series[]): string[] {
  return [...new Set(runs.flatMap((run) => run.status?.metrics ?? []))];
}

/** What one run, or one series, draws. */
interface Part {
  told: Told[];
  grounds(frame: Frame): Trace[];
  ends: End[];
  /** Where a fork begins. */
  joint: { x: number; y: number } | null;
  colour: string;
}

export function overlayDrawing(entries: readonly Entry[], metric: string, all: readonly Series[], sight: Sight): Drawing {
  const { zoom, scale: lossScale, across } = sight.choices;
  const scale = metric === "loss" ? lossScale : "linear";
  const x = zoom.x ?? wholeAxis(all, across);
  const cuts = sharedPasts(entries.flatMap((entry) => (entry.members.length === 1 ? entry.members : [])));
  let single = 0;
  const parts = entries.map((entry) => (entry.members.length === 1 ? runPart(entry, metric, sight, cuts[single++]!) : seriesPart(entry, metric, sight)));
  const y = (metric === "loss" ? zoom.loss : zoom.metric) ?? valueRange(parts.flatMap((part) => part.told), metric, x, scale, across);
  const frame: Frame = { ...sight, across, x, y, scale, percent: isShare(metric) };
  const ends = parts.flatMap((part) => part.ends);
  const words = ends.length <= MOST_WORDS ? endWords(frame, ends.filter((end) => xShare(frame, end.x) > NEAR_RIGHT)) : [];
  const rings = parts.flatMap((part) => (part.joint ? [ring(frame, part.joint.x, part.joint.y, part.colour)] : []));
  const lines = parts.flatMap((part) => part.told);
  return {
    traces: [...parts.flatMap((part) => part.grounds(frame)), ...lines.map(line), ...endDots(frame, ends), ...rings, ...words],
    layout: layoutOf(frame, [], []), frame, told: lines,
  };
}

/** In drawn units in, in the units of `metricRange` out. */
function valueRange(lines: readonly Told[], metric: string, x: Range, scale: Scale, across: Across): Range {
  const values = lines.flatMap((curve) => visible(curve, x, across)).map((value) => value / drawnUnits(metric));
  if (scale === "log") return logRange(values);
  return metric === "loss" ? linearRange(values) : metricRange(kindOf(metric), values);
}

function runPart({ members, label, colour }: Entry, metric: string, { choices }: Sight, cut: number): Part {
  const [series] = members as [Series];
  const place = placing(series, choices.across);
  const one = (name: string, word: string, pen: Omit<Pen, "colour">): Told[] => {
    const curve = from(measured(series, metric, name, place), cut);
    const y = smoothed({ x: curve.epochs, y: curve.y }, choices.smoothing, series.status?.epochs ?? 1).y;
    return curve.x.length ? [{ ...curve, y, name: `${label} ${word}`, pen: { colour, ...pen } }] : [];
  };
  const validation = one(`val_${metric}`, "validation", { width: 2.2 });
  const training = one(metric, "training", TRAINING);
  const main = validation[0] ?? training[0];
  const rows = series.status?.rows?.validation ?? null;
  return {
    told: [...training, ...validation], grounds: () => [], colour, ends: main ? [endOf(main, label, metric, rows, colour)] : [],
    joint: cut && main ? { x: main.x[0]!, y: main.y[0]! } : null,
  };
}

/** Without what another run tells already. */
function from(curve: Measured, epoch: number): Measured {
  const first = curve.epochs.findIndex((one) => one >= epoch);
  if (first <= 0) return curve;
  const rest = <Value>(values: Value[]): Value[] => values.slice(first);
  return { x: rest(curve.x), y: rest(curve.y), epochs: rest(curve.epochs), low: rest(curve.low), high: rest(curve.high), says: (i) => curve.says(i + first) };
}

function seriesPart({ members, label, colour }: Entry, metric: string, { choices }: Sight): Part {
  const name = members.some((series) => measured(series, metric, `val_${metric}`, (epoch) => epoch).x.length) ? `val_${metric}` : metric;
  const first = choices.across === "log" ? 1 : 0;
  const band = bandOf(members.map((series) => points(measured(series, metric, name, (epoch) => epoch)).filter(([epoch]) => epoch >= first)));
  const longest = members.reduce((a, b) => ((b.epochs.at(-1)?.[0] ?? 0) > (a.epochs.at(-1)?.[0] ?? 0) ? b : a));
  const x = band.x.map(placing(longest, choices.across));
  const unit = drawnUnits(metric);
  const says = (i: number): string => {
    const mean = valueText(metric, band.mean[i]! / unit, null);
    if (band.runs[i]! < 2) return `${mean}, one run`;
    const of = band.runs[i] === members.length ? `${members.length} runs` : `${band.runs[i]} of ${members.length} runs`;
    return `${mean}, mean of ${of} (${intervalWords(metric, [band.low[i]! / unit, band.high[i]! / unit], null)})`;
  };
  const told: Told[] = band.x.length ? [{ x, y: band.mean, name: label, pen: { colour, width: 2.4 }, says }] : [];
  const grounds = (frame: Frame): Trace[] => [
    ...ground([positive({ x, low: band.lowest, high: band.highest }, frame)], colour, frame.colours.dark ? 0.16 : 0.12, `${label}, lowest to highest`),
    ...ground([positive({ x, low: band.low, high: band.high }, frame)], colour, frame.colours.dark ? 0.3 : 0.24, `${label}, 90 % interval`),
  ];
  return { told, grounds, ends: told.map((one) => endOf(one, label, metric, null, colour)), joint: null, colour };
}

function points(curve: Curve): [number, number][] {
  return curve.x.map((x, i) => [x, curve.y[i]!]);
}

/** On a log scale nothing reaches zero. */
function positive<Rim extends { low: number[] }>(rim: Rim, frame: Frame): Rim {
  return frame.scale === "log" ? { ...rim, low: rim.low.map((value) => Math.max(value, 10 ** (frame.y[0] - 1))) } : rim;
}

function endOf(curve: Curve, label: string, metric: string, rows: number | null, colour: string): End {
  const y = curve.y.at(-1)!;
  const value = valueText(metric, y / drawnUnits(metric), rows);
  return { x: curve.x.at(-1)!, y, words: `${shortened(label, END_LENGTH - value.length)} ${value}`, colour };
}

/** "run 7" of "run 7, moons-mlp", "5 seeds" of "5 seeds of digits": whole words, as many as fit. */
export function shortened(whole: string, most: number): string {
  const [first = "", ...rest] = whole.split(",")[0]!.split(" ");
  let label = first.length > most ? `${first.slice(0, most - 1)}…` : first;
  for (const word of rest) {
    if (`${label} ${word}`.length > most || ["of", "with"].includes(word)) break;
    label += ` ${word}`;
  }
  return label;
}

