/** What does a shape look like? Images as boxes, sequences as strips, rows as bars, to a common scale. */

import type { Shape } from "../words/numbers";
import type { Json, Params } from "./document";

/** Sizes in pixels; `depth` leans back to the upper right. `cell` is the side of one value, 0 where they are too small to draw. */
export interface Solid {
  readonly kind: "box" | "strip" | "bar" | "dot";
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly cell: number;
  /** How many cells to part the front into: along the width and along the height. */
  readonly parts: readonly [number, number];
  /** Some length is not known in advance. */
  readonly open: boolean;
}

const SIDE = 44;
const LENGTH = 84;
const [LARGEST_CELL, SMALLEST_SIDE, DEEPEST] = [12, 4, 24];
/** Stands for a length that is not known in advance. */
const UNKNOWN = 8;
const PARTED_FROM = 3;

/** One solid for each shape; what is drawn side by side has the same scale. `shrink` makes room for several. */
export function solids(shapes: readonly Shape[], shrink = 1): readonly Solid[] {
  const images = shapes.filter((shape) => shape.length >= 3).flatMap((shape) => shape.slice(-3, -1).map(known));
  const lengths = shapes.filter((shape) => shape.length === 2).map((shape) => known(shape[0]!));
  const pixel = Math.min(LARGEST_CELL, (SIDE * shrink) / Math.max(1, ...images));
  const step = Math.min(LARGEST_CELL, LENGTH / Math.max(1, ...lengths));
  return shapes.map((shape) => solid(shape, pixel, step, shrink));
}

function known(size: number | null): number {
  return size ?? UNKNOWN;
}

function solid(shape: Shape, pixel: number, step: number, shrink: number): Solid {
  const open = shape.includes(null);
  const channels = known(shape[shape.length - 1] ?? 1);
  if (!shape.length) return { kind: "dot", width: 7, height: 7, depth: 0, cell: 0, parts: [1, 1], open };
  if (shape.length === 1) return bar(channels, open, shrink);
  if (shape.length === 2) {
    const steps = known(shape[0]!);
    const width = Math.max(SMALLEST_SIDE, steps * step);
    const parts = step >= PARTED_FROM ? steps : 1;
    return { kind: "strip", width, height: thick(channels, 34 * shrink), depth: 0, cell: step, parts: [parts, 1], open };
  }
  const [height, width] = shape.slice(-3, -1).map((size) => Math.max(SMALLEST_SIDE, known(size) * pixel));
  return { kind: "box", width: width!, height: height!, depth: thick(channels, DEEPEST * shrink), cell: pixel, parts: [1, 1], open };
}

/** A row of few values shows each of them. */
function bar(values: number, open: boolean, shrink: number): Solid {
  const few = values <= 12;
  const height = few ? values * Math.min(9, (60 * shrink) / values) : Math.min(64, 22 + 5 * Math.log2(values)) * shrink;
  return { kind: "bar", width: 12, height: Math.max(6, height), depth: 0, cell: 0, parts: [1, few ? values : 1], open };
}

/** Channels grow by doubling: 1 to 2048 fit beside each other. */
function thick(channels: number, most: number): number {
  return Math.min(most, 4 + (most - 4) * (Math.log2(Math.max(1, channels)) / 9));
}

/** What a layer looks at for one value of its output: window sizes along height and width, in values; null for all of it. */
export function windowOf(type: string, params: Params): readonly [number, number] | null {
  if (/^(Global|Adaptive)/.test(type)) return null;
  const size = params[/Conv/.test(type) ? "kernel_size" : "pool_size"] ?? (/Pooling/.test(type) ? 2 : undefined);
  return size === undefined || size === null ? null : pairOf(size);
}

function pairOf(size: Json): readonly [number, number] | null {
  const list = (Array.isArray(size) ? size.slice(-2) : [size, size]).map(Number);
  const [height, width = height] = list;
  return height && width && list.every(Number.isFinite) ? [height, width] : null;
}
