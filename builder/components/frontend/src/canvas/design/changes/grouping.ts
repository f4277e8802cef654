/** How do selected layers become a block: a `Model` node with a network of its own? */

import { type Design, type Edge, type Json, type Node, type Params, type Position, nodeOf, positionOf } from "../document";
import { freshId } from "../names";
import { type Port, drawnOutputs, portKey, portOf, reference } from "../outputs";
import { EditRefused, taken, wire } from "./kind";
import { type Moved, reReferenced, repathed } from "./naming";
import { COLUMN, ROW, type Region, region, runsRight, withOutputs } from "./region";

export interface Group {
  readonly kind: "group";
  readonly ids: readonly string[];
  /** Name of the block. */
  readonly id: string;
  /** Without the batch, by "id:port" of what feeds the layers from outside: they are not in the document. */
  readonly shapes?: { readonly [port: string]: readonly (number | null)[] };
  /** As `shapes`; left out: float32. */
  readonly dtypes?: { readonly [port: string]: string };
}

/** The design with the block in place of the layers; calls, references and outputs follow. */
export function group(design: Design, edit: Group): Design {
  const around = region(design, edit.ids);
  const inside = new Set(around.ids);
  if (!inside.has(edit.id) && nodeOf(design, edit.id)) throw taken(edit.id);
  if (!around.entries.length) throw new EditRefused("Nothing feeds the selected layers. Wire an input into them first.");
  refuseSplitSharing(design, inside);
  return replaced(design, block(design, edit, around), around);
}

/** Old and new path of what goes into the block. */
export function groupedPaths(design: Design, edit: Group): Moved {
  return new Map(region(design, edit.ids).ids.map((id) => [id, `${edit.id}/${id}`]));
}

function refuseSplitSharing(design: Design, inside: ReadonlySet<string>): void {
  for (const node of design.nodes) {
    const of = node.of?.split("/")[0];
    if (of !== undefined && inside.has(node.id) && !inside.has(of))
      throw new EditRefused(`${node.id} calls ${of} again, which would stay outside. Select ${of} too.`);
  }
}

function block(design: Design, edit: Group, around: Region): Node {
  const inside = new Set(around.ids);
  const members = design.nodes.filter((node) => inside.has(node.id));
  const right = runsRight(design);
  const place = blockPlace(members, right);
  const names = entryNames(around);
  const inputs = around.entries.map((port, number): Node => {
    const position = before(place, number - (around.entries.length - 1) / 2, right);
    return { id: names.get(portKey(port))!, type: "InputLayer", params: input(edit, port), position };
  });
  const edges = design.edges.filter((edge) => inside.has(edge.target)).map((edge) => inner(edge, names));
  const looks = right ? { ui: { direction: "right" } } : {};
  const drawn: Design = { format: "layerloom/1", name: edit.id, nodes: [...inputs, ...members], edges, ...looks };
  return { id: edit.id, type: "Model", graph: withOutputs(drawn, around.exits), position: place };
}

/** Where a block stands: level with the first of its layers, in the middle across. */
export function blockPlace(members: readonly Node[], right: boolean): Position {
  if (!members.length) return [0, 0];
  const xs = members.map((node) => positionOf(node)[0]);
  const ys = members.map((node) => positionOf(node)[1]);
  return right ? [Math.min(...xs), middle(ys)] : [middle(xs), Math.min(...ys)];
}

function middle(places: readonly number[]): number {
  return (Math.min(...places) + Math.max(...places)) / 2;
}

/** A row of inputs before the layers. */
function before([x, y]: Position, across: number, right: boolean): Position {
  return right ? [x - COLUMN, y + across * ROW] : [x + across * COLUMN, y - ROW];
}

/** An input is called after what feeds it. */
function entryNames(around: Region): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Set(around.ids);
  for (const port of around.entries) {
    const name = freshId(port[1] ? `${port[0]}_${port[1]}` : port[0], used);
    names.set(portKey(port), name);
    used.add(name);
  }
  return names;
}

function input(edit: Group, port: Port): Params {
  const shape = edit.shapes?.[portKey(port)];
  if (!shape)
    throw new EditRefused(`It is not known yet what ${port[0]} gives. Mend what is wrong before it, then group again.`);
  const dtype = edit.dtypes?.[portKey(port)] ?? "float32";
  return dtype === "float32" ? { shape: shape as Json } : { shape: shape as Json, dtype };
}

function inner(edge: Edge, names: ReadonlyMap<string, string>): Edge {
  const name = names.get(portKey([edge.source, edge.source_port ?? 0]));
  return name === undefined ? edge : wire(name, edge.target, 0, edge.target_port);
}

/** The drawing with the block: at the place of its first layer, fed and feeding as its layers were. */
function replaced(design: Design, made: Node, around: Region): Design {
  const inside = new Set(around.ids);
  const outputs = new Map(around.exits.map((port, number) => [portKey(port), [made.id, number] as Port]));
  const wanted = drawnOutputs(design).map(([, port]) => outputs.get(portKey(port)) ?? port);
  const nodes = design.nodes
    .filter((node) => node.id === around.ids[0] || !inside.has(node.id))
    .map((node) => (node.id === around.ids[0] ? made : node));
  const outer = design.edges.filter((edge) => !inside.has(edge.target)).map((edge) => outside(edge, outputs));
  const grouped = { ...design, nodes, edges: [...outer, ...feeds(made.id, around.entries)] };
  const moved = repathed(grouped, new Map(around.ids.map((id) => [id, `${made.id}/${id}`])));
  if (!design.outputs) return withOutputs(moved, wanted);
  return reReferenced(moved, (text) => {
    const end = outputs.get(portKey(portOf(text)));
    return end ? reference(end) : text;
  });
}

function outside(edge: Edge, outputs: ReadonlyMap<string, Port>): Edge {
  const end = outputs.get(portKey([edge.source, edge.source_port ?? 0]));
  return end ? wire(end[0], edge.target, end[1], edge.target_port) : edge;
}

function feeds(id: string, entries: readonly Port[]): readonly Edge[] {
  const several = entries.length > 1;
  return entries.map(([source, port], number) => wire(source, id, port, several ? ["inputs", number] : undefined));
}
