/** The frame of a chart: axes, grid, fonts, the part that is still to come. No data. */
import type { Layout, Trace } from "plotly.js-basic-dist-min";
import type { Colours } from "./theme";
import type { Range, Scale } from "./ranges";
import { axisX, type Across } from "./across";
import { UNIT } from "./numbers";
import { linearTicks, logTicks, timeTicks } from "./ticks";
import type { Told } from "./traces";

export interface Drawing {
  traces: Trace[];
  layout: Layout;
  frame: Frame;
  /** The lines that answer at the pointer, in the order in which they do. */
  told: Told[];
}

export interface Frame {
  /** Pixels. */
  width: number;
  height: number;
  colours: Colours;
  across: Across;
  /** Visible part as the axis counts: log10 of epochs on a log scale. */
  x: Range;
  /** Visible values; log10 of them on a log scale. */
  y: Range;
  scale: Scale;
  percent: boolean;
  /** False where a finger would drag the chart instead of scrolling the page. */
  drag: boolean;
}

/** Room for tick labels at the left and for words at the line ends at the right. */
export const MARGIN = { l: 48, r: 124, t: 8, b: 26 } as const;

const SMALL_PX = 12;

export function plotWidth(frame: Frame): number {
  return Math.max(1, frame.width - MARGIN.l - MARGIN.r);
}

export function plotHeight(frame: Frame): number {
  return Math.max(1, frame.height - MARGIN.t - MARGIN.b);
}

/** Pixels from the top of the plot's area for a value on the y axis. */
export function yPixel(frame: Frame, value: number): number {
  const at = frame.scale === "log" ? Math.log10(value) : value;
  return (1 - (at - frame.y[0]) / (frame.y[1] - frame.y[0])) * plotHeight(frame);
}

/** The value on the y axis at so many pixels from the top. */
export function valueAt(frame: Frame, pixel: number): number {
  const at = frame.y[1] - (pixel / plotHeight(frame)) * (frame.y[1] - frame.y[0]);
  return frame.scale === "log" ? 10 ** at : at;
}

/** Where a place on the x axis lies between the left (0) and the right (1) end of the visible part. */
export function xShare(frame: Frame, x: number): number {
  return (axisX(frame.across, x) - frame.x[0]) / (frame.x[1] - frame.x[0]);
}

/** The place on the x axis at so many pixels from the left of the plot's area. */
export function xAt(frame: Frame, pixel: number): number {
  const at = frame.x[0] + (pixel / plotWidth(frame)) * (frame.x[1] - frame.x[0]);
  return frame.across === "log" ? 10 ** at : at;
}

export function layoutOf(frame: Frame, shapes: Layout[], annotations: Layout[]): Layout {
  const { colours } = frame;
  return {
    width: frame.width, height: frame.height, margin: { ...MARGIN, pad: 0 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: colours.font, size: SMALL_PX, color: colours.ink3 },
    showlegend: false, hovermode: false, dragmode: frame.drag ? "zoom" : false,
    xaxis: xAxis(frame), yaxis: yAxis(frame), shapes, annotations,
  };
}

function xAxis(frame: Frame): Layout {
  const { colours } = frame;
  const most = Math.max(2, Math.round(plotWidth(frame) / 75));
  const ticks = { epochs: () => linearTicks(frame.x, most, 1), log: () => logTicks(frame.x), time: () => timeTicks(frame.x, most) };
  return {
    range: frame.x, type: frame.across === "log" ? "log" : "linear", showgrid: false, zeroline: false, showline: true,
    linecolor: colours.line, linewidth: 1, ticks: "", ...ticks[frame.across](), tickfont: { color: colours.ink3 }, fixedrange: false,
  };
}

function yAxis(frame: Frame): Layout {
  const { colours } = frame;
  const most = Math.max(plotHeight(frame) < 80 ? 2 : 3, Math.round(plotHeight(frame) / 60));
  const ticks = frame.scale === "log" ? logTicks(frame.y) : linearTicks(frame.y, most, 0, frame.percent ? `${UNIT}%` : "");
  return {
    range: frame.y, type: frame.scale, showgrid: true, gridcolor: colours.line, gridwidth: 1, zeroline: false, ticks: "",
    ticklabelstandoff: 6, ticklabeloverflow: "allow", tickfont: { color: colours.ink3 }, fixedrange: false, ...ticks,
  };
}

/** The light ground of what is still to come (or was not run). */
export function futureShape(frame: Frame, from: number, end: number): Layout {
  return {
    type: "rect", xref: "x", yref: "paper", x0: from, x1: Math.max(from, end), y0: 0, y1: 1,
    fillcolor: frame.colours.future, line: { width: 0 }, layer: "below",
  };
}

/** Its words at the right lower corner, where there is room for them. */
export function futureWords(frame: Frame, from: number, words: string): Layout[] {
  if ((1 - xShare(frame, from)) * plotWidth(frame) < 70) return [];
  return [annotation(frame, { x: 1, y: 0, xref: "paper", yref: "paper", text: words, xanchor: "right", yanchor: "bottom", xshift: -6 })];
}

export function annotation(frame: Frame, rest: Layout): Layout {
  return { showarrow: false, font: { size: SMALL_PX, color: frame.colours.ink3, family: frame.colours.font }, ...rest };
}

/** Text for Plotly, which reads a little HTML: nothing in it is taken for a tag. */
export function plain(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("%{", "% {");
}
