/** What layers are there, and what can be set on them? The catalogue as Python derives it from Keras. */

import type { BlockSpec } from "./blocks";
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
  /** Closed set of named objects (`initializer`, `layer`, `cell` …): `{type, params}` of that set is accepted too. */
  readonly group?: string;
  /** For `json`: what the value is made of; for a layer within a layer `network`: a nested network may stand there. */
  readonly holds?: string;
  /** For `shape`: an entry may be null, a length that is not known in advance. */
  readonly unknown?: boolean;
}

/** What a layer that was just dropped does to a usual input: shapes of one row, without batch. */
export interface Example {
  readonly inputs: readonly (readonly (number | null)[])[];
  readonly output: readonly (number | null)[];
}

/** Two whole numbers of one layer: `argument` divides `other` evenly, or is not above it. */
export interface Relation {
  readonly kind: "divides" | "at_most";
  readonly argument: string;
  readonly other: string;
}

/** A named object that an argument may hold: an initializer, a regularizer, a constraint, an activation, a cell. */
export interface ObjectSpec {
  readonly group: string;
  readonly type: string;
  /** Strings that mean this object with its default arguments, the usual one first; none: only `{type, params}`. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly params: readonly ParamSpec[];
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
  readonly takes_whole?: boolean;
  /** Names of the outputs that there can be, in order; empty where they depend on what stands inside. */
  readonly output_names?: readonly string[];
  readonly relations?: readonly Relation[];
  /** What people also call it, in small letters. */
  readonly keywords?: readonly string[];
  readonly example?: Example | null;
}

/** The catalogue as it is served: whatever has its default is left out, as in `builder/catalog/spec.py`. */
export interface ServedCatalog {
  readonly layers: readonly Partial<LayerSpec>[];
  readonly common?: readonly Partial<ParamSpec>[];
  readonly objects?: readonly Partial<ObjectSpec>[];
  /** Ready blocks, which the server puts beside the layers. */
  readonly blocks?: readonly BlockSpec[];
}

const PARAM: Omit<ParamSpec, "name" | "kind"> = {
  default: null,
  required: false,
  nullable: false,
  choices: [],
  minimum: null,
  maximum: null,
  length: null,
  basic: false,
  start: null,
  help: "",
  group: "",
  holds: "",
  unknown: false,
};
const LAYER = {
  aliases: [],
  outputs: 1,
  output_names: [],
  trainable: false,
  min_rank: null,
  max_rank: null,
  dtype: "float",
  takes_whole: true,
  takes_bool: true,
  channels: [],
  shortest: null,
  takes_trainable: true,
  relations: [],
  keywords: [],
  example: null,
};

const params = (served: readonly Partial<ParamSpec>[] | undefined): readonly ParamSpec[] =>
  (served ?? []).map((param) => ({ ...PARAM, ...param }) as ParamSpec);

const ports = (served: readonly Partial<PortSpec>[] | undefined): readonly PortSpec[] =>
  (served ?? []).map((port) => ({ many: false, optional: false, ...port }) as PortSpec);

/** The catalogue from what the server sends, with the defaults put back. */
export function served({ layers, common, objects, blocks }: ServedCatalog): Catalog {
  const whole = layers.map(
    (layer) =>
      ({ ...LAYER, ...layer, inputs: ports(layer.inputs), params: params(layer.params), args: params(layer.args) }) as LayerSpec,
  );
  const named = (objects ?? []).map(
    (each) => ({ names: [], summary: "", ...each, params: params(each.params) }) as ObjectSpec,
  );
  return new Catalog(whole, params(common), named, blocks);
}

/** The catalogue with its layers by type. */
export class Catalog {
  readonly layers: readonly LayerSpec[];
  private readonly byType: ReadonlyMap<string, LayerSpec>;

  constructor(
    layers: readonly LayerSpec[],
    readonly common: readonly ParamSpec[] = [],
    readonly objects: readonly ObjectSpec[] = [],
    readonly blocks: readonly BlockSpec[] = [],
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
