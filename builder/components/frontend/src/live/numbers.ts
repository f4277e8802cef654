/** How numbers are written: thin spaces, three digits, one decimal of a percentage from 100 rows on. */

/** Narrow space between groups of digits, and the space before a unit; neither breaks. */
export const THIN = "\u202f";
export const UNIT = "\u00a0";
const MINUS = "\u2212";
export const NOTHING = "\u2013";

/** 4 640 in full up to 9 999, then 12.3 k, 4.2 M. */
export function whole(value: number): string {
  const size = Math.abs(value);
  if (size < 9999.5) return signed(value, grouped(Math.round(size)));
  const [scale, unit] = size < 999_500 ? [1e3, "k"] : size < 999_500_000 ? [1e6, "M"] : [1e9, "G"];
  return signed(value, `${(size / scale).toFixed(1).replace(/\.0$/, "")}${UNIT}${unit}`);
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, THIN);
}

function signed(value: number, text: string): string {
  return value < 0 ? MINUS + text : text;
}

/** Three significant digits: 0.237, 2.31, 29.4, 2 940, 12.3 k, 0.000412. */
export function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 999.5) return whole(value);
  if (size === 0) return "0.000";
  if (size < 1e-5) return signed(value, size.toExponential(1).replace("e-", `e${MINUS}`));
  const power = Number(size.toExponential(2).split("e")[1]);
  return signed(value, size.toFixed(Math.max(0, 2 - power)));
}

/** 0.967 as "96.7 %"; whole per cents below 100 rows, where a decimal would be an invention. */
export function percent(share: number, rows: number | null): string {
  return `${percentNumber(share, rows)}${UNIT}%`;
}

export function percentNumber(share: number, rows: number | null): string {
  return signed(share, (Math.abs(share) * 100).toFixed(rows !== null && rows < 100 ? 0 : 1));
}

/** Seconds as "8 s", "2 min 10 s", "1 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${seconds < 0.5 && seconds > 0 ? "<" + UNIT + "1" : Math.round(seconds)}${UNIT}s`;
  const total = Math.round(seconds);
  if (total < 3600) return joined(Math.floor(total / 60), "min", total % 60, "s");
  const minutes = Math.round(total / 60);
  return joined(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  const head = `${big}${UNIT}${bigUnit}`;
  return small ? `${head} ${small}${UNIT}${smallUnit}` : head;
}

/** Steps a second: 812, 48, 3.4, 0.25. */
export function rate(perSecond: number): string {
  if (perSecond >= 9.95) return whole(perSecond);
  return perSecond >= 0.95 ? perSecond.toFixed(1) : perSecond.toPrecision(2);
}
