/** Single marks of the charts: lines, bands, points, line ends. */
import type { Layout, Trace } from "plotly.js-basic-dist-min";
import { MARGIN, plain, plotHeight, valueAt, xShare, yPixel, type Frame } from "./axes";
import { thin, type Envelope } from "./batches";
import { separate } from "./labels";
import { alpha } from "./theme";

export interface Curve {
  x: number[];
  y: number[];
}

export interface Pen {
  colour: string;
  width: number;
  opacity?: number;
  dash?: string;
  shape?: "linear" | "vh";
}

/** A line that answers at the pointer. */
export interface Told extends Curve {
  name: string;
  pen: Pen;
  /** What it says of its point `i`. */
  says(i: number): string;
}

/** More points than this are not seen; of each stretch the lowest and the highest stay. */
const MOST_POINTS = 1600;

/** A line without a say at the pointer. */
export function faint(curve: { x: number[]; y: (number | null)[] }, pen: Pen, name = ""): Trace {
  return { type: "scatter", mode: "lines", name: plain(name), x: curve.x, y: curve.y, hoverinfo: "skip", line: stroke(pen) };
}

/** The line as it is drawn. */
export function line(told: Told): Trace {
  return faint(fewer(told), told.pen, told.name);
}

function fewer(curve: Curve): Curve {
  if (curve.x.length <= MOST_POINTS) return curve;
  const kept = thin(curve.x.map((x, i): [number, number] => [x, curve.y[i]!]), MOST_POINTS);
  const points = kept.at(-1)![0] === curve.x.at(-1) ? kept : [...kept, [curve.x.at(-1)!, curve.y.at(-1)!] as [number, number]];
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
}

function stroke(pen: Pen): Layout {
  return { color: alpha(pen.colour, pen.opacity ?? 1), width: pen.width, dash: pen.dash ?? "solid", shape: pen.shape ?? "linear", simplify: true };
}

/** The ground that something covers, in pieces: one trace, however many there are. */
export function ground(found: Envelope[], colour: string, opacity: number, name = ""): Trace[] {
  const rims = found.filter((one) => one.x.length > 1);
  if (!rims.length) return [];
  const x = rims.flatMap((one) => [...one.x, ...[...one.x].reverse(), null]);
  const y = rims.flatMap((one) => [...one.high, ...[...one.low].reverse(), null]);
  return [{
    type: "scatter", mode: "lines", name: plain(name), x, y, hoverinfo: "skip", fill: "toself", fillcolor: alpha(colour, opacity),
    line: { width: 0.5, color: alpha(colour, opacity), simplify: true },
  }];
}

/** Open ring on the best epoch. */
export function ring(frame: Frame, x: number, y: number, colour: string): Trace {
  return {
    type: "scatter", mode: "markers", x: [x], y: [y], hoverinfo: "skip", cliponaxis: false,
    marker: { size: 10, color: frame.colours.surface, line: { color: colour, width: 2 } },
  };
}

/** End of a line: a dot, and words to its right. */
export interface End {
  x: number;
  y: number;
  words: string;
  colour: string;
}

export function endDots(frame: Frame, ends: End[]): Trace[] {
  const inside = ends.filter((end) => isInside(frame, end));
  if (!inside.length) return [];
  return [{
    type: "scatter", mode: "markers", x: inside.map((end) => end.x), y: inside.map((end) => end.y), hoverinfo: "skip",
    cliponaxis: false, marker: { size: 7, color: inside.map((end) => end.colour) },
  }];
}

const WORDS_GAP_PX = 17;

/** Words at line ends, moved apart where lines end close together; ends outside the visible part have none. */
export function endWords(frame: Frame, ends: End[]): Trace[] {
  const inside = ends.filter((end) => isInside(frame, end));
  if (!inside.length) return [];
  const placed = separate(inside.map((end) => yPixel(frame, end.y)), WORDS_GAP_PX, 4, plotHeight(frame) - 6);
  return [{
    type: "scatter", mode: "text", x: inside.map((end) => end.x), y: placed.map((pixel) => valueAt(frame, pixel)),
    text: inside.map((end) => `\u00a0\u00a0\u00a0${plain(end.words)}`), textposition: "middle right", cliponaxis: false, hoverinfo: "skip",
    textfont: { family: frame.colours.font, size: 12, weight: 600, color: inside.map((end) => end.colour) },
  }];
}

function isInside(frame: Frame, end: End): boolean {
  const [share, top] = [xShare(frame, end.x), yPixel(frame, end.y)];
  return share >= -1e-6 && share <= 1 + 1e-6 && top >= -MARGIN.t && top <= plotHeight(frame) + MARGIN.t;
}

/** Dotted line over the whole height. */
export function dottedLine(frame: Frame, x: number): Layout {
  return {
    type: "line", xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: 1, layer: "above",
    line: { color: frame.colours.ink3, width: 1.2, dash: "2px,3px" },
  };
}
