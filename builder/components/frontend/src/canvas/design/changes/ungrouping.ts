/** How do the layers of a block come back into the drawing? The inverse of grouping. */

import { type Design, type Edge, type Node, type Position, positionOf } from "../document";
import { into } from "../graph";
import { freshId } from "../names";
import { type Port, drawnOutputs, inputKeys, portOf, reference } from "../outputs";
import { blockPlace } from "./grouping";
import { EditRefused, known, wire } from "./kind";
import { type Moved, reReferenced, renamed, repathed } from "./naming";
import { runsRight, withOutputs } from "./region";
import { closeGaps } from "./wires";

export type Ungroup = { kind: "ungroup"; id: string };

/** A block on its way out. */
interface Opened {
  /** Everything but the block's inputs, under names that are free outside. */
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** What stands for each output of the block; null: nothing comes in there. */
  readonly outputs: readonly (Port | null)[];
}

/** The design with the block's layers in its place; wires, calls, references and outputs follow. */
export function ungroup(design: Design, id: string): Design {
  const graph = graphOf(design, id);
  const opened = takenOut(design, id, graph);
  const end = (port: Port): Port | null => (port[0] === id ? (opened.outputs[port[1]] ?? null) : port);
  const ends = drawnOutputs(design).map(([, port]) => end(port));
  const nodes = repathed(design, ungroupedPaths(design, id)).nodes.flatMap((node) => (node.id === id ? opened.nodes : [node]));
  const outer = design.edges.filter((edge) => edge.target !== id).flatMap((edge) => fedBy(edge, end([edge.source, edge.source_port ?? 0])));
  const apart = { ...design, nodes };
  const out = { ...apart, edges: closeGaps(apart, [...outer, ...opened.edges]) };
  if (design.outputs && !Array.isArray(design.outputs)) {
    return reReferenced(out, (text) => {
      const port = end(portOf(text));
      return port && reference(port);
    });
  }
  return withOutputs(out, ends.filter((port) => port !== null));
}

/** Old path and new name of what comes out of the block. */
export function ungroupedPaths(design: Design, id: string): Moved {
  return new Map([...names(design, id, graphOf(design, id))].map(([old, now]) => [`${id}/${old}`, now]));
}

function graphOf(design: Design, id: string): Design {
  const node = known(design, id);
  if (node.type !== "Model" || !node.graph) throw new EditRefused(`${id} is no block: there is nothing in it to take out.`);
  const caller = design.nodes.find((other) => other.of === id)?.id;
  if (caller !== undefined)
    throw new EditRefused(`${caller} uses ${id} again. Give ${caller} a copy of its own, or delete it.`);
  const [argument] = Object.keys(node.args ?? {});
  if (node.bypass || argument !== undefined) {
    const what = node.bypass ? "is bypassed" : `is called with ${argument}`;
    throw new EditRefused(`${id} ${what}, which its layers would not be. Reset that first.`);
  }
  return node.graph;
}

function names(design: Design, id: string, graph: Design): Moved {
  const used = new Set(design.nodes.filter((node) => node.id !== id).map((node) => node.id));
  const inputs = new Set(inputKeys(graph).map(([, input]) => input));
  const found = new Map<string, string>();
  for (const node of graph.nodes) {
    if (inputs.has(node.id)) continue;
    const name = freshId(node.id, used);
    found.set(node.id, name);
    used.add(name);
  }
  return found;
}

function takenOut(design: Design, id: string, graph: Design): Opened {
  const feeds = feedsOf(design, id, graph);
  const marked = new Map([...feeds].map(([input, port]) => [`/${input}`, port]));
  const inner = renamed(graph, new Map([...[...feeds.keys()].map((input) => [input, `/${input}`] as const), ...names(design, id, graph)]));
  const members = inner.nodes.filter((node) => !marked.has(node.id));
  const edges = inner.edges
    .filter((edge) => !marked.has(edge.target))
    .flatMap((edge) => (marked.has(edge.source) ? fedBy(edge, marked.get(edge.source)!) : [edge]));
  const ends = [...drawnOutputs(inner)].sort(([one], [other]) => compare(one ?? "", other ?? ""));
  const home = blockPlace(members, runsRight(graph));
  const [x, y] = positionOf(known(design, id));
  return {
    nodes: members.map((node) => ({ ...node, position: shifted(node, [x - home[0], y - home[1]]) })),
    edges,
    outputs: ends.map(([, port]) => (marked.has(port[0]) ? marked.get(port[0])! : port)),
  };
}

/** As Python sorts keys: by code point. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What feeds each input of the block, by the input's id; null: no wire. */
function feedsOf(design: Design, id: string, graph: Design): ReadonlyMap<string, Port | null> {
  const inputs = inputKeys(graph);
  const feeds = new Map<string, Port | null>(inputs.map(([, input]) => [input, null]));
  const places = new Map(inputs.map(([key, input], number) => [key ?? number, input] as const));
  const wires = into(design, id);
  const used = new Set(wires.map((edge) => edge.target_port?.[1]));
  const free = [...places.keys()].filter((place) => !used.has(place));
  for (const edge of wires) {
    const input = places.get(edge.target_port?.[1] ?? free.shift() ?? "");
    if (input !== undefined) feeds.set(input, [edge.source, edge.source_port ?? 0]);
  }
  return feeds;
}

function fedBy(edge: Edge, port: Port | null): readonly Edge[] {
  return port ? [wire(port[0], edge.target, port[1], edge.target_port)] : [];
}

function shifted(node: Node, [dx, dy]: Position): Position {
  return [positionOf(node)[0] + dx, positionOf(node)[1] + dy];
}
