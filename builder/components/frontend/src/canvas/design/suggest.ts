/** Which entries come next? Ranked by hand by what comes out and by what usually follows; never what cannot take it. */

import type { Catalog } from "./catalog";
import { type Tensor, cannotFeed, misfit } from "./fits";
import { type Item, itemOf } from "./items";
import { isWhole } from "../words/kinds";

/** Where a suggestion is asked for: what comes out, and behind which type. */
export interface Behind extends Tensor {
  readonly type: string;
}

const START = ["InputLayer", "Dense", "Conv2D", "Dropout", "Flatten", "Add"];

/** What usually follows a type, by the number of axes of one sample; the first rule that matches counts. */
const FOLLOWING: readonly (readonly [RegExp, { readonly [axes: number]: string }])[] = [
  [
    /^(Separable|Depthwise)?Conv\dD(Transpose)?$/,
    {
      2: "BatchNormalization MaxPooling1D Activation Conv1D GlobalAveragePooling1D",
      3: "BatchNormalization MaxPooling2D Activation Conv2D GlobalAveragePooling2D",
      4: "BatchNormalization MaxPooling3D Activation Conv3D",
    },
  ],
  [
    /^(BatchNormalization|GroupNormalization)$/,
    {
      1: "Activation Dense Dropout",
      2: "Activation Conv1D MaxPooling1D LSTM",
      3: "Activation Conv2D MaxPooling2D Dropout",
      4: "Activation Conv3D MaxPooling3D",
    },
  ],
  [
    /Pooling\dD$/,
    {
      1: "Dense Dropout BatchNormalization",
      2: "Conv1D LSTM GlobalAveragePooling1D Dropout",
      3: "Conv2D block:residual Dropout Flatten",
      4: "Conv3D Dropout Flatten",
    },
  ],
  [
    /^(Activation|.*ReLU|ELU)$/,
    {
      1: "Dense Dropout BatchNormalization",
      2: "Conv1D MaxPooling1D Dropout GlobalAveragePooling1D",
      3: "Conv2D MaxPooling2D block:residual Flatten",
      4: "Conv3D MaxPooling3D Dropout",
    },
  ],
  [/Embedding$/, { 2: "LSTM MultiHeadAttention block:transformer_encoder GlobalAveragePooling1D Conv1D" }],
  [
    /^(LSTM|GRU|SimpleRNN|RNN|Bidirectional)$/,
    { 1: "Dense Dropout RepeatVector BatchNormalization", 2: "LSTM Dropout GlobalAveragePooling1D MultiHeadAttention" },
  ],
  [/Attention$/, { 2: "Dropout LayerNormalization Dense GlobalAveragePooling1D" }],
  [
    /^(LayerNormalization|RMSNormalization)$/,
    { 1: "Dense Dropout", 2: "MultiHeadAttention Dense GlobalAveragePooling1D LSTM", 3: "Conv2D DepthwiseConv2D Dense" },
  ],
  [
    /^(Add|Average|Multiply|ops\.(add|multiply))$/,
    { 1: "Activation Dense LayerNormalization", 2: "LayerNormalization Dense LSTM", 3: "Activation Conv2D MaxPooling2D" },
  ],
  [/^Dropout$/, { 1: "Dense BatchNormalization", 2: "LSTM Conv1D LayerNormalization", 3: "Conv2D Flatten MaxPooling2D" }],
  [/^(Rescaling|Random\w+|Resizing|CenterCrop)$/, { 3: "Conv2D RandomFlip RandomRotation Flatten" }],
  [/^InputLayer$/, { 1: "Dense Normalization Reshape", 3: "Rescaling Conv2D RandomFlip Flatten" }],
];

/** What is wanted behind an output of this kind, whatever it comes from. */
const USUALLY: { readonly [axes: number]: string } = {
  0: "Rescaling Activation",
  1: "Dense Dropout BatchNormalization Activation",
  2: "LSTM Conv1D MultiHeadAttention GlobalAveragePooling1D LayerNormalization Dropout",
  3: "Conv2D MaxPooling2D BatchNormalization Flatten GlobalAveragePooling2D Dropout",
  4: "Conv3D MaxPooling3D BatchNormalization Flatten GlobalAveragePooling3D",
};
const WORDS = "TextVectorization StringLookup Hashing";
const WHOLE = "Embedding CategoryEncoding IntegerLookup";
/** Whole numbers in rows mean words or classes only where they enter or were looked up. */
const GIVES_INDICES = /^(InputLayer|TextVectorization|StringLookup|IntegerLookup|Hashing|Discretization|HashedCrossing)$/;

/** Entries that are often wanted behind this output, all of which take it; the first ones of a drawing when there is none. */
export function suggestions(catalog: Catalog, behind: Behind | null, atMost = 4): readonly Item[] {
  if (!behind?.shape) return known(catalog, START);
  const names = [...special(behind), ...following(behind), ...list(USUALLY[behind.shape.length])];
  return known(catalog, [...new Set(names)])
    .filter((item) => misfit(item, behind) === null)
    .slice(0, atMost);
}

function special({ dtype, type, shape }: Behind): readonly string[] {
  if (dtype === "string") return list(WORDS);
  return dtype !== null && isWhole(dtype) && (shape?.length ?? 9) < 2 && GIVES_INDICES.test(type) ? list(WHOLE) : [];
}

function following({ type, shape }: Behind): readonly string[] {
  return list(FOLLOWING.find(([pattern]) => pattern.test(type))?.[1][shape!.length]);
}

function list(names: string | undefined): readonly string[] {
  return names?.split(" ") ?? [];
}

function known(catalog: Catalog, names: readonly string[]): readonly Item[] {
  return names.map((name) => itemOf(catalog, name)).filter((item) => item !== undefined);
}

/** What usually feeds a port that needs so many axes. */
const FEEDING: { readonly [axes: number]: string } = {
  1: "InputLayer Dense Flatten GlobalAveragePooling2D",
  2: "InputLayer Embedding LSTM Conv1D",
  3: "InputLayer Conv2D MaxPooling2D Rescaling",
  4: "InputLayer Conv3D MaxPooling3D",
};

/** Entries that could feed this one, the usual ones first, all of which give what it needs. */
export function feeders(catalog: Catalog, target: Item, atMost = 4): readonly Item[] {
  const axes = (target.example?.inputs[0]?.length ?? (target.ranks[0] ?? 2) - 1) || 1;
  const first = target.dtype === "string" ? ["InputLayer"] : list(FEEDING[axes] ?? "InputLayer");
  return known(catalog, first)
    .filter((item) => cannotFeed(item, target) === null)
    .slice(0, atMost);
}
