/** Which control does a setting get in the form, and under which heading does it stand? */

import type { ParamSpec } from "./catalog";
import type { Json } from "./document";

export type ControlKind =
  | "number"
  | "segments"
  | "list"
  | "switch"
  | "axes"
  | "shape"
  | "numbers"
  | "range"
  | "margins"
  | "words"
  | "text"
  | "object"
  | "nested"
  | "cells"
  | "json";

const BY_HOLDS: { readonly [holds: string]: ControlKind } = {
  number_or_pair: "range",
  pair: "range",
  number_or_numbers: "numbers",
  numbers: "numbers",
  integers: "numbers",
  margins: "margins",
  words: "words",
  text_or_number: "text",
};
/** Groups whose objects have arguments of their own. */
const OBJECTS = new Set(["initializer", "regularizer", "constraint"]);
const MOST_SEGMENTS = 3;
const SEGMENT_LETTERS = 20;
const MOST_AXES = 3;

/** The control for a setting, by what the catalogue says of it. JSON is the last resort. */
export function controlOf(spec: ParamSpec): ControlKind {
  if (spec.group === "cells") return "cells";
  if (spec.group === "layer" || spec.group === "cell") return "nested";
  if (OBJECTS.has(spec.group ?? "")) return "object";
  switch (spec.kind) {
    case "int":
    case "float":
      return "number";
    case "bool":
      return "switch";
    case "choice":
      return isShort(spec) ? "segments" : "list";
    case "ints":
      return spec.length && spec.length <= MOST_AXES ? "axes" : "numbers";
    case "shape":
      return "shape";
    case "text":
      return "text";
    case "json":
      return BY_HOLDS[spec.holds ?? ""] ?? "json";
  }
}

function isShort({ choices, nullable, group }: ParamSpec): boolean {
  return !group && !nullable && choices.length > 1 && choices.length <= MOST_SEGMENTS && choices.join("").length < SEGMENT_LETTERS;
}

/** Whether the control can show the value as it stands in the document; what it cannot show is shown as JSON. */
export function canShow(control: ControlKind, value: Json | undefined): boolean {
  if (value === null || value === undefined) return true;
  const plain = typeof value === "number" || typeof value === "string";
  switch (control) {
    case "number":
      return typeof value === "number";
    case "switch":
      return typeof value === "boolean";
    case "segments":
    case "list":
      return typeof value === "string";
    case "text":
      return plain;
    case "object":
      return typeof value === "string" || isObject(value);
    case "nested":
      return isObject(value);
    case "cells":
      return Array.isArray(value) && value.every(isObject);
    case "words":
      return Array.isArray(value) && value.every((part) => typeof part === "string");
    case "margins":
      return typeof value === "number" || isNumbers(value, 2);
    case "range":
    case "numbers":
    case "axes":
    case "shape":
      return typeof value === "number" || isNumbers(value, 1);
    case "json":
      return true;
  }
}

function isObject(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && typeof (value as { type?: Json }).type === "string";
}

function isNumbers(value: Json, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  return value.every((part) => part === null || typeof part === "number" || (depth > 1 && isNumbers(part as Json, depth - 1)));
}

export const SECTIONS = ["Basic", "Shape", "Output", "Weights", "Regularisation", "Numbers", "Call", "Other"] as const;
export type Section = (typeof SECTIONS)[number];

const RULES: readonly [RegExp, Section][] = [
  [/(_regularizer|_constraint)$|dropout|^(rate|noise_shape|gaussian)/, "Regularisation"],
  [/(_initializer|_mode)$|bias|^(center|scale|gamma|beta|trainable|lora|renorm|tie_weights|mask_zero|depth_multiplier|groups)/, "Weights"],
  [/^(return_|go_backwards|stateful|unroll|zero_output|merge_mode|keepdims|activation|recurrent_activation|output_)/, "Output"],
  [/shape|size|strides|padding|dilation|axis|axes|dims|data_format|length|height|width|crop|interpolation|fill_/, "Shape"],
  [/^(dtype|seed|epsilon|momentum|synchronized|batch_size|virtual_batch)|value|factor|alpha|threshold|slope/, "Numbers"],
];

/** The heading for a setting in the full form. */
export function sectionOf(spec: ParamSpec, ofCall: boolean): Section {
  if (spec.basic) return "Basic";
  if (ofCall) return "Call";
  return RULES.find(([pattern]) => pattern.test(spec.name))?.[1] ?? "Other";
}
