/** Where do the lines of a ridgeline picture run? Old pictures at the back and above, new ones in front and below. */

import type { Drawn } from "./answer";

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** How high the highest bin is. */
  readonly rise: number;
}

export interface Ridge {
  /** Which picture it is. */
  readonly index: number;
  /** SVG path of its outline, open below. */
  readonly line: string;
  readonly base: number;
}

export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** The values that all pictures span. */
export function scaleOf(drawn: readonly (Drawn | null)[]): Scale | null {
  const there = drawn.filter((one) => one !== null);
  if (!there.length) return null;
  return { low: Math.min(...there.map(([low]) => low)), high: Math.max(...there.map(([, high]) => high)) };
}

export function ridges(drawn: readonly (Drawn | null)[], scale: Scale, { width, height, rise }: Frame): readonly Ridge[] {
  const step = drawn.length > 1 ? (height - rise) / (drawn.length - 1) : 0;
  return drawn.flatMap((one, index) => {
    if (!one) return [];
    const base = drawn.length > 1 ? rise + step * index : height;
    return [{ index, base, line: outline(one, scale, width, base, rise) }];
  });
}

function outline([low, high, heights]: Drawn, scale: Scale, width: number, base: number, rise: number): string {
  const span = scale.high - scale.low || 1;
  const x = (value: number): string => (((value - scale.low) / span) * width).toFixed(1);
  const bin = (high - low) / heights.length;
  const points = heights.map((height, index) => `${x(low + bin * (index + 0.5))},${(base - (height / 255) * rise).toFixed(1)}`);
  const [begin, end] = [`${x(low)},${base.toFixed(1)}`, `${x(high)},${base.toFixed(1)}`];
  return `M${[begin, ...points, end].join("L")}`;
}

/** Round numbers along the axis, three to six, 0 among them where it lies between the ends. */
export function ticks({ low, high }: Scale): readonly number[] {
  const rough = (high - low) / 4;
  if (!(rough > 0) || !Number.isFinite(rough)) return [low];
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * size).find((one) => one >= rough * 0.99)!;
  const found: number[] = [];
  for (let at = Math.ceil(low / step); at * step <= high; at += 1) found.push(Number((at * step).toPrecision(6)));
  return found;
}

/** Which picture is nearest to a height on the picture. */
export function ridgeAt(all: readonly Ridge[], y: number): number | null {
  let best: Ridge | null = null;
  for (const ridge of all) if (!best || Math.abs(ridge.base - y) < Math.abs(best.base - y)) best = ridge;
  return best?.index ?? null;
}
