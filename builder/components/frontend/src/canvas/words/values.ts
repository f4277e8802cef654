/** How is a setting typed in, and what is wrong with what was typed? Text to JSON and back, with reasons in words. */

import type { ParamSpec } from "../design/catalog";
import type { Json } from "../design/document";
import { grouped } from "./numbers";

export type Parsed = { ok: true; value: Json } | { ok: false; reason: string };

const INT = /^[+-]?\d+$/;
const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NONE = new Set(["", "none", "null", "off", "n", "auto"]);
/** Beyond this nothing can be meant: neither sizes nor factors. */
const LARGEST = 1e9;

/** The value that `text` stands for, or why it stands for none. */
export function parse(spec: ParamSpec, text: string): Parsed {
  const clean = text.trim().replaceAll("\u2212", "-");
  if (spec.nullable && NONE.has(clean.toLowerCase())) return { ok: true, value: null };
  switch (spec.kind) {
    case "int":
      return whole(spec, clean);
    case "float":
      return real(spec, clean);
    case "shape":
      return spec.holds === "number_or_numbers" && INT.test(clean) ? whole(spec, clean) : sizes(spec, clean);
    case "ints":
      return INT.test(clean) ? whole(spec, clean) : sizes(spec, clean);
    case "bool":
      return { ok: true, value: clean === "true" };
    case "json":
      return held(spec, clean);
    case "choice":
      return spec.choices.length === 0 || spec.choices.includes(clean)
        ? { ok: true, value: clean }
        : fault(`${spec.name} is one of ${spec.choices.join(", ")}.`);
    case "text":
      return text.trim() || !spec.required ? { ok: true, value: text.trim() } : fault(`${spec.name} is needed; it is empty.`);
  }
}

function fault(reason: string): Parsed {
  return { ok: false, reason };
}

function found(text: string): string {
  return text ? `it is ${text}` : "it is empty";
}

function whole(spec: ParamSpec, text: string): Parsed {
  const needs = `${spec.name} must be a whole number${limits(spec)}`;
  if (!INT.test(text)) return fault(`${needs}; ${found(text)}.`);
  return bounded(spec, Number(text), needs);
}

function real(spec: ParamSpec, text: string): Parsed {
  const needs = `${spec.name} must be a number${limits(spec)}`;
  const number = numberOf(text);
  return number === null ? fault(`${needs}; ${found(text)}.`) : bounded(spec, number, needs);
}

/** A number, `1/16` too; null for anything else. */
export function numberOf(text: string): number | null {
  if (FLOAT.test(text)) return Number(text);
  const [above, below, ...more] = text.split("/").map((part) => part.trim());
  if (more.length || !FLOAT.test(above ?? "") || !FLOAT.test(below ?? "") || Number(below) === 0) return null;
  return Number(above) / Number(below);
}

/** The range in words: " from 0 to 1". */
export function limits({ minimum, maximum }: ParamSpec): string {
  if (typeof minimum === "number" && typeof maximum === "number") return ` from ${limit(minimum)} to ${limit(maximum)}`;
  if (typeof minimum === "number") return ` from ${limit(minimum)}`;
  return typeof maximum === "number" ? ` up to ${limit(maximum)}` : "";
}

function limit(value: number): string {
  return Number.isInteger(value) ? grouped(value) : String(value);
}

function bounded(spec: ParamSpec, value: number, needs: string): Parsed {
  if (!inRange(spec, value))
    return fault(Math.abs(value) > LARGEST ? `${spec.name} is too large: at most 1 000 000 000.` : `${needs}; it is ${value}.`);
  return { ok: true, value };
}

function inRange({ minimum, maximum }: ParamSpec, value: number): boolean {
  const low = typeof minimum === "number" && value < minimum;
  const high = typeof maximum === "number" && value > maximum;
  return !low && !high && Number.isFinite(value) && Math.abs(value) <= LARGEST;
}

/** The parts of a list as people write one: brackets, commas, spaces and × all do. */
function partsOf(text: string, separator = /[\s,]+/): string[] {
  return text
    .replace(/^[[(]|[\])]$/g, "")
    .split(separator)
    .filter((part) => part !== "");
}

function sizes(spec: ParamSpec, text: string): Parsed {
  const parts = partsOf(text, /[\s,×x]+/);
  const needs = spec.length
    ? `${spec.name} needs ${spec.length} whole numbers`
    : `${spec.name} is a list of whole numbers, such as 8, 8, 1`;
  const list = parts.map((part) =>
    spec.kind === "shape" && ["n", "none", "null", "?"].includes(part.toLowerCase()) ? null : INT.test(part) ? Number(part) : NaN,
  );
  if (list.some((part) => part !== null && !Number.isFinite(part))) return fault(`${needs}; ${found(text)}.`);
  if (spec.unknown === false && list.includes(null)) return fault(`${spec.name} needs known lengths; one is n.`);
  if (spec.kind === "ints" && spec.length && list.length !== spec.length) return fault(`${needs}; ${list.length} came in.`);
  const off = list.find((part) => part !== null && !inRange(spec, part));
  if (off !== undefined) return fault(`${spec.name} needs whole numbers${limits(spec)}; one is ${off}.`);
  if (!list.length && spec.required && spec.kind === "ints") return fault(`${needs}; it is empty.`);
  return { ok: true, value: list };
}

