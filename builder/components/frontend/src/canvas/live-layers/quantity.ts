/**
 * Which figure do the layers show, how is it written, and is it as it should be?
 *
 * Limits: a step of 0.01 to 1 % of the weights is usual (Karpathy, CS231n); a gradient a thousand times smaller than the
 * largest stands for vanishing (Glorot & Bengio 2010); over 70 % dead units for a dying layer (Lu et al. 2019). Marks are
 * set an order of size beyond what is usual: a layer that is nearly done learning takes small steps as well.
 */

import { grouped } from "../words/numbers";
import type { Figures } from "./answer";

export type Quantity = "gradient" | "update" | "units" | "off";

export const QUANTITIES: readonly { readonly id: Quantity; readonly title: string; readonly help: string }[] = [
  { id: "gradient", title: "Gradient", help: "How strongly the loss pulls at the weights of each layer" },
  { id: "update", title: "Update", help: "How far one step moves the weights of each layer" },
  { id: "units", title: "Dead units", help: "How many units give nothing for any row, or are at the flat ends of tanh and sigmoid" },
  { id: "off", title: "Off", help: "No figures on the layers" },
];

export type Mark = "small" | "usual" | "large";

/** One figure of a layer, ready to be shown. */
export interface Reading {
  readonly text: string;
  /** 0 to 1 on a logarithmic scale (of shares: their part). */
  readonly level: number;
  readonly mark: Mark;
  readonly words: string;
}

/** What a layer is compared with. */
export interface Others {
  readonly largest: number;
  readonly middle: number;
  readonly rows: number;
}

const THIN = "\u2009";
const SMALL_UPDATE = 1e-5;
const LARGE_UPDATE = 0.05;
const APART = 1000;
const DEAD = 0.7;
const SATURATED = 0.5;
/** The colours of gradients and updates run over so many powers of ten. */
const DECADES = 5;

export function reading(quantity: Quantity, figures: Figures, others: Others): Reading | null {
  if (quantity === "gradient") return figures.gradient === null ? null : ofGradient(figures.gradient, others);
  if (quantity === "update") return figures.update === null ? null : ofUpdate(figures.update);
  if (quantity === "units") return ofUnits(figures, others.rows);
  return null;
}

function ofGradient(value: number, { largest, middle }: Others): Reading {
  const times = largest / value;
  const mark = value * APART < largest ? "small" : value > middle * APART ? "large" : "usual";
  const beside =
    value === 0
      ? "Nothing pulls at this layer: it does not learn."
      : times > 1.05
        ? `The largest of this network is ${small(largest)}, ${about(times)} times as much.`
        : "The largest of this network.";
  const doubt = value && mark === "small" ? " It hardly learns." : mark === "large" ? " Far more than the others: training may break here." : "";
  return { text: small(value), level: logLevel(value / (largest || 1), -DECADES, 0), mark, words: `Gradient ${small(value)}, root mean square. ${beside}${doubt}` };
}

function ofUpdate(value: number): Reading {
  const mark = value < SMALL_UPDATE ? "small" : value > LARGE_UPDATE ? "large" : "usual";
  const doubt = mark === "small" ? " The layer hardly moves." : mark === "large" ? " Steps this long may break what was learned." : "";
  const words = `One step moves the weights by ${part(value)} of their size; usual are 0.01 to 1${THIN}%.${doubt}`;
  return { text: part(value), level: logLevel(value, -5.5, -0.5), mark, words };
}

function ofUnits({ dead, saturated, units }: Figures, rows: number): Reading | null {
  if (dead !== null && units !== null) {
    const count = Math.round(dead * units);
    const doubt = dead > DEAD ? " Most of this layer is dead." : "";
    const words = `${count} of ${grouped(units)} units give 0 for each of ${grouped(rows)} rows; up to 4 in 10 are usual.${doubt}`;
    return { text: `${count} of ${grouped(units)}`, level: dead, mark: dead > DEAD ? "large" : "usual", words };
  }
  if (saturated === null) return null;
  const doubt = saturated > SATURATED ? " Little gradient gets through." : "";
  const words = `${part(saturated)} of its values lie at the flat ends of its activation.${doubt}`;
  return { text: `${part(saturated)} flat`, level: saturated, mark: saturated > SATURATED ? "large" : "usual", words };
}

function logLevel(value: number, low: number, high: number): number {
  if (!(value > 0)) return 0;
  return Math.min(1, Math.max(0, (Math.log10(value) - low) / (high - low)));
}

/** Two digits: 0.0012, 12, 2.3e−5. */
export function small(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.000995 && Math.abs(value) < 9995) return String(Number(value.toPrecision(2))).replace("-", "\u2212");
  return value.toExponential(1).replace("e+", "e").replaceAll("-", "\u2212");
}

/** A part in percent, two digits: 0.28 %, 12 %, < 0.0001 %. */
export function part(value: number): string {
  const percent = value * 100;
  if (percent > 0 && percent < 0.0001) return `<${THIN}0.0001${THIN}%`;
  const digits = percent >= 99.5 ? 3 : 2;
  return `${Number(percent.toPrecision(digits)).toLocaleString("en-US", { maximumFractionDigits: 6, useGrouping: false })}${THIN}%`;
}

/** 3.2, 15, 4 600. */
function about(times: number): string {
  return times < 10 ? String(Number(times.toPrecision(2))) : times < 1e6 ? grouped(Number(times.toPrecision(2))) : small(times);
}

/** The colours of the scale, violet over green to yellow (viridis): even, and told apart by colour-blind eyes too. */
const STOPS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

export function colour(level: number): string {
  const place = Math.min(STOPS.length - 1.0001, Math.max(0, level * (STOPS.length - 1)));
  const [below, above] = [STOPS[Math.floor(place)]!, STOPS[Math.floor(place) + 1]!];
  const mixed = below.map((channel, index) => Math.round(channel + (above[index]! - channel) * (place % 1)));
  return `rgb(${mixed.join(" ")})`;
}
