/** How does a new layer come into the drawing? Its name, its place, and the wires it is given. */

import type { Shape } from "../words/numbers";
import { type BlockSpec, blockNode } from "../design/blocks";
import { type Catalog, type LayerSpec, startParams } from "../design/catalog";
import {
  type Design,
  type Edge,
  type Node,
  type Params,
  type Position,
  indexOf,
  nodeOf,
  positionOf,
} from "../design/document";
import { type Edit, apply, wire } from "../design/edits";
import { into } from "../design/graph";
import { type NodeSize, below, directionOf, freeBefore, freePlace, makeRoom, snapped } from "../design/layout";
import { freshId, snake } from "../design/names";
import { type Proposal, judge } from "../design/ports";
import { replaceWire } from "../design/rewire";

export type Place =
  /** `near`: what is selected while it is added, and could be joined. */
  | { readonly kind: "at"; readonly position: Position; readonly near?: readonly string[] }
  /** A wire was dropped on empty canvas: the new node hangs on it. */
  | {
      readonly kind: "from";
      readonly id: string;
      readonly port: number;
      readonly position: Position;
      /** The wire whose end was dropped; it becomes the one to the new node. */
      readonly moving?: Edge;
    }
  | { readonly kind: "behind"; readonly id: string; readonly port?: number }
  /** The new node feeds this input. */
  | {
      readonly kind: "into";
      readonly id: string;
      readonly port: number;
      readonly position?: Position;
      /** The wire whose beginning was dropped; it becomes the one from the new node. */
      readonly moving?: Edge;
    }
  /** The new node takes all of these outputs. */
  | { readonly kind: "join"; readonly sources: readonly Outlet[]; readonly position?: Position }
  | { readonly kind: "on"; readonly edge: Edge; readonly position?: Position };

/** An output of a node. */
export interface Outlet {
  readonly id: string;
  readonly port: number;
}

/** The new node and the edits that bring it in. */
export function placed(
  design: Design,
  catalog: Catalog,
  spec: LayerSpec,
  place: Place,
  size: NodeSize,
): { node: Node; edits: readonly Edit[] } {
  const params = { ...startParams(spec), ...(place.kind === "into" ? inputShape(design, catalog, spec, place.id) : {}) };
  const node: Node = {
    id: freshId(snake(spec.type), indexOf(design)),
    type: spec.type,
    ...(Object.keys(params).length ? { params } : {}),
    position: positionFor(design, place, size),
  };
  if (place.kind === "on" && spec.inputs.length) {
    const edits = onWire(design, node, place.edge, size);
    return { node, edits: wired(design, catalog, edits, again(spec, node, place.edge)) };
  }
  const add: Edit = { kind: "add_node", node };
  if (place.kind === "into" && place.moving) return { node, edits: [add, ...fedBy(design, node, place.moving)] };
  const moving = place.kind === "from" ? place.moving : undefined;
  const edits: readonly Edit[] = moving ? [add, { kind: "disconnect", edge: moving }] : [add];
  return { node, edits: wired(design, catalog, edits, proposals(spec, node, place)) };
}

/** The wire's beginning goes to the new node; its place among the inputs of what it feeds stays. */
function fedBy(design: Design, node: Node, moving: Edge): readonly Edit[] {
  const grown = { ...design, nodes: [...design.nodes, node] };
  return replaceWire(grown, moving, wire(node.id, moving.target, 0, moving.target_port));
}

/** Where the corner of a node goes whose port is at a point: its first input, or its output. */
export function cornerAt(design: Design, [x, y]: Position, port: "in" | "out", size: NodeSize): Position {
  if (directionOf(design) === "right") return [port === "in" ? x : x - size.width, y - size.height / 2];
  return [x - size.width / 2, port === "in" ? y : y - size.height];
}

/** A ready block, fitted to what comes in there, and the edits that bring it in. Throws EditRefused in words. */
export function placedBlock(
  design: Design,
  catalog: Catalog,
  block: BlockSpec,
  shape: Shape | null,
  place: Place,
  size: NodeSize,
): { node: Node; edits: readonly Edit[] } {
  const node = blockNode(design, block, shape, positionFor(design, place, size), size);
  if (place.kind === "on") return { node, edits: onWire(design, node, place.edge, size) };
  return { node, edits: wired(design, catalog, [{ kind: "add_node", node }], proposals(ONE_IN, node, place)) };
}

/** How a ready block takes wires: one comes in. */
const ONE_IN: Wiring = { family: "core", inputs: [{ name: "inputs", many: false, optional: false }] };

type Wiring = Pick<LayerSpec, "family" | "inputs">;

