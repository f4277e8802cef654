/** How are layers copied, with weights of their own? Beside the drawing, or in a chain behind themselves. */

import { type Design, type Edge, type Node, type Position, edgeKey, positionOf } from "../document";
import { circular, downstream } from "../graph";
import { freshId } from "../names";
import { type Port, portKey, portOf, reference } from "../outputs";
import { EditRefused, wire } from "./kind";
import { reReferenced, renamed } from "./naming";
import { COLUMN, ROW, type Region, region, runsRight } from "./region";
import { closeGaps, distinct } from "./wires";

export type CopyEdit =
  | { kind: "paste"; nodes: readonly Node[]; edges?: readonly Edge[]; offset?: Position }
  | { kind: "repeat"; ids: readonly string[]; times: number };

/** As many as a file may hold. */
const MOST_NODES = 5000;

export function paste(design: Design, nodes: readonly Node[], edges: readonly Edge[], offset: Position): Design {
  const names = freshNames(design, nodes.map((node) => node.id));
  const among = distinct(edges).filter((edge) => names.has(edge.source) && names.has(edge.target));
  const apart: Design = { format: "layerloom/1", name: "", nodes, edges: among };
  const copied = { ...apart, edges: closeGaps(apart, among) };
  if (names.size < nodes.length) throw new EditRefused("Two of the copied layers have the same name.");
  if (circular(copied)) throw new EditRefused("The copied wires run in a circle.");
  const copies = renamed(copied, names);
  const moved = copies.nodes.map((node) => movedBy(node, offset));
  return { ...design, nodes: [...design.nodes, ...moved], edges: [...design.edges, ...copies.edges] };
}

function freshNames(design: Design, ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(design.nodes.map((node) => node.id));
  const names = new Map<string, string>();
  for (const id of ids) {
    const name = freshId(id, taken);
    names.set(id, name);
    taken.add(name);
  }
  return names;
}

function movedBy(node: Node, [dx, dy]: Position): Node {
  const [x, y] = positionOf(node);
  return { ...node, position: [x + dx, y + dy] };
}

/** The design with `times` of the layers in a chain, themselves first; what they fed is fed by the last copy. */
export function repeat(design: Design, ids: readonly string[], times: number): Design {
  const link = region(design, ids);
  if (link.entries.length !== 1 || link.exits.length !== 1) throw noChain(link);
  if (design.nodes.length + link.ids.length * (times - 1) > MOST_NODES)
    throw new EditRefused(`That would be more than ${MOST_NODES} layers. Repeat them fewer times.`);
  const step = stepOf(design, link);
  let grown = movedOn(design, link, multiple(step, times - 1));
  let last = link.exits[0]!;
  for (let number = 1; number < times; number += 1) [grown, last] = behind(grown, link, last, multiple(step, number));
  return ledOn(design, grown, link, last);
}

function noChain(link: Region): EditRefused {
  const [ways, what] = link.entries.length !== 1 ? [link.entries, "in"] : [link.exits, "out"];
  const found = ways.length ? `${ways.length} ways ${what} (${ways.map(reference).join(", ")})` : `no way ${what}`;
  return new EditRefused(`The selected layers have ${found}; a chain needs exactly one.`);
}

/** From one copy to the next, in the direction of the drawing. */
function stepOf(design: Design, link: Region): Position {
  const right = runsRight(design);
  const places = design.nodes.filter((node) => link.ids.includes(node.id)).map((node) => positionOf(node)[right ? 0 : 1]);
  const extent = Math.max(...places) - Math.min(...places);
  return right ? [extent + COLUMN, 0] : [0, extent + ROW];
}

function multiple([dx, dy]: Position, count: number): Position {
  return [dx * count, dy * count];
}

/** Room for the copies: what hangs on the layers moves on. */
function movedOn(design: Design, link: Region, by: Position): Design {
  const hanging = downstream(design, link.exits[0]![0]);
  for (const id of link.ids) hanging.delete(id);
  return { ...design, nodes: design.nodes.map((node) => (hanging.has(node.id) ? movedBy(node, by) : node)) };
}

/** One more copy, fed by `last`; and the port that comes out of it. */
function behind(design: Design, link: Region, last: Port, by: Position): [Design, Port] {
  const names = freshNames(design, link.ids);
  const nodes = design.nodes.filter((node) => names.has(node.id)).map((node) => movedBy(node, by));
  const edges = design.edges.filter((edge) => names.has(edge.target));
  const copies = renamed({ format: "layerloom/1", name: "", nodes, edges }, names);
  const entry = portKey(link.entries[0]!);
  const fed = copies.edges.map((edge) => (sourceKey(edge) === entry ? from(last, edge) : edge));
  const [exit, port] = link.exits[0]!;
  const grown = { ...design, nodes: [...design.nodes, ...copies.nodes], edges: [...design.edges, ...fed] };
  return [grown, [names.get(exit)!, port]];
}

function sourceKey(edge: Edge): string {
  return portKey([edge.source, edge.source_port ?? 0]);
}

function from([id, port]: Port, edge: Edge): Edge {
  return wire(id, edge.target, port, edge.target_port);
}

/** What the layers fed in `design` is fed by the last copy; outputs too. */
function ledOn(design: Design, grown: Design, link: Region, last: Port): Design {
  const end = portKey(link.exits[0]!);
  const led = new Set(
    design.edges.filter((edge) => sourceKey(edge) === end && !link.ids.includes(edge.target)).map(edgeKey),
  );
  const edges = grown.edges.map((edge) => (led.has(edgeKey(edge)) ? from(last, edge) : edge));
  return reReferenced({ ...grown, edges }, (text) => (portKey(portOf(text)) === end ? reference(last) : text));
}
