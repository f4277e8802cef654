/** What layers are there, and what can be set on them? The catalogue as Python derives it from Keras. */

import type { Design, Json, Node, Params } from "./document";
import { nodeAlong } from "./nesting";

export type Family = "io" | "core" | "conv" | "recur" | "attend" | "steady" | "shape" | "bend" | "merge";

export interface PortSpec {
  readonly name: string;
  readonly many: boolean;
  readonly optional: boolean;
}

export type ParamKind = "int" | "float" | "bool" | "choice" | "ints" | "shape" | "text" | "json";

export interface ParamSpec {
  readonly name: string;
  readonly kind: ParamKind;
  readonly default: Json;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly choices: readonly string[];
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly length: number | null;
  readonly basic: boolean;
  readonly start: Json;
  readonly help: string;
}

export interface LayerSpec {
  readonly type: string;
  readonly category: string;
  readonly family: Family;
  readonly summary: string;
  readonly help: string;
  readonly inputs: readonly PortSpec[];
  readonly outputs: number;
  readonly params: readonly ParamSpec[];
  /** Arguments of the call that are not tensors. */
  readonly args?: readonly ParamSpec[];
  readonly aliases?: readonly string[];
  readonly trainable: boolean;
  readonly min_rank: number | null;
  readonly max_rank: number | null;
  readonly dtype: string;
}

/** The catalogue with its layers by type. */
export class Catalog {
  readonly layers: readonly LayerSpec[];
  private readonly byType: ReadonlyMap<string, LayerSpec>;

  constructor(
    layers: readonly LayerSpec[],
    readonly common: readonly ParamSpec[] = [],
  ) {
    this.layers = layers;
    this.byType = new Map(
      layers.flatMap((layer) => [layer.type, ...(layer.aliases ?? [])].map((name) => [name, layer] as const)),
    );
  }

  layer(type: string): LayerSpec | undefined {
    return this.byType.get(type);
  }

  /** The layer that a node stands for; a `Call` stands for the layer that it calls again. */
  of(design: Design, node: Node): LayerSpec | undefined {
    const called = node.type === "Call" && node.of ? nodeAlong(design, node.of) : undefined;
    return this.layer(called && called.type !== "Call" ? called.type : node.type);
  }
}

/** What is set on a layer of this type when it is dropped. */
export function startParams(spec: LayerSpec): Params {
  return Object.fromEntries(
    spec.params.filter((param) => param.start !== null && param.start !== undefined).map((p) => [p.name, p.start]),
  );
}

export const FAMILIES: readonly { family: Family; title: string; glyph: string }[] = [
  { family: "io", title: "Inputs, preparation", glyph: "input" },
  { family: "core", title: "Core", glyph: "dense" },
  { family: "conv", title: "Convolution", glyph: "conv" },
  { family: "shape", title: "Pooling, reshaping", glyph: "pool" },
  { family: "steady", title: "Norm, dropout", glyph: "norm" },
  { family: "merge", title: "Merging", glyph: "add" },
  { family: "bend", title: "Activation", glyph: "act" },
  { family: "recur", title: "Recurrent", glyph: "recur" },
  { family: "attend", title: "Attention", glyph: "attend" },
];

const GLYPHS: readonly [RegExp, string][] = [
  [/^Rescaling|^(Normalization|Discretization)$/, "scale"],
  [/Embedding/, "embed"],
  [/^(Flatten|Reshape|Permute|RepeatVector)$/, "flat"],
  [/Dropout|Noise/, "drop"],
  [/^Concatenate$/, "concat"],
  [/^Model$/, "model"],
];

/** The name of the picture for a layer type. */
export function glyphOf(type: string, family: Family | undefined): string {
  const special = GLYPHS.find(([pattern]) => pattern.test(type));
  return special?.[1] ?? FAMILIES.find((entry) => entry.family === family)?.glyph ?? "model";
}