/** The wires that a new node is given, as far as they may be drawn. */
function proposals(spec: Wiring, node: Node, place: Place): readonly Proposal[] {
  if (place.kind === "into") return [{ source: node.id, sourcePort: 0, target: place.id, port: place.port }];
  if (!spec.inputs.length) return [];
  if (place.kind === "join") return place.sources.map(({ id, port }) => ({ source: id, sourcePort: port, target: node.id }));
  if (place.kind !== "behind" && place.kind !== "from") return [];
  const wire = { source: place.id, source_port: place.port ?? 0, target: node.id };
  return [{ source: wire.source, sourcePort: wire.source_port, target: node.id }, ...again(spec, node, wire)];
}

/** Attention that is put behind one tensor looks at that tensor itself: query and value are the same. */
function again(spec: Wiring, node: Node, wire: Edge): readonly Proposal[] {
  if (spec.family !== "attend") return [];
  const needed = spec.inputs.map((port, index) => ({ port, index })).filter(({ port, index }) => index && !port.optional);
  return needed.map(({ index }) => ({
    source: wire.source,
    sourcePort: wire.source_port ?? 0,
    target: node.id,
    port: index,
  }));
}

function wired(design: Design, catalog: Catalog, edits: readonly Edit[], proposals: readonly Proposal[]): readonly Edit[] {
  const all = [...edits];
  let now = proposals.length ? edits.reduce(apply, design) : design;
  for (const proposal of proposals) {
    const verdict = judge(now, catalog, proposal);
    if (!verdict.ok) continue;
    const connect: Edit = { kind: "connect", edge: verdict.edge, replace: verdict.replace };
    now = apply(now, connect);
    all.push(connect);
  }
  return all;
}

/** An input that feeds a layer begins with what that layer usually takes. */
function inputShape(design: Design, catalog: Catalog, spec: LayerSpec, id: string): Params {
  if (spec.type !== "InputLayer") return {};
  const target = nodeOf(design, id);
  const other = target && into(design, id).map((edge) => nodeOf(design, edge.source)).find((node) => node?.type === "InputLayer");
  const shape = other?.params?.shape ?? (target && catalog.of(design, target)?.example?.inputs[0]);
  return shape === undefined ? {} : { shape };
}

function positionFor(design: Design, place: Place, size: NodeSize): Position {
  switch (place.kind) {
    case "at":
    case "from":
      return freePlace(design, snapped(place.position), size);
    case "behind":
      return freePlace(design, below(positionOf(nodeOf(design, place.id)!), size, directionOf(design)), size);
    case "into":
      return place.position
        ? freePlace(design, snapped(place.position), size)
        : freeBefore(design, positionOf(nodeOf(design, place.id)!), size);
    case "join":
      return freePlace(design, place.position ? snapped(place.position) : belowAll(design, place.sources, size), size);
    case "on":
      return onWirePosition(design, place.edge, place.position, size);
  }
}

/** Behind the last of the sources, in the middle between them. */
function belowAll(design: Design, sources: readonly Outlet[], size: NodeSize): Position {
  const along = directionOf(design) === "right" ? 0 : 1;
  const places = sources.map(({ id }) => positionOf(nodeOf(design, id)!));
  const at = [0, 1].map((axis) => {
    const values = places.map((place) => place[axis as 0 | 1]);
    return axis === along ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  return snapped(below([at[0]!, at[1]!], size, directionOf(design)));
}

/** Behind the source, unless the wire is long enough to take the node where it was dropped. */
function onWirePosition(design: Design, edge: Edge, dropped: Position | undefined, size: NodeSize): Position {
  const direction = directionOf(design);
  const [along, across] = direction === "right" ? ([0, 1] as const) : ([1, 0] as const);
  const source = positionOf(nodeOf(design, edge.source)!);
  const behind = below(source, size, direction);
  if (!dropped || dropped[along] < behind[along]) return behind;
  const near = Math.abs(dropped[across] - source[across]) < (across ? size.height : size.width) / 2;
  const level = near ? source[across] : dropped[across];
  return snapped(along ? [level, dropped[1]] : [dropped[0], level]);
}

/** Where a layer that is put on a wire goes, and what makes room for it. */
export function settledOnWire(
  design: Design,
  id: string,
  edge: Edge,
  dropped: Position,
  size: NodeSize,
): { readonly [id: string]: Position } {
  const position = onWirePosition(design, edge, dropped, size);
  return { ...makeRoom(design, edge.target, position, size), [id]: position };
}

/** The node on the wire; what lies behind makes room in the same step. */
function onWire(design: Design, node: Node, edge: Edge, size: NodeSize): readonly Edit[] {
  const insert: Edit = { kind: "insert_on_edge", edge, node };
  const positions = makeRoom(design, edge.target, positionOf(node), size);
  return Object.keys(positions).length ? [insert, { kind: "move_nodes", positions }] : [insert];
}
