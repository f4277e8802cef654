/** What kind of thing is a tensor of this shape? In the words of a first course. */

import type { Shape } from "./numbers";

const KINDS = ["single values", "rows of numbers", "sequences", "images", "volumes", "series of volumes"];

/** By the number of axes of one sample, without batch. */
export function kindOf(axes: number): string {
  return KINDS[axes] ?? `tensors of ${axes} axes`;
}

/** What comes out somewhere: "images", "rows of words", "rows of whole numbers". */
export function described(shape: Shape, dtype: string | null): string {
  const kind = kindOf(shape.length);
  if (shape.length > 1 || dtype === null) return kind;
  if (dtype === "string") return shape.length ? "rows of words" : "words";
  return isWhole(dtype) ? (shape.length ? "rows of whole numbers" : "whole numbers") : kind;
}

export function isWhole(dtype: string): boolean {
  return /^(u?int|bool)/.test(dtype);
}
