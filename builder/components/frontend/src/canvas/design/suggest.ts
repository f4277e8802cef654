/** Which layers come next? A short list for the shape that is there, and a search over the catalogue. */

import type { Catalog, LayerSpec } from "./catalog";
import type { Shape } from "../words/numbers";

const START = ["InputLayer", "Dense", "Conv2D", "Dropout", "Flatten", "Add"];

/** By the number of axes of one sample. */
const NEXT: Record<number, readonly string[]> = {
  1: ["Dense", "Dropout", "BatchNormalization", "Activation"],
  2: ["LSTM", "Conv1D", "MultiHeadAttention", "GlobalAveragePooling1D", "LayerNormalization", "Dropout"],
  3: ["Conv2D", "MaxPooling2D", "BatchNormalization", "Flatten", "GlobalAveragePooling2D", "Dropout"],
  4: ["Conv3D", "MaxPooling3D", "BatchNormalization", "Flatten", "GlobalAveragePooling3D"],
};

/** Layers that are often wanted behind an output of this shape; the usual first ones when there is none. */
export function suggestions(catalog: Catalog, shape: Shape | null, after?: string): readonly LayerSpec[] {
  const types = shape ? (NEXT[shape.length] ?? START.slice(1)) : START;
  const specs = types.filter((type) => type !== after || type === "Dense").map((type) => catalog.layer(type));
  return specs.filter((spec) => spec !== undefined).slice(0, shape ? 4 : 6);
}

/** Layers that match the words, best first: by beginning of the name, by name, by summary. */
export function search(catalog: Catalog, text: string): readonly LayerSpec[] {
  const wanted = text.trim().toLowerCase().replaceAll(" ", "");
  if (!wanted) return catalog.layers;
  const ranked = catalog.layers.map((spec) => ({ spec, rank: rankOf(spec, wanted, text.trim().toLowerCase()) }));
  return ranked
    .filter((entry) => entry.rank < 9)
    .sort((a, b) => a.rank - b.rank || a.spec.type.length - b.spec.type.length)
    .map((entry) => entry.spec);
}

function rankOf(spec: LayerSpec, wanted: string, words: string): number {
  const type = spec.type.toLowerCase();
  if (type === wanted) return 0;
  if (type.startsWith(wanted)) return 1;
  if (capitals(spec.type).startsWith(wanted) && wanted.length > 1) return 2;
  if (type.includes(wanted)) return 3;
  return `${spec.summary} ${spec.category}`.toLowerCase().includes(words) ? 4 : 9;
}

function capitals(type: string): string {
  return type.replace(/[^A-Z0-9]/g, "").toLowerCase();
}
