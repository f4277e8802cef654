/** What is offered at this place of the drawing? Entries with the reason where they do not fit, and ready joins. */

import type { Catalog } from "../design/catalog";
import { type Design, nodeOf, sameJson } from "../design/document";
import { cannotFeed, misfit } from "../design/fits";
import { outOf } from "../design/graph";
import { type Item, itemOf, itemsOf } from "../design/items";
import { type InPort, inPorts } from "../design/ports";
import { type Found, search } from "../design/search";
import { type Behind, feeders, suggestions } from "../design/suggest";
import { type Shape, shape as sizes, shapeList } from "../words/numbers";
import type { Answers } from "./answers";
import type { Outlet, Place } from "./placing";

/** What the drawing knows that offers depend on. */
export interface Scene {
  readonly design: Design;
  readonly answers: Answers;
  readonly catalog: Catalog;
}

/** Where something is to be added: behind an output, in front of an input, or nowhere in particular. */
export type Spot =
  | {
      readonly kind: "behind";
      readonly outlet: Outlet;
      readonly tensor: Behind;
      /** What else comes out there, where the output is still to be chosen. */
      readonly besides: readonly Behind[];
    }
  | { readonly kind: "before"; readonly id: string; readonly port: number; readonly target: Item | null }
  /** Several layers are selected, which could be joined. */
  | { readonly kind: "several"; readonly outlets: readonly Outlet[]; readonly tensors: readonly Behind[] }
  | { readonly kind: "nowhere" };

export interface Offer {
  readonly key: string;
  readonly item: Item;
  /** Said instead of the item's own title. */
  readonly title: string;
  readonly details: string;
  /** Where it goes, when that is another place than the one that was asked for. */
  readonly place?: Place;
}

/** The spot that a place in the drawing stands for. */
export function spotOf(scene: Scene, place: Place): Spot {
  if (place.kind === "into") return before(scene, place.id, place.port);
  if (place.kind === "on") return behind(scene, place.edge.source, place.edge.source_port ?? 0);
  if (place.kind === "from") return behind(scene, place.id, place.port);
  if (place.kind === "behind") return behind(scene, place.id, place.port, outputsOf(scene, place.id));
  if (place.kind === "at" && place.near && place.near.length > 1) return several(scene, place.near);
  return { kind: "nowhere" };
}

function behind(scene: Scene, id: string, port = freeOutput(scene, id), outputs: readonly number[] = []): Spot {
  const besides = outputs.filter((other) => other !== port).map((other) => tensorAt(scene, id, other));
  return { kind: "behind", outlet: { id, port }, tensor: tensorAt(scene, id, port), besides };
}

function several(scene: Scene, ids: readonly string[]): Spot {
  const outlets = ids.map((id) => ({ id, port: freeOutput(scene, id) }));
  return { kind: "several", outlets, tensors: outlets.map(({ id, port }) => tensorAt(scene, id, port)) };
}

function outputsOf({ answers }: Pick<Scene, "answers">, id: string): readonly number[] {
  return shapeList(answers[id]?.shape).map((_, port) => port);
}

/** The output that the entry takes when it is put behind a node of several: a free one first, then any that fits. */
export function outputFor(scene: Scene, id: string, item: Item): number {
  const free = freeOutput(scene, id);
  const order = [free, ...outputsOf(scene, id).filter((port) => port !== free)];
  return order.find((port) => misfit(item, tensorAt(scene, id, port)) === null) ?? free;
}

function before({ design, catalog }: Scene, id: string, port: number): Spot {
  const node = nodeOf(design, id);
  const spec = node && catalog.of(design, node);
  return { kind: "before", id, port, target: (spec && itemOf(catalog, spec.type)) ?? null };
}

export function tensorAt({ design, answers, catalog }: Scene, id: string, port: number): Behind {
  const node = nodeOf(design, id);
  const dtypes = answers[id]?.dtype ?? null;
  return {
    shape: shapeList(answers[id]?.shape)[port] ?? null,
    dtype: typeof dtypes === "string" ? dtypes : (dtypes?.[port] ?? null),
    type: (node && catalog.of(design, node)?.type) ?? node?.type ?? "",
  };
}

/** The first output that feeds nothing yet, else the first. */
export function freeOutput({ design, answers }: Pick<Scene, "design" | "answers">, id: string): number {
  const used = new Set(outOf(design, id).map((edge) => edge.source_port ?? 0));
  const free = outputsOf({ answers }, id).find((port) => !used.has(port));
  return used.has(0) ? (free ?? 0) : 0;
}

/** Why an entry does not suit the spot; null when it does, or when too little is known. */
export function doubt(spot: Spot, item: Item): string | null {
  if (spot.kind === "behind")
    return spot.besides.some((other) => misfit(item, other) === null) ? null : misfit(item, spot.tensor);
  if (spot.kind === "before" && spot.target) return cannotFeed(item, spot.target);
  return null;
}

