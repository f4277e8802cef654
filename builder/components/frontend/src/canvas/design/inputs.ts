/** What kind of thing comes into a network? Kinds of input, each with the lengths that a person sets. */

import type { Json } from "./document";

export type InputKind = "row" | "image" | "sequence" | "volume" | "text" | "own";
export type Sizes = readonly (number | null)[];

export const INPUT_KINDS: readonly { readonly kind: InputKind; readonly title: string; readonly sizes: readonly string[] }[] = [
  { kind: "row", title: "Row of numbers", sizes: ["numbers"] },
  { kind: "image", title: "Image", sizes: ["height", "width", "channels"] },
  { kind: "sequence", title: "Sequence", sizes: ["steps", "features"] },
  { kind: "volume", title: "Volume", sizes: ["depth", "height", "width", "channels"] },
  { kind: "text", title: "Text", sizes: [] },
  { kind: "own", title: "Own shape", sizes: [] },
];

const BY_RANK: readonly InputKind[] = ["own", "row", "sequence", "image", "volume"];

/** The kind that a shape is, as far as it tells: one length a row, two a sequence, three an image. */
export function kindOf(shape: Json | undefined, dtype: Json | undefined): InputKind {
  if (dtype === "string") return "text";
  return Array.isArray(shape) ? (BY_RANK[shape.length] ?? "own") : "own";
}

const STARTS: { readonly [kind in InputKind]: Sizes } = {
  row: [64],
  image: [28, 28, 1],
  sequence: [32, 8],
  volume: [16, 16, 16, 1],
  text: [1],
  own: [8, 8, 8, 8, 1],
};

/** A shape of another kind: one that the data have, else one that keeps what can be kept. */
export function shapeOfKind(kind: InputKind, now: Sizes, ofData: readonly Sizes[]): Sizes {
  const given = ofData.find((shape) => kindOf(shape, undefined) === kind);
  if (given) return given;
  if (kind === "own") return now;
  const count = now.reduce<number>((product, size) => product * (size ?? 1), 1);
  if (kind === "row" && count > 1) return [count];
  const side = Math.sqrt(count);
  if (kind === "image" && Number.isInteger(side) && side > 1) return [side, side, 1];
  if (kind === "sequence" && now.length === 3) return [now[0]!, (now[1] ?? 1) * (now[2] ?? 1)];
  return STARTS[kind];
}

/** Whether as many numbers fit in; an unknown length takes what is left. */
export function holdsAsMany(shape: Sizes, other: Sizes): boolean {
  const count = other.reduce<number>((product, size) => product * (size ?? 1), 1);
  const known = shape.reduce<number>((product, size) => product * (size ?? 1), 1);
  return shape.includes(null) ? count % known === 0 : count === known;
}
