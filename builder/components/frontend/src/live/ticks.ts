/** Where the axes have their numbers, and how these are written. */
import { duration, threeDigits, whole } from "./numbers";
import type { Range } from "./ranges";

export interface Ticks {
  tickmode: "array";
  tickvals: number[];
  ticktext: string[];
}

/** At most `most` steps of 1, 2 or 5 times a power of ten, at least `least` wide; `unit` follows each number. */
export function linearTicks([low, high]: Range, most: number, least = 0, unit = ""): Ticks {
  const step = Math.max(least, niceStep((high - low) / most));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const tickvals: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) tickvals.push(Number((k * step).toPrecision(12)));
  return { tickmode: "array", tickvals, ticktext: tickvals.map((value) => tickText(value, decimals) + unit) };
}

/** A step slightly too small gives one number more, which does no harm. */
const NEARLY = 0.9;

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((nice) => nice * power >= rough * NEARLY);
  return (factor ?? 10) * power;
}

function tickText(value: number, decimals: number): string {
  if (decimals === 0) return whole(value);
  return value.toFixed(Math.min(decimals, 12)).replace("-", "\u2212");
}

/** 1, 2, 5 of each power of ten (`low`, `high` are log10), or only some powers where there are many. */
export function logTicks([low, high]: Range): Ticks {
  const width = high - low;
  const digits = width > 3 ? [1] : width > 1.2 ? [1, 3] : [1, 2, 3, 5, 7];
  const every = Math.max(1, Math.ceil(width / 8));
  const tickvals: number[] = [];
  for (let power = Math.floor(low); power <= high; power += 1) {
    if (power % every === 0) tickvals.push(...digits.map((digit) => Number(`${digit}e${power}`)));
  }
  const inside = tickvals.filter((value) => Math.log10(value) >= low && Math.log10(value) <= high);
  return { tickmode: "array", tickvals: inside, ticktext: inside.map(logText) };
}

function logText(value: number): string {
  return value >= 1 || value < 1e-5 ? threeDigits(value).replace(/\.0+$/, "") : String(value);
}

/** Steps of time that people count in, in seconds. */
const TIMES = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000, 86400];

/** Seconds as "20 s", "2 min", "1 h 30 min". */
export function timeTicks([low, high]: Range, most: number): Ticks {
  const rough = (high - low) / most;
  const step = TIMES.find((time) => time >= rough * NEARLY) ?? Math.ceil(rough / 86400) * 86400;
  const tickvals: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) tickvals.push(Number((k * step).toPrecision(12)));
  return { tickmode: "array", tickvals, ticktext: tickvals.map((value) => (step < 1 ? `${value.toFixed(1)}\u00a0s` : duration(value))) };
}