/** What is offered first: what usually goes there and fits, ready joins of loose ends, and inputs that are missing. */
export function offers(scene: Scene, spot: Spot, atMost = 4): readonly Offer[] {
  if (spot.kind === "before")
    return (spot.target ? feeders(scene.catalog, spot.target, atMost) : suggestions(scene.catalog, null)).map(plain);
  if (spot.kind === "several") return [...joinsOf(scene, spot), ...suggestions(scene.catalog, null, atMost).map(plain)];
  if (spot.kind === "nowhere") return suggestions(scene.catalog, null, atMost).map(plain);
  return [
    ...joins(scene, spot),
    ...suggestions(scene.catalog, spot.tensor, atMost).map(plain),
    ...missing(scene, spot.outlet.id),
  ];
}

function plain(item: Item): Offer {
  return { key: item.key, item, title: item.title, details: item.summary };
}

const JOINED = 2;

/** Add and Concatenate with other ends that feed nothing, where the shapes allow it. */
function joins(scene: Scene, { outlet, tensor }: Extract<Spot, { kind: "behind" }>): readonly Offer[] {
  if (outOf(scene.design, outlet.id).some((edge) => (edge.source_port ?? 0) === outlet.port)) return [];
  const others = looseEnds(scene).filter(({ id }) => id !== outlet.id);
  const found = others.flatMap((other) => {
    const tensors = [tensor, tensorAt(scene, other.id, other.port)];
    return joined(scene, [outlet, other], tensors, ["Add", "Concatenate"], (type) => `${type} with ${other.id}`);
  });
  return found.slice(0, JOINED);
}

/** Layers that join all that is selected. */
function joinsOf(scene: Scene, { outlets, tensors }: Extract<Spot, { kind: "several" }>): readonly Offer[] {
  const [first, second] = outlets;
  const names = outlets.length === 2 ? `${first!.id} and ${second!.id}` : `${outlets.length} layers`;
  return joined(scene, outlets, tensors, ["Add", "Concatenate", "Multiply"], (type) => `${type} ${names}`);
}

/** The types that take these outputs together. */
function joined(
  scene: Scene,
  sources: readonly Outlet[],
  tensors: readonly Behind[],
  types: readonly string[],
  title: (type: string) => string,
): readonly Offer[] {
  return types.flatMap((type) => {
    const item = itemOf(scene.catalog, type);
    if (!item || !together(type, tensors) || tensors.some((tensor) => misfit(item, tensor) !== null)) return [];
    const details = tensors.map(({ shape }) => sizes(shape!)).join(" and ");
    const key = [type, "with", ...sources.slice(1).map(({ id }) => id)].join("-");
    return [{ key, item, title: title(type), details, place: { kind: "join" as const, sources } }];
  });
}

/** Concatenate needs equal sizes but for the last axis, the others equal ones; and all need one kind of numbers. */
function together(type: string, tensors: readonly Behind[]): boolean {
  const [first, ...rest] = tensors;
  return rest.every(({ shape, dtype }) => {
    if (!first?.shape || !shape || dtype !== first.dtype) return false;
    return type === "Concatenate" ? alongside(first.shape, shape) : sameJson(first.shape, shape);
  });
}

/** Whether two tensors can be put side by side: equal but for the last axis. */
function alongside(one: Shape, other: Shape): boolean {
  return one.length > 0 && one.length === other.length && sameJson(one.slice(0, -1), other.slice(0, -1));
}

/** Outputs that feed nothing, of nodes that are fed or feed themselves. */
function looseEnds({ design }: Scene): readonly Outlet[] {
  return design.nodes.filter((node) => !outOf(design, node.id).length).map((node) => ({ id: node.id, port: 0 }));
}

/** A further input for a node that wants more than it has. */
function missing({ design, catalog }: Scene, id: string): readonly Offer[] {
  const node = nodeOf(design, id);
  const item = itemOf(catalog, "InputLayer");
  const port = node && item && lacking(inPorts(design, catalog, node), itemOf(catalog, node.type)?.joins === true);
  if (!port || !item) return [];
  const details = port.many ? `one more for ${id}` : `for ${port.name} of ${id}`;
  const place: Place = { kind: "into", id, port: port.index };
  return [{ key: "another-input", item, title: port.edges.length ? "Another input" : "An input", details, place }];
}

/** The first port that has too few wires: none where one is needed, under two where things are joined. */
function lacking(ports: readonly InPort[], joins: boolean): InPort | undefined {
  return ports.find((port) => !port.optional && port.edges.length < (port.many && joins ? 2 : 1));
}

/** What these words find for this spot: the same order wherever they are typed. */
export function searched(catalog: Catalog, spot: Spot, text: string): readonly Found[] {
  return search(itemsOf(catalog), text, (item) => doubt(spot, item) === null);
}

/** What is not yet shown, what fits before what does not. */
export function others(catalog: Catalog, spot: Spot, shown: ReadonlySet<string>): readonly Item[] {
  const rest = itemsOf(catalog).filter((item) => !shown.has(item.key));
  return [...rest].sort((a, b) => Number(doubt(spot, a) !== null) - Number(doubt(spot, b) !== null));
}
