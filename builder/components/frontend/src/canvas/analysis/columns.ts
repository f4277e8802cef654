/** Which columns has the analysis, what stands in them, and by what are they sorted? */

import { bytes, count, grouped, shape, shapeList } from "../words/numbers";
import type { AnalysisRow, Sums } from "./report";

export type Value = number | string | null;

export interface Column {
  readonly id: string;
  readonly title: string;
  /** What the figure means, in one sentence. */
  readonly help: string;
  readonly width: number;
  /** Shown in the beginner's view. */
  readonly basic?: boolean;
  /** Figures stand at the right. */
  readonly number?: boolean;
  readonly mono?: boolean;
  text(row: AnalysisRow): string;
  /** By what rows are ordered; null comes last. */
  value(row: AnalysisRow): Value;
  /** 0 to 1: drawn as a bar. */
  share?(row: AnalysisRow): number | null;
  /** The figure in full, where the text is shortened. */
  full?(row: AnalysisRow): string;
  total?(sums: Sums): string;
}

const maybe = (value: number | null, words: (value: number) => string): string => (value === null ? "" : words(value));
const numbers = (shapes: readonly (number | null)[]): number =>
  shapes.reduce<number>((product, length) => product * (length ?? 1), 1);

function figure(
  id: string,
  title: string,
  help: string,
  read: (row: AnalysisRow) => number | null,
  words: (value: number) => string,
  total?: (sums: Sums) => number | null,
): Column {
  return {
    id,
    title,
    help,
    width: 104,
    number: true,
    value: read,
    text: (row) => maybe(read(row) || null, words),
    full: (row) => maybe(read(row), grouped),
    ...(total ? { total: (sums: Sums) => maybe(total(sums), words) } : {}),
  };
}

function shareColumn(id: string, title: string, help: string, read: (row: AnalysisRow) => number | null): Column {
  return {
    id,
    title,
    help,
    width: 128,
    number: true,
    value: read,
    text: (row) => maybe(read(row) || null, percent),
    share: read,
  };
}

/** 0 %, 0.3 %, 12.5 %, 100 %. */
export function percent(part: number): string {
  const value = part * 100;
  if (value > 0 && value < 0.05) return "under 0.1\u2009%";
  const text = value >= 99.95 || value === 0 ? String(Math.round(value)) : value.toFixed(1);
  return `${text}\u2009%`;
}

/** 7×7, or whole. */
export function seen(field: AnalysisRow["receptive_field"]): string {
  return field === null ? "" : field === "whole" ? "whole" : shape(field);
}

/** Parameters in full as long as they are read at a glance. */
export function inFull(value: number): string {
  return value < 10_000_000 ? grouped(value) : count(value);
}

const outputs = (row: AnalysisRow): string => shapeList(row.output).map(shape).join(", ");
const dtypes = (row: AnalysisRow): string => (row.dtype === null ? "" : [row.dtype].flat().join(", "));
const weights = (row: AnalysisRow): string =>
  row.weights.map((weight) => `${weight.name} ${shape(weight.shape)}`).join(", ");

export const COLUMNS: readonly Column[] = [
  {
    id: "name",
    title: "Layer",
    help: "In the order in which layers are called.",
    width: 220,
    basic: true,
    text: (row) => row.id.slice(row.id.lastIndexOf("/") + 1),
    value: (row) => row.id.slice(row.id.lastIndexOf("/") + 1),
    total: (sums) => `Total of ${sums.layers} ${sums.layers === 1 ? "layer" : "layers"}`,
  },
  { id: "type", title: "Type", help: "The class in Keras.", width: 168, basic: true, text: (row) => row.type, value: (row) => row.type },
  {
    id: "inputs",
    title: "Inputs",
    help: "Shapes that come in, without the batch; n is an unknown length.",
    width: 136,
    mono: true,
    text: (row) => row.inputs.map(shape).join(", "),
    value: (row) => (row.inputs[0] ? numbers(row.inputs[0]) : null),
  },
  {
    id: "output",
    title: "Output",
    help: "Shapes that come out, without the batch; n is an unknown length.",
    width: 136,
    basic: true,
    mono: true,
    text: outputs,
    value: (row) => (row.output ? numbers(shapeList(row.output)[0] ?? []) : null),
  },
  { id: "dtype", title: "Dtype", help: "Kind of number that comes out.", width: 88, text: dtypes, value: dtypes },
  {
    ...figure("params", "Parameters", "Numbers in its weights.", (row) => row.params, inFull, (sums) => sums.params),
    basic: true,
  },
  figure(
    "trainable",
    "Trained",
    "Parameters that training changes.",
    (row) => row.trainable_params,
    inFull,
    (sums) => sums.trainable_params,
  ),
  {
    ...shareColumn("params_share", "Share", "Its part of all parameters.", (row) => row.params_share),
    basic: true,
  },
  { id: "weights", title: "Weights", help: "Names and shapes of its arrays.", width: 208, mono: true, text: weights, value: (row) => row.weights.length },
  figure("weights_bytes", "Weight memory", "Room for its weights.", (row) => row.weights_bytes, bytes, (sums) => sums.weights_bytes),
  figure(
    "activation_bytes",
    "Activations",
    "What one row keeps here in memory while it trains.",
    (row) => row.activation_bytes,
    bytes,
    (sums) => sums.activation_bytes,
  ),
  figure("flops", "FLOPs", "2 × multiply-adds, forward, one row.", (row) => row.flops, count, (sums) => sums.flops),
  shareColumn("flops_share", "Work", "Its part of all FLOPs.", (row) => row.flops_share),
  {
    id: "receptive_field",
    title: "Sees",
    help: "How much of the input one position of its output depends on.",
    width: 84,
    number: true,
    text: (row) => seen(row.receptive_field),
    value: (row) =>
      row.receptive_field === null ? null : row.receptive_field === "whole" ? Infinity : numbers(row.receptive_field),
  },
  { id: "initializer", title: "Begins with", help: "How its weights are drawn at the start.", width: 220, text: (row) => row.initializer, value: (row) => row.initializer },
  { id: "notes", title: "Notes", help: "What to know beside the figures.", width: 360, text: (row) => row.notes.join(" "), value: (row) => row.notes.join(" ") },
];

export const BASIC: readonly string[] = COLUMNS.filter((column) => column.basic).map((column) => column.id);
export const ALL: readonly string[] = COLUMNS.map((column) => column.id);
