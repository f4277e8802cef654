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
  | { readonly kind: "behind"; readonly outlet: Outlet; readonly tensor: Behind }
  | { readonly kind: "before"; readonly id: string; readonly port: number; readonly target: Item | null }
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
  if (place.kind === "from" || place.kind === "behind") return behind(scene, place.id, place.port);
  return { kind: "nowhere" };
}

function behind(scene: Scene, id: string, port = freeOutput(scene, id)): Spot {
  return { kind: "behind", outlet: { id, port }, tensor: tensorAt(scene, id, port) };
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
  const count = shapeList(answers[id]?.shape).length;
  const used = new Set(outOf(design, id).map((edge) => edge.source_port ?? 0));
  const free = Array.from({ length: count }, (_, port) => port).find((port) => !used.has(port));
  return used.has(0) ? (free ?? 0) : 0;
}

/** Why an entry does not suit the spot; null when it does, or when too little is known. */
export function doubt(spot: Spot, item: Item): string | null {
  if (spot.kind === "behind") return misfit(item, spot.tensor);
  if (spot.kind === "before" && spot.target) return cannotFeed(item, spot.target);
  return null;
}

/** What is offered first: what usually goes there and fits, ready joins of loose ends, and inputs that are missing. */
export function offers(scene: Scene, spot: Spot, atMost = 4): readonly Offer[] {
  if (spot.kind === "before")
    return (spot.target ? feeders(scene.catalog, spot.target, atMost) : suggestions(scene.catalog, null)).map(plain);
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
  const shape = tensor.shape;
  if (!shape || outOf(scene.design, outlet.id).some((edge) => (edge.source_port ?? 0) === outlet.port)) return [];
  const others = looseEnds(scene).filter(({ id }) => id !== outlet.id);
  const pairs = others.map((other) => ({ other, theirs: tensorAt(scene, other.id, other.port) }));
  const fitting = pairs.flatMap(({ other, theirs }) => {
    if (!theirs.shape || theirs.dtype !== tensor.dtype) return [];
    const types = [...(sameJson(shape, theirs.shape) ? ["Add"] : []), ...(alongside(shape, theirs.shape) ? ["Concatenate"] : [])];
    return types.map((type) => ({ type, other, details: `${sizes(shape)} and ${sizes(theirs.shape!)}` }));
  });
  return fitting.slice(0, JOINED).flatMap(({ type, other, details }) => {
    const item = itemOf(scene.catalog, type);
    if (!item || misfit(item, tensor)) return [];
    const place: Place = { kind: "join", sources: [outlet, other] };
    return [{ key: `${type}-with-${other.id}`, item, title: `${type} with ${other.id}`, details, place }];
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