/** A value of the kind that the catalogue names for settings of mixed make. */
function held(spec: ParamSpec, text: string): Parsed {
  switch (spec.holds) {
    case "number_or_numbers":
      return numberOf(text) === null ? numbers(spec, text) : real(spec, text);
    case "numbers":
      return numbers(spec, text);
    case "number_or_pair":
    case "pair":
      return numberOf(text) === null || spec.holds === "pair" ? pair(spec, text) : real(spec, text);
    case "integers":
      return integers(spec, text);
    case "words":
      return words(spec, text);
    case "text_or_number":
      return { ok: true, value: INT.test(text) ? Number(text) : text };
    default:
      return json(spec, text);
  }
}

function numbers(spec: ParamSpec, text: string): Parsed {
  const list = partsOf(text).map(numberOf);
  const needs = `${spec.name} is a list of numbers${limits(spec)}, such as 0.1, 0.2`;
  if (!list.length || list.includes(null)) return fault(`${needs}; ${found(text)}.`);
  const off = list.find((value) => !inRange(spec, value!));
  return off === undefined ? { ok: true, value: list as number[] } : fault(`${needs}; one is ${off}.`);
}

function pair(spec: ParamSpec, text: string): Parsed {
  const read = numbers(spec, text);
  const list = read.ok ? (read.value as number[]) : [];
  if (read.ok && list.length !== 2) return fault(`${spec.name} needs two numbers: the smallest and the largest; ${list.length} came in.`);
  if (list[0]! > list[1]!) return fault(`${spec.name} needs the smaller number first; ${list[0]} is above ${list[1]}.`);
  return read;
}

function integers(spec: ParamSpec, text: string): Parsed {
  const parts = partsOf(text);
  if (!parts.length || !parts.every((part) => INT.test(part)))
    return fault(`${spec.name} is a list of whole numbers, such as 1, 2, 3; ${found(text)}.`);
  return { ok: true, value: parts.map(Number) };
}

/** One word a line; on a single line commas part them. */
function words(spec: ParamSpec, text: string): Parsed {
  const parts = text.split(text.includes("\n") ? "\n" : ",").map((part) => part.trim());
  const list = parts.filter((part) => part !== "");
  return list.length ? { ok: true, value: list } : fault(`${spec.name} needs at least one word; it is empty.`);
}

function json(spec: ParamSpec, text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    const number = numberOf(text);
    if (number !== null) return { ok: true, value: number };
    const list = partsOf(text).map(numberOf);
    if (list.length && !list.includes(null)) return { ok: true, value: list as number[] };
    return fault(`${spec.name} is not readable: write numbers such as 0.1, 0.2, or JSON.`);
  }
}

/** The value as it is typed. */
export function written(spec: ParamSpec, value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value) && value.every((part) => typeof part !== "object" || part === null)) {
    if (spec.holds === "words") return value.join("\n");
    if (spec.kind !== "json" || spec.holds) return value.map((part) => (part === null ? "n" : String(part))).join(", ");
  }
  return typeof value === "object" ? JSON.stringify(value) : spec.kind === "json" && !spec.holds ? JSON.stringify(value) : String(value);
}

/** The next number up or down: by one, in the steps 1 2 5 10 below a tenth, within the range. `by` is ±1 or ±10. */
export function stepped(spec: ParamSpec, text: string, by: number): string {
  const now = numberOf(text.trim().replaceAll("\u2212", "-")) ?? 0;
  const next = spec.kind === "int" ? now + by : Math.abs(now) < 0.1 && now !== 0 ? fine(now, by) : now + by * coarse(spec, now);
  const low = spec.minimum ?? -Infinity;
  const high = spec.maximum ?? Infinity;
  return String(Number(Math.min(high, Math.max(low, next)).toPrecision(10)));
}

function coarse(spec: ParamSpec, now: number): number {
  if (Math.abs(now) >= 10) return 1;
  return spec.minimum === 0 && spec.maximum === 1 ? 0.05 : 0.1;
}

const FINE = [1, 2, 5];

function fine(now: number, by: number): number {
  if (Math.abs(by) > 1) return by > 0 ? now * 10 : now / 10;
  const power = 10 ** Math.floor(Math.log10(Math.abs(now)) + 1e-9);
  const lead = now / power;
  const grows = by > 0 === now > 0;
  const next = grows ? (FINE.find((step) => step > Math.abs(lead) + 1e-9) ?? 10) : ([...FINE].reverse().find((step) => step < Math.abs(lead) - 1e-9) ?? 0.5);
  return Math.sign(now) * next * power;
}
