/** Does this entry take what comes out here? The catalogue's word on axes and kinds of numbers, as a reason or null. */

import { described, isWhole, kindOf } from "../words/kinds";
import { type Shape, shape as sizes } from "../words/numbers";
import type { Item } from "./items";

/** What comes out at one port, as far as it is known. */
export interface Tensor {
  readonly shape: Shape | null;
  readonly dtype: string | null;
}

/** Why the entry cannot take the tensor, as "needs …; … come out here"; null when it can, or when too little is known. */
export function misfit(item: Item, { shape, dtype }: Tensor): string | null {
  if (!item.fed || !shape) return null;
  const what = `${described(shape, dtype)} come out here`;
  const [low, high] = item.ranks;
  const rank = shape.length + 1;
  if (low !== null && rank < low) return `needs ${needed(item, low)}; ${what}`;
  if (high !== null && rank > high) return `needs ${needed(item, high)}; ${what}`;
  return (dtype !== null ? wrongNumbers(item, dtype, shape) : null) ?? tooSmall(item, shape);
}

/** ConvLSTM reads several images after each other, not a volume. */
function needed(item: Item, rank: number): string {
  if (item.key.startsWith("ConvLSTM")) return `series of ${kindOf(rank - 2)}`;
  return item.dtype === "string" ? "words" : kindOf(rank - 1);
}

function wrongNumbers(item: Item, dtype: string, shape: Shape): string | null {
  const words = dtype === "string";
  if (words && (item.dtype === "float" || item.dtype === "int")) return "needs numbers; words come out here";
  if (!words && item.dtype === "string") return `needs words; ${described(shape, dtype)} come out here`;
  if (isWhole(dtype) && item.dtype === "float" && !item.takesWhole) return "needs numbers with a point; whole numbers come out here";
  return null;
}

const WINDOWS = /^(Max|Average)Pooling|^(Depthwise|Separable)?Conv\dD$/;

/** A window, as it is dropped, that is larger than what it looks at. */
function tooSmall(item: Item, shape: Shape): string | null {
  const [before, after] = [item.example?.inputs[0], item.example?.output];
  if (!WINDOWS.test(item.key) || !before || !after || before.length !== shape.length) return null;
  const least = before.slice(0, -1).map((size, axis) => windowOf(size ?? 0, after[axis] ?? 0));
  const given = shape.slice(0, -1);
  if (given.every((size, axis) => size === null || size >= least[axis]!)) return null;
  return `needs ${sizes(least)} at least; ${sizes(given)} come out here`;
}

function windowOf(before: number, after: number): number {
  return after * 2 === before ? 2 : before - after + 1;
}

/** What the layer, as it is dropped, does to the size, in one word; null when that is no halving or doubling. */
export function effect(item: Item): "half" | "double" | null {
  const [before, after] = [item.example?.inputs[0], item.example?.output];
  if (!before || !after || before.length !== after.length || before.length < 2) return null;
  const ratio = (axis: number): number => (after[axis] ?? 1) / (before[axis] ?? 1);
  const axes = before.slice(0, -1).map((_, axis) => ratio(axis));
  if (axes.every((share) => share === 0.5)) return "half";
  return axes.every((share) => share === 2) ? "double" : null;
}

/** Why the entry cannot feed `target`, whose ports take what `target.ranks` says; null when it may. */
export function cannotFeed(item: Item, target: Item): string | null {
  const after = item.example?.output;
  const before = item.example?.inputs[0];
  if (!item.fed || !after || !before) return item.fed ? null : wordsFor(item, target);
  const turns = before.length !== after.length;
  const [low, high] = turns ? [after.length + 1, after.length + 1] : [item.ranks[0] ?? 1, item.ranks[1] ?? 9];
  const [least, most] = [target.ranks[0] ?? 1, target.ranks[1] ?? 9];
  if (high < least || low > most)
    return `gives ${kindOf((high < least ? high : low) - 1)}; ${target.title} needs ${kindOf((high < least ? least : most) - 1)}`;
  return wordsFor(item, target);
}

/** Words come only from where they enter or are looked up. */
function wordsFor(item: Item, target: Item): string | null {
  return target.dtype === "string" && item.fed && item.dtype !== "any" && item.dtype !== "string"
    ? `gives numbers; ${target.title} needs words`
    : null;
}
