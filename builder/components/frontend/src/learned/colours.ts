/** Which colour has a class, an answer between two classes, a number? Those of the tokens, light and dark. */
import { palette, parseColour } from "../live/theme";

export type Rgb = [number, number, number];

export interface Look {
  dark: boolean;
  surface: Rgb;
  ink: string;
  line: string;
  /** Violet and green: two classes, and what is below and above the middle. */
  two: [Rgb, Rgb];
  /** For three classes and more, in order. */
  many: Rgb[];
}

/** How much of a class's colour the surest answer has: points of the same colour still stand out on it. */
const SURE = { light: 0.42, dark: 0.4 };
/** The same for numbers and for hidden units, which are told by colour alone. */
const FULL = 0.8;

/** Read the tokens as they stand on the root, after `applyTheme`. */
export function readLook(root: HTMLElement): Look {
  const style = getComputedStyle(root);
  const token = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  const rgb = (name: string, otherwise: string): Rgb => parseColour(token(name, otherwise)) ?? parseColour(otherwise)!;
  return {
    dark: root.dataset.theme === "dark",
    surface: rgb("--ll-surface", "#ffffff"),
    ink: token("--ll-ink", "#1a1f1d"),
    line: token("--ll-line-strong", "#b9bfb6"),
    two: [rgb("--ll-class-0", "#7a3fc4"), rgb("--ll-class-1", "#4c7a0c")],
    many: palette(token("--st-chart-categorical-colors", "")).map((colour) => parseColour(colour) ?? [128, 128, 128]),
  };
}

/** The colour of each of so many classes; two are violet and green, beyond ten they repeat. */
export function classColour(look: Look, number: number, count: number): Rgb {
  return count <= 2 ? look.two[number]! : look.many[number % look.many.length]!;
}

export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((part, i) => part + (to[i]! - part) * share) as Rgb;
}

export function css(colour: Rgb): string {
  return `rgb(${colour.map(Math.round).join(" ")})`;
}

/** 256 colours one after the other, three bytes each. */
export type Ramp = Uint8ClampedArray;

function ramp(colour: (byte: number) => Rgb): Ramp {
  const made = new Uint8ClampedArray(256 * 3);
  for (let byte = 0; byte < 256; byte += 1) made.set(colour(byte), byte * 3);
  return made;
}

/** By log odds: pale where both classes are as likely. `tanh(odds / 2)` is the lead of the likelier one. */
export function oddsRamp(look: Look, reach: number): Ramp {
  const most = look.dark ? SURE.dark : SURE.light;
  return ramp((byte) => {
    const lead = Math.tanh((((byte / 255) * 2 - 1) * reach) / 2);
    return mixed(look.surface, look.two[lead < 0 ? 0 : 1], Math.abs(lead) * most);
  });
}

/** By value: violet below the middle, green above. */
export function valueRamp(look: Look): Ramp {
  return ramp((byte) => valueColour(look, byte / 255));
}

/** The colour of a number at this share of the range; the middle is pale. */
export function valueColour(look: Look, share: number): Rgb {
  const from = Math.min(1, Math.max(0, share)) * 2 - 1;
  return mixed(look.surface, look.two[from < 0 ? 0 : 1], Math.abs(from) * FULL);
}

/** Of a hidden unit: byte 128 is its middle. */
export function unitRamp(look: Look): Ramp {
  return ramp((byte) => valueColour(look, 0.5 + (byte - 128) / 254));
}

/** By class and lead: one colour for each cell, three bytes each. */
export function leadColours(look: Look, winners: Uint8Array, leads: Uint8Array, count: number, reach: number): Ramp {
  const most = look.dark ? SURE.dark : SURE.light;
  const made = new Uint8ClampedArray(winners.length * 3);
  winners.forEach((winner, i) => {
    const lead = Math.tanh(((leads[i]! / 255) * reach) / 2);
    made.set(mixed(look.surface, classColour(look, winner, count), lead * most), i * 3);
  });
  return made;
}
