/** How is a setting typed in, and what is wrong with what was typed? Text to JSON and back, with reasons in words. */

import type { ParamSpec } from "../design/catalog";
import type { Json } from "../design/document";
import { grouped } from "./numbers";

export type Parsed = { ok: true; value: Json } | { ok: false; reason: string };

const INT = /^[+-]?\d+$/;
const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NONE = new Set(["", "none", "null", "off"]);

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
      return sizes(spec, clean);
    case "ints":
      return INT.test(clean) ? whole(spec, clean) : sizes(spec, clean);
    case "bool":
      return { ok: true, value: clean === "true" };
    case "json":
      return json(spec, clean);
    case "choice":
      return spec.choices.length === 0 || spec.choices.includes(clean)
        ? { ok: true, value: clean }
        : fault(`${spec.name} is one of ${spec.choices.join(", ")}.`);
    case "text":
      return { ok: true, value: text.trim() };
  }
}

function fault(reason: string): Parsed {
  return { ok: false, reason };
}

function whole(spec: ParamSpec, text: string): Parsed {
  const needs = `${spec.name} must be a whole number${limits(spec)}`;
  if (!INT.test(text)) return fault(`${needs}; ${text ? `it is ${text}` : "it is empty"}.`);
  return bounded(spec, Number(text), needs);
}

function real(spec: ParamSpec, text: string): Parsed {
  const needs = `${spec.name} must be a number${limits(spec)}`;
  const share = quotient(text);
  if (share !== null) return bounded(spec, share, needs);
  if (!FLOAT.test(text)) return fault(`${needs}; ${text ? `it is ${text}` : "it is empty"}.`);
  return bounded(spec, Number(text), needs);
}

/** `1/16` as a number; null for anything else. */
function quotient(text: string): number | null {
  const [above, below, ...more] = text.split("/").map((part) => part.trim());
  if (more.length || !FLOAT.test(above ?? "") || !FLOAT.test(below ?? "") || Number(below) === 0) return null;
  return Number(above) / Number(below);
}

function limits({ minimum, maximum }: ParamSpec): string {
  if (typeof minimum === "number" && typeof maximum === "number") return ` from ${limit(minimum)} to ${limit(maximum)}`;
  if (typeof minimum === "number") return ` from ${limit(minimum)}`;
  return typeof maximum === "number" ? ` up to ${limit(maximum)}` : "";
}

function limit(value: number): string {
  return Number.isInteger(value) ? grouped(value) : String(value);
}

function bounded(spec: ParamSpec, value: number, needs: string): Parsed {
  const low = typeof spec.minimum === "number" && value < spec.minimum;
  const high = typeof spec.maximum === "number" && value > spec.maximum;
  if (low || high || !Number.isFinite(value) || Math.abs(value) > 1e9) {
    return fault(Math.abs(value) > 1e9 ? `${spec.name} is too large: at most 1 000 000 000.` : `${needs}; it is ${value}.`);
  }
  return { ok: true, value };
}

function sizes(spec: ParamSpec, text: string): Parsed {
  const parts = text
    .replace(/^[[(]|[\])]$/g, "")
    .split(/[\s,×x]+/)
    .filter((part) => part !== "");
  const needs = spec.length
    ? `${spec.name} needs ${spec.length} whole numbers`
    : `${spec.name} is a list of whole numbers, such as 8, 8, 1`;
  const list = parts.map((part) =>
    spec.kind === "shape" && ["n", "none", "null"].includes(part.toLowerCase()) ? null : INT.test(part) ? Number(part) : NaN,
  );
  if (list.some((part) => part !== null && !Number.isFinite(part))) return fault(`${needs}; it is ${text || "empty"}.`);
  if (spec.kind === "ints" && spec.length && list.length !== spec.length) return fault(`${needs}; ${list.length} came in.`);
  const low = list.find((part) => part !== null && typeof spec.minimum === "number" && part < spec.minimum);
  if (low !== undefined) return fault(`${spec.name} needs whole numbers${limits(spec)}; one is ${low}.`);
  return { ok: true, value: list };
}

function json(spec: ParamSpec, text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    const share = quotient(text);
    if (share !== null) return { ok: true, value: share };
    return listed(text) ?? fault(`${spec.name} is not readable: write numbers such as 0.1, 0.2, or JSON.`);
  }
}

/** Numbers with commas between them, without the brackets that JSON wants. */
function listed(text: string): Parsed | null {
  const parts = text
    .replace(/^[[(]|[\])]$/g, "")
    .split(/[\s,]+/)
    .filter((part) => part !== "");
  return parts.length && parts.every((part) => FLOAT.test(part)) ? { ok: true, value: parts.map(Number) } : null;
}

/** The value as it is typed. */
export function written(spec: ParamSpec, value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  if (spec.kind === "json") return JSON.stringify(value);
  if (Array.isArray(value))
    return value.every((part) => typeof part !== "object" || part === null)
      ? value.map((part) => (part === null ? "n" : String(part))).join(", ")
      : JSON.stringify(value);
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}
