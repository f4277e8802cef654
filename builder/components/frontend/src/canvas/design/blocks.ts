/**
 * Which ready blocks can be put into a drawing? Each is a small network that fits itself to the shape that comes in.
 *
 * They come with the catalogue (builder/project/ready_blocks.py); values such as "$channels/4" are worked out alike there
 * and here, as tests/project/block_values.json tells.
 */

import type { Example } from "./catalog";
import { type Design, type Json, type Node, type Params, type Position, indexOf, nodeOf, sameJson } from "./document";
import { type Edit, EditRefused, inside } from "./edits";
import { type NodeSize, directionOf, layout } from "./layout";
import { freshId } from "./names";
import { inputKeys } from "./outputs";
import { kindOf } from "../words/kinds";
import type { Shape } from "../words/numbers";

export interface BlockSpec {
  /** What a node made of it is called. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** What people also call it. */
  readonly keywords: readonly string[];
  /** Axes that must come in, batch included. */
  readonly rank: number;
  readonly example: Example;
  /** The network, with values that are still to be worked out. */
  readonly graph: Design;
}

/** The network of a block for what comes in. Throws EditRefused in words. */
export function resolved(block: BlockSpec, shape: Shape): Design {
  if (shape.length + 1 !== block.rank)
    throw new EditRefused(`${block.title} needs ${kindOf(block.rank - 1)}; ${kindOf(shape.length)} come in here.`);
  const nodes = block.graph.nodes.map((node) => ({ ...node, ...filled(node, block.title, shape) }));
  return { ...block.graph, nodes };
}

function filled({ params }: Node, title: string, shape: Shape): { params?: Params } {
  if (!params) return {};
  return { params: Object.fromEntries(Object.entries(params).map(([name, written]) => [name, value(written, title, shape)])) };
}

const NUMBER = /^\$(channels|features|steps|height|width)(?:([*/%])([0-9]+))?$/;
const MANY: { readonly [axis: string]: string } = {
  channels: "channels",
  features: "features",
  steps: "steps",
  height: "rows",
  width: "columns",
};

/** What a written value stands for: itself, the shape, or a number worked out from an axis of it. */
export function value(written: Json, title: string, shape: Shape): Json {
  if (written === "$shape") return [...shape];
  if (Array.isArray(written)) return (written as readonly Json[]).map((part) => value(part, title, shape));
  const match = typeof written === "string" ? NUMBER.exec(written) : null;
  if (!match) return written;
  const [, axis = "", sign, by = "1"] = match;
  const size = shape[axis === "channels" || axis === "features" ? shape.length - 1 : axis === "width" ? 1 : 0];
  if (size === null || size === undefined)
    throw new EditRefused(`${title} needs to know how many ${MANY[axis]} come in; any number may.`);
  return workedOut(size, sign, Number(by));
}

/** A share is rounded down and at least 1. */
function workedOut(size: number, sign: string | undefined, by: number): number {
  if (sign === "%") return size % by;
  return sign === "/" ? Math.max(1, Math.floor(size / by)) : size * by;
}

/** The node of a block for what comes in (its usual input where that is not known), laid out inside. */
export function blockNode(design: Design, block: BlockSpec, shape: Shape | null, position: Position, size: NodeSize): Node {
  const looks = directionOf(design) === "right" ? { ui: { direction: "right" } } : {};
  const graph = { ...resolved(block, shape ?? block.example.inputs[0]!), ...looks };
  const places = layout(graph, size);
  const nodes = graph.nodes.map((node) => ({ ...node, position: places[node.id]! }));
  const id = freshId(`${block.name}_1`, indexOf(design));
  return { id, type: "Model", graph: { ...graph, name: id, nodes }, position, ui: { block: block.name } };
}

/**
 * What must be set inside a block so that it takes what comes in: the shapes of its inputs, and in a ready block the numbers
 * that follow from them. Empty when it fits, and where nothing is known.
 */
export function fitting(node: Node, blocks: readonly BlockSpec[], shapes: readonly (Shape | null)[]): readonly Edit[] {
  const graph = node.graph;
  if (!graph) return [];
  const edits = inputKeys(graph).flatMap(([, id], index): Edit[] => {
    const [shape, inner] = [shapes[index] ?? null, nodeOf(graph, id)];
    if (!shape || !inner || sameJson(inner.params?.shape, shape)) return [];
    return [{ kind: "set_params", id, params: { shape: [...shape] } }];
  });
  const block = blocks.find(({ name }) => name === node.ui?.block);
  const inner = edits.length && block && shapes[0] ? [...edits.slice(1), ...followed(graph, block, shapes[0])] : edits;
  return inner.map((edit) => inside([node.id], edit));
}

/** The numbers of a ready block that follow from the shape, where the layer that holds them is still there. */
function followed(graph: Design, block: BlockSpec, shape: Shape): readonly Edit[] {
  return resolved(block, shape).nodes.flatMap((wanted, index): Edit[] => {
    const written = block.graph.nodes[index]!.params ?? {};
    const there = nodeOf(graph, wanted.id);
    if (there?.type !== wanted.type) return [];
    const names = Object.keys(written).filter((name) => !sameJson(written[name], wanted.params![name]));
    const params = Object.fromEntries(names.map((name) => [name, wanted.params![name]!]));
    return names.length ? [{ kind: "set_params", id: wanted.id, params }] : [];
  });
}
