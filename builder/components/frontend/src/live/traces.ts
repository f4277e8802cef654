/** Single marks of the charts: lines, bands, points, line ends. */
import type { Layout, Trace } from "plotly.js-basic-dist-min";
import { MARGIN, plain, plotHeight, valueAt, yPixel, type Frame } from "./axes";
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
}

/** A line with the words of its values for the hover box. */
export function line(name: string, curve: Curve, pen: Pen, text: string[]): Trace {
  return {
    type: "scatter", mode: "lines", name: plain(name), x: curve.x, y: curve.y, text, cliponaxis: true,
    hovertemplate: `${plain(name)} <b>%{text}</b><extra></extra>`, line: stroke(pen),
  };
}

/** A line without a say in the hover box. */
export function faint(curve: { x: number[]; y: (number | null)[] }, pen: Pen): Trace {
  return { type: "scatter", mode: "lines", x: curve.x, y: curve.y, hoverinfo: "skip", line: stroke(pen) };
}

function stroke(pen: Pen): Layout {
  return { color: alpha(pen.colour, pen.opacity ?? 1), width: pen.width, dash: pen.dash ?? "solid", shape: "linear", simplify: true };
}

/** The ground between two curves over the same x. */
export function band(x: number[], low: number[], high: number[], colour: string, opacity: number): Trace[] {
  const edge = { type: "scatter", mode: "lines", x, hoverinfo: "skip", line: { width: 0, color: "rgba(0,0,0,0)" } };
  return [{ ...edge, y: high }, { ...edge, y: low, fill: "tonexty", fillcolor: alpha(colour, opacity) }];
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
  const halo = `0 0 3px ${frame.colours.surface}, 0 0 2px ${frame.colours.surface}`;
  return [{
    type: "scatter", mode: "text", x: inside.map((end) => end.x), y: placed.map((pixel) => valueAt(frame, pixel)),
    text: inside.map((end) => `\u00a0\u00a0\u00a0${plain(end.words)}`), textposition: "middle right", cliponaxis: false, hoverinfo: "skip",
    textfont: { family: frame.colours.font, size: 12, weight: 600, color: inside.map((end) => end.colour), shadow: halo },
  }];
}

function isInside(frame: Frame, end: End): boolean {
  const room = (frame.x[1] - frame.x[0]) * 1e-6;
  const top = yPixel(frame, end.y);
  return end.x >= frame.x[0] - room && end.x <= frame.x[1] + room && top >= -MARGIN.t && top <= plotHeight(frame) + MARGIN.t;
}

/** Dotted line over the whole height. */
export function dottedLine(frame: Frame, x: number): Layout {
  return {
    type: "line", xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: 1, layer: "above",
    line: { color: frame.colours.ink3, width: 1.2, dash: "2px,3px" },
  };
}
