/** How are numbers written? As in UI.md: thin spaces to 9 999, then 12.3 k; shapes 28×28×16; never a bare hyphen as minus. */

const THIN = "\u2009";
const MINUS = "\u2212";

/** A count: in full to 9 999 with a thin space, then with k, M, G and three digits. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value < 0) return MINUS + count(-value);
  if (value < 10_000) return grouped(Math.round(value));
  const [size, unit] =
    value < 999_500 ? [1e3, "k"] : value < 999_500_000 ? [1e6, "M"] : value < 999_500_000_000 ? [1e9, "G"] : [1e12, "T"];
  return `${digits(value / (size as number))}${THIN}${unit}`;
}

/** Every digit, in groups of three. */
export function grouped(value: number): string {
  const sign = value < 0 ? MINUS : "";
  return sign + String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, THIN);
}

function digits(value: number): string {
  const places = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  const text = value.toFixed(places);
  return places ? text.replace(/\.?0+$/, "") : text;
}

/** A size in bytes, as kB, MB, GB. */
export function bytes(value: number): string {
  if (value < 1000) return `${Math.round(value)}${THIN}B`;
  const [size, unit] = value < 999_500 ? [1e3, "kB"] : value < 999_500_000 ? [1e6, "MB"] : [1e9, "GB"];
  return `${digits(value / (size as number))}${THIN}${unit}`;
}

/** Without the batch axis, as Python sends it. */
export type Shape = readonly (number | null)[];

/** Sizes of one sample, `28×28×16`; an unknown length is `n`. */
export function shape(sizes: Shape): string {
  return sizes.length ? sizes.map((size) => (size === null ? "n" : String(size))).join("×") : "1 value";
}

/** How far something reaches: 7×7 pixels, 9 steps, 1×3×3 positions. */
export function extent(sizes: readonly number[]): string {
  if (sizes.length === 1) return `${sizes[0]} ${sizes[0] === 1 ? "step" : "steps"}`;
  return `${shape(sizes)} ${sizes.length === 2 ? "pixels" : "positions"}`;
}

/** The shape that is shown for a node: that of its first output. */
export function firstShape(shapes: Shape | readonly Shape[] | null | undefined): Shape | null {
  return shapeList(shapes)[0] ?? null;
}

/** All output shapes of a node. */
export function shapeList(shapes: Shape | readonly (Shape | null)[] | null | undefined): readonly Shape[] {
  if (!shapes || !Array.isArray(shapes)) return [];
  if (shapes.some((item) => Array.isArray(item))) return shapes.filter((item): item is Shape => Array.isArray(item));
  return [shapes as Shape];
}

/** A setting's number: 0.001, 1/16 for small binary fractions when `fraction` is asked for. */
export function plain(value: number, fraction = false): string {
  const inverse = 1 / value;
  if (
    fraction &&
    value !== 0 &&
    Math.abs(value) < 1 &&
    Number.isInteger(Math.round(inverse)) &&
    Math.abs(inverse - Math.round(inverse)) < 1e-6 * Math.abs(inverse) &&
    Math.abs(inverse) > 2
  ) {
    return `${inverse < 0 ? MINUS : ""}1/${Math.abs(Math.round(inverse))}`;
  }
  const text =
    (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7) || value === 0
      ? String(Number(value.toPrecision(7)))
      : value.toExponential().replace("+", "");
  return text.replace(/^-/, MINUS);
}

/** `3 layers`, `1 layer`. */
export function counted(amount: number, one: string, many = `${one}s`): string {
  return `${amount < 10_000 ? grouped(amount) : count(amount)} ${amount === 1 ? one : many}`;
}
