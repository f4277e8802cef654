/** How does a new layer come into the drawing? Its name, its place, and the wires it is given. */

import { type Catalog, type LayerSpec, startParams } from "../design/catalog";
import { type Design, type Edge, type Node, type Position, indexOf, nodeOf, positionOf } from "../design/document";
import type { Edit } from "../design/edits";
import { type NodeSize, below, directionOf, freePlace, makeRoom, snapped } from "../design/layout";
import { freshId, snake } from "../design/names";
import { judge } from "../design/ports";

export type Place =
  | { readonly kind: "at"; readonly position: Position }
  /** A wire was dropped on empty canvas: the new node hangs on it. */
  | { readonly kind: "from"; readonly id: string; readonly port: number; readonly position: Position }
  | { readonly kind: "behind"; readonly id: string }
  | { readonly kind: "on"; readonly edge: Edge; readonly position?: Position };

/** The new node and the edits that bring it in. */
export function placed(
  design: Design,
  catalog: Catalog,
  spec: LayerSpec,
  place: Place,
  size: NodeSize,
): { node: Node; edits: readonly Edit[] } {
  const params = startParams(spec);
  const node: Node = {
    id: freshId(snake(spec.type), indexOf(design)),
    type: spec.type,
    ...(Object.keys(params).length ? { params } : {}),
    position: positionFor(design, place, size),
  };
  if (place.kind === "on" && spec.inputs.length) return { node, edits: onWire(design, node, place.edge, size) };
  const feeder = place.kind === "behind" || place.kind === "from" ? place.id : null;
  const add: Edit = { kind: "add_node", node };
  if (!feeder) return { node, edits: [add] };
  const verdict = judge({ ...design, nodes: [...design.nodes, node] }, catalog, {
    source: feeder,
    sourcePort: place.kind === "from" ? place.port : 0,
    target: node.id,
  });
  return { node, edits: verdict.ok ? [add, { kind: "connect", edge: verdict.edge }] : [add] };
}

function positionFor(design: Design, place: Place, size: NodeSize): Position {
  switch (place.kind) {
    case "at":
    case "from":
      return freePlace(design, snapped(place.position), size);
    case "behind":
      return freePlace(design, below(positionOf(nodeOf(design, place.id)!), size, directionOf(design)), size);
    case "on":
      return onWirePosition(design, place.edge, place.position, size);
  }
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

/** The node on the wire; what lies behind makes room in the same step. */
function onWire(design: Design, node: Node, edge: Edge, size: NodeSize): readonly Edit[] {
  const insert: Edit = { kind: "insert_on_edge", edge, node };
  const positions = makeRoom(design, edge.target, positionOf(node), size);
  return Object.keys(positions).length ? [insert, { kind: "move_nodes", positions }] : [insert];
}
