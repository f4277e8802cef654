/** What can be taken from the palette? Layers and operations of the catalogue and ready blocks, in one form. */

import type { BlockSpec } from "./blocks";
import { type Catalog, type Example, FAMILIES, type Family, type LayerSpec, glyphOf } from "./catalog";

/** One entry of the palette and of the quick list. */
export interface Item {
  /** Stable name, kept for favourites: the type of a layer, or "block:" and the name of a ready block. */
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly family: Family | "block";
  readonly glyph: string;
  /** What people also call it. */
  readonly words: readonly string[];
  /** Earlier names that Keras still knows. */
  readonly aliases: readonly string[];
  /** Whether data can come in. */
  readonly fed: boolean;
  /** Takes two tensors or more to make one. */
  readonly joins: boolean;
  /** Least and most axes of what comes in, batch included; null: any. */
  readonly ranks: readonly [number | null, number | null];
  readonly dtype: string;
  readonly takesWhole: boolean;
  readonly example: Example | null;
  readonly spec?: LayerSpec;
  readonly block?: BlockSpec;
}

const made = new WeakMap<Catalog, readonly Item[]>();

/** Everything that can be taken, the usual ones of each family first. */
export function itemsOf(catalog: Catalog): readonly Item[] {
  let items = made.get(catalog);
  if (!items) {
    items = byUse([...catalog.layers.map(layerItem), ...catalog.blocks.map(blockItem)]);
    made.set(catalog, items);
  }
  return items;
}

export function itemOf(catalog: Catalog, key: string): Item | undefined {
  return itemsOf(catalog).find((item) => item.key === key);
}

function layerItem(spec: LayerSpec): Item {
  return {
    key: spec.type,
    title: spec.type,
    summary: spec.summary,
    family: spec.family,
    glyph: glyphOf(spec.type, spec.family),
    words: spec.keywords ?? [],
    aliases: spec.aliases ?? [],
    fed: spec.inputs.length > 0,
    joins: spec.inputs[0]?.many === true || (spec.family === "merge" && spec.inputs.length > 1),
    ranks: [spec.min_rank, spec.max_rank],
    dtype: spec.dtype,
    takesWhole: spec.takes_whole ?? true,
    example: spec.example ?? null,
    spec,
  };
}

function blockItem(block: BlockSpec): Item {
  return {
    key: `block:${block.name}`,
    title: block.title,
    summary: block.summary,
    family: "block",
    glyph: "model",
    words: block.keywords,
    aliases: [],
    fed: true,
    joins: false,
    ranks: [block.rank, block.rank],
    dtype: "float",
    takesWhole: false,
    example: block.example,
    block,
  };
}

/** The layers of most networks, the most usual first: by what first courses and published networks use. */
const USUAL = (
  "InputLayer Dense Conv2D Dropout Flatten MaxPooling2D BatchNormalization Activation Embedding LSTM Add Concatenate " +
  "GlobalAveragePooling2D LayerNormalization MultiHeadAttention GRU Conv1D Rescaling ReLU Reshape Bidirectional " +
  "GlobalAveragePooling1D Normalization Multiply DepthwiseConv2D SeparableConv2D Conv2DTranspose UpSampling2D MaxPooling1D " +
  "AveragePooling2D GlobalMaxPooling2D GlobalMaxPooling1D TimeDistributed Conv3D MaxPooling3D Softmax LeakyReLU ZeroPadding2D " +
  "RandomFlip RandomRotation RandomZoom Resizing TextVectorization StringLookup CategoryEncoding Attention RepeatVector Permute " +
  "block:residual block:transformer_encoder block:squeeze_excite block:bottleneck block:inception block:unet_step"
).split(" ");
const places = new Map(USUAL.map((type, index) => [type, index]));

/** Smaller is more usual; operations come after layers. */
export function rarity(item: Item): number {
  return places.get(item.key) ?? USUAL.length + (item.key.startsWith("ops.") ? 1 : 0);
}

function byUse(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => rarity(a) - rarity(b));
}

export interface Group {
  readonly family: Item["family"];
  readonly title: string;
  readonly glyph: string;
  readonly items: readonly Item[];
}

/** The families that have something in them, in the order of the palette. */
export function groupsOf(items: readonly Item[]): readonly Group[] {
  const groups = [...FAMILIES, { family: "block" as const, title: "Blocks", glyph: "model" }];
  return groups
    .map((group) => ({ ...group, items: items.filter((item) => item.family === group.family) }))
    .filter((group) => group.items.length > 0);
}
