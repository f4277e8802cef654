/** What is special about this node? One short line: its type and what differs from Keras' defaults. */

import type { Catalog, LayerSpec } from "../design/catalog";
import { type Design, type Json, type Node, type Params, sameJson } from "../design/document";
import { into } from "../design/graph";
import { nodeAlong } from "../design/nesting";
import { plain } from "./numbers";

/** More would not be read; the inspector has all. */
const AT_MOST = 2;

/** `Conv2D · 16 of 3×3, relu`. */
export function subtitle(design: Design, catalog: Catalog | null, node: Node): string {
  const details = detailsOf(design, catalog, node);
  return details ? `${typeName(design, node)} · ${details}` : typeName(design, node);
}

function typeName(design: Design, node: Node): string {
  if (node.type !== "Call" || !node.of) return node.type;
  return nodeAlong(design, node.of)?.type ?? "Call";
}

function detailsOf(design: Design, catalog: Catalog | null, node: Node): string {
  if (node.type === "Call") return node.of ? `shares ${node.of}` : "";
  if (node.graph) return `${node.graph.nodes.length} layers`;
  const spec = catalog?.layer(node.type);
  if (spec?.family === "merge" && spec.inputs[0]?.many) return merged(design, node);
  return settings(spec, node.type, node.params ?? {});
}

function merged(design: Design, node: Node): string {
  const sources = into(design, node.id).map((edge) => edge.source);
  if (sources.length < 2 || sources.length > 3) return "";
  return sources.join(node.type === "Add" ? " + " : ", ");
}

/** The settings that differ, the telling ones first and in the words of the field. */
export function settings(spec: LayerSpec | undefined, type: string, params: Params): string {
  const left = new Map(Object.entries(params).filter(([name, value]) => name !== "trainable" && !isDefault(spec, name, value)));
  const told = (RULES.find(([pattern]) => pattern.test(type))?.[1](left, params) ?? []).filter((text) => text !== "");
  const rest = [...left].map(([name, value]) => described(name, value)).filter((text) => text !== "");
  return [...told, ...rest].slice(0, AT_MOST).join(", ");
}

function isDefault(spec: LayerSpec | undefined, name: string, value: Json): boolean {
  const param = spec?.params.find((candidate) => candidate.name === name);
  return param !== undefined && !param.required && sameJson(param.default, value);
}

type Rule = (left: Map<string, Json>, params: Params) => string[];

const RULES: readonly [RegExp, Rule][] = [
  [/^InputLayer$/, (left) => [inputWords(take(left, "shape") ?? take(left, "batch_shape"))]],
  [/^Rescaling$/, (left) => [scaleWords(take(left, "scale"), take(left, "offset"))]],
  [
    /Conv.*Transpose|^Conv\dD$|Conv\dD$|ConvLSTM/,
    (left) => [filterWords(take(left, "filters"), take(left, "kernel_size")), text(take(left, "activation"))],
  ],
  [/^(Dense|EinsumDense|SimpleRNN|LSTM|GRU)$/, (left) => [amount(take(left, "units"), "unit"), text(take(left, "activation"))]],
  [/Pooling\dD$/, (left) => [window(take(left, "pool_size"))]],
  [/^Embedding$/, (left) => [`${value(take(left, "input_dim"))} words to ${value(take(left, "output_dim"))}`]],
  [
    /^(MultiHead|GroupQuery|GroupedQuery)Attention$/,
    (left) => [
      `${amount(take(left, "num_heads") ?? take(left, "num_query_heads"), "head")} of ${value(take(left, "key_dim") ?? take(left, "head_dim"))}`,
    ],
  ],
  [/^(Reshape|Permute|CenterCrop|Resizing)$/, (left) => [`to ${target(left)}`]],
  [
    /^(UpSampling|ZeroPadding|Cropping)\dD$/,
    (left) => [window(take(left, "size") ?? take(left, "padding") ?? take(left, "cropping"))],
  ],
  [/Dropout$/, (left) => [text(take(left, "rate"))]],
  [/^Activation$/, (left) => [text(take(left, "activation"))]],
  [/^RepeatVector$/, (left) => [`${value(take(left, "n"))} times`]],
];

function take(left: Map<string, Json>, name: string): Json | undefined {
  const found = left.get(name);
  left.delete(name);
  return found;
}

function target(left: Map<string, Json>): string {
  const size = take(left, "target_shape") ?? take(left, "dims");
  return size === undefined ? [take(left, "height"), take(left, "width")].map(value).join("×") : value(size);
}

function inputWords(size: Json | undefined): string {
  if (!Array.isArray(size)) return "";
  const shown = size
    .slice(0, 2)
    .map((part) => part ?? "n")
    .join("×");
  if (size.length === 3) return `${shown} images`;
  if (size.length === 1) return size[0] === null ? "rows of any length" : amount(size[0] as Json, "value");
  if (size.length === 2) return `${size[0] ?? "n"} steps of ${size[1] ?? "n"}`;
  return size.length ? value(size) : "single values";
}

function scaleWords(scale: Json | undefined, offset: Json | undefined): string {
  const times = typeof scale === "number" ? `× ${plain(scale, true)}` : text(scale);
  if (typeof offset !== "number" || offset === 0) return times;
  return `${times} ${offset < 0 ? "\u2212" : "+"} ${plain(Math.abs(offset))}`.trim();
}

function filterWords(filters: Json | undefined, kernel: Json | undefined): string {
  const size = kernel === undefined ? "" : /Array/.test(String(kernel)) ? "" : window(kernel);
  if (filters === undefined) return size;
  return size ? `${value(filters)} of ${size}` : `${value(filters)} filters`;
}

function amount(number: Json | undefined, one: string): string {
  return number === undefined ? "" : `${value(number)} ${one}${number === 1 ? "" : "s"}`;
}

/** A size along each axis; one number stands for all of them. */
function window(size: Json | undefined): string {
  if (size === undefined) return "";
  return typeof size === "number" ? `${size}×${size}` : value(size);
}

function text(setting: Json | undefined): string {
  return setting === undefined ? "" : value(setting);
}

/** A JSON value in a few words. */
export function value(setting: Json | undefined): string {
  if (setting === undefined) return "";
  if (setting === null) return "none";
  if (typeof setting === "number") return plain(setting);
  if (typeof setting === "boolean") return setting ? "yes" : "no";
  if (typeof setting === "string") return setting;
  if (Array.isArray(setting)) return setting.map((part) => (part === null ? "n" : value(part))).join("×");
  const named = (setting as { type?: Json }).type;
  return typeof named === "string" ? named : "set";
}

function described(name: string, setting: Json): string {
  const words = name.replaceAll("_", " ");
  if (setting === true) return words;
  if (setting === false) return `no ${words.replace(/^use /, "")}`;
  if (typeof setting === "string") return setting;
  return `${words} ${value(setting)}`;
}
