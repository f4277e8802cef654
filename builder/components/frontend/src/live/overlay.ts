/** Several runs in one chart: a colour each, training dashed, validation solid. */
import type { Trace } from "plotly.js-basic-dist-min";
import { layoutOf, xShare, type Drawing, type Frame } from "./axes";
import { scaled, visible, wholeRange, withoutStart, type Sight } from "./live";
import { isShare, kindOf, valueText } from "./metrics";
import { linearRange, logRange, metricRange, type Range, type Scale } from "./ranges";
import { column, type Series } from "./series";
import { endDots, endWords, line, type End, type Pen } from "./traces";

export interface Shown {
  series: Series;
  label: string;
  colour: string;
}

/** Words at the line ends, as long as they are few enough to be read. */
const MOST_WORDS = 6;
/** Further left they would stand on the lines of longer runs. */
const NEAR_RIGHT = 0.85;

/** Epochs of the longest run. */
export function sharedRange(runs: readonly Series[]): Range {
  return [0, Math.max(1, ...runs.map((run) => wholeRange(run)[1]))];
}

/** Metrics of any run, in the order of their first appearance. */
export function allMetrics(runs: readonly Series[]): string[] {
  return [...new Set(runs.flatMap((run) => run.status?.metrics ?? []))];
}

export function overlayDrawing(runs: readonly Shown[], metric: string, all: readonly Series[], sight: Sight): Drawing {
  const { zoom, scale: lossScale } = sight.choices;
  const scale = metric === "loss" ? lossScale : "linear";
  const x = zoom.x ?? sharedRange(all);
  const y = (metric === "loss" ? zoom.loss : zoom.metric) ?? valueRange(runs, metric, x, scale);
  const frame: Frame = { ...sight, x, y, scale, percent: isShare(metric) };
  const ends = runs.flatMap((run) => runEnd(run, metric));
  const atRight = ends.filter((end) => xShare(frame, end.x) > NEAR_RIGHT);
  const words = ends.length <= MOST_WORDS ? endWords(frame, atRight) : [];
  const lines = runs.flatMap((run) => runLines(run, metric));
  return { traces: [...lines, ...endDots(frame, ends), ...words], layout: layoutOf(frame, [], []) };
}

function valueRange(runs: readonly Shown[], metric: string, x: Range, scale: Scale): Range {
  const both = runs.flatMap(({ series }) => [column(series, metric), column(series, `val_${metric}`)]);
  const values = both.map((curve) => (isShare(metric) ? withoutStart(curve) : curve)).flatMap((curve) => visible(curve, x));
  if (scale === "log") return logRange(values);
  return metric === "loss" ? linearRange(values) : metricRange(kindOf(metric), values);
}

function runLines({ series, label, colour }: Shown, metric: string): Trace[] {
  const rows = series.status?.rows ?? { train: null, validation: null };
  const one = (name: string, word: string, pen: Omit<Pen, "colour">, count: number | null): Trace[] => {
    const curve = column(series, name);
    const text = curve.y.map((value) => valueText(metric, value, count));
    return curve.x.length ? [line(`${label} ${word}`, scaled(metric, curve), { colour, ...pen }, text)] : [];
  };
  return [
    ...one(metric, "training", { width: 1.4, dash: "5px,4px", opacity: 0.85 }, rows.train),
    ...one(`val_${metric}`, "validation", { width: 2.2 }, rows.validation),
  ];
}

function runEnd({ series, label, colour }: Shown, metric: string): End[] {
  const told = [column(series, `val_${metric}`), column(series, metric)].find((curve) => curve.x.length);
  if (!told) return [];
  const value = told.y.at(-1)!;
  const words = `${shortened(label)} ${valueText(metric, value, series.status?.rows?.validation ?? null)}`;
  return [{ x: told.x.at(-1)!, y: isShare(metric) ? value * 100 : value, words, colour }];
}

/** "run 7" of "run 7, moons-mlp". */
function shortened(whole: string): string {
  const label = whole.split(",")[0]!;
  return label.length > 12 ? `${label.slice(0, 11)}…` : label;
}
