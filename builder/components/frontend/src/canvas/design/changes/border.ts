/** What becomes of the wires around a block when it gets more or fewer inputs and outputs inside? */

import { type Design, type Edge, type Node, nodeOf } from "../document";
import { type Port, drawnOutputs, inputKeys, portKey, portOf, reference } from "../outputs";
import { wire, withNode } from "./kind";
import { reReferenced } from "./naming";
import { withOutputs } from "./region";
import { held } from "./sharing";
import { closeGaps } from "./wires";

/**
 * `after` with the wires of its blocks leading to the inputs and outputs that they led to before.
 *
 * An output that is used outside stays one while its layer is there, if need be by writing the outputs down. Wires of an
 * input or output that is gone go too. As long as a block has as many as before, its places stay: the layer at a place may
 * then be another one.
 */
export function realigned(before: Design, changed: Design): Design {
  const after = pinned(before, changed);
  return after.nodes.reduce((design, node) => {
    const [old, now] = [called(before, nodeOf(before, node.id)), called(after, node)];
    return old && now && old !== now ? outputsKept(inputsKept(design, node.id, old, now), node.id, old, now) : design;
  }, after);
}

/** A wire taken off inside, to be drawn anew, must not cost the wires outside. */
function pinned(before: Design, after: Design): Design {
  return after.nodes.reduce((design, node) => {
    const [old, now] = [nodeOf(before, node.id)?.graph, node.graph];
    if (!old || !now || old === now || (now.outputs && !Array.isArray(now.outputs))) return design;
    const graph = withOutputs(now, wanted(portsOf(old), now, used(design, node.id)));
    return withNode(design, node.id, (block) => ({ ...block, graph }));
  }, after);
}

/** The outputs of a block that feed something or are named, of its calls too. */
function used(design: Design, block: string): ReadonlySet<number> {
  const callers = new Set([block, ...design.nodes.filter((node) => node.of === block).map((node) => node.id)]);
  const ports = [
    ...design.edges.map((edge): Port => [edge.source, edge.source_port ?? 0]),
    ...drawnOutputs(design).map(([, port]) => port),
  ];
  return new Set(ports.filter(([id]) => callers.has(id)).map(([, port]) => port));
}

function wanted(was: readonly Port[], graph: Design, numbers: ReadonlySet<number>): readonly Port[] {
  const now = portsOf(graph);
  const keys = new Set(now.map(portKey));
  const lost = was.filter((end, number) => numbers.has(number) && !keys.has(portKey(end)) && nodeOf(graph, end[0]) !== undefined);
  if (was.length === now.length || !lost.length) return now;
  const stay = was.filter((end) => keys.has(portKey(end)) || lost.includes(end));
  const staying = new Set(stay.map(portKey));
  return [...stay, ...now.filter((end) => !staying.has(portKey(end)))];
}

function called(design: Design, node: Node | undefined): Design | undefined {
  const holder = node?.type === "Call" && node.of !== undefined ? held(design, node.of) : node;
  return holder?.graph;
}

function inputsKept(design: Design, block: string, old: Design, now: Design): Design {
  const [was, are] = [inputKeys(old), inputKeys(now)];
  if (was.length === are.length || [...was, ...are].some(([key]) => key !== null)) return design;
  const ids = are.map(([, id]) => id);
  const numbers = was.map(([, id]) => ids.indexOf(id));
  const edges = design.edges.flatMap((edge) => (edge.target === block ? aimed(edge, numbers, are.length) : [edge]));
  return { ...design, edges };
}

/** The wire at the new number of its input; none where that input is gone. */
function aimed(edge: Edge, numbers: readonly number[], many: number): readonly Edge[] {
  const place = edge.target_port?.[1];
  if (place === undefined && numbers.length > 1) return [edge];
  const number = numbers[Number(place ?? 0)] ?? -1;
  return number < 0 ? [] : [wire(edge.source, edge.target, edge.source_port, many > 1 ? ["inputs", number] : undefined)];
}

function outputsKept(design: Design, block: string, old: Design, now: Design): Design {
  const [was, are] = [ends(old), ends(now)];
  if (was.length === are.length) return design;
  /** By place before: the place now, or null where that output is gone. */
  const places = new Map(was.map((end, number) => [portKey([block, number]), placeOf(are.indexOf(end), block)]));
  const edges = design.edges.flatMap((edge): Edge[] => {
    const place = places.get(portKey([edge.source, edge.source_port ?? 0]));
    if (place === undefined) return [edge];
    return place ? [wire(place[0], edge.target, place[1], edge.target_port)] : [];
  });
  return reReferenced({ ...design, edges: closeGaps(design, edges) }, (text) => {
    const place = places.get(portKey(portOf(text)));
    return place === undefined ? text : place && reference(place);
  });
}

function placeOf(number: number, block: string): Port | null {
  return number < 0 ? null : [block, number];
}

function ends(graph: Design): readonly string[] {
  return portsOf(graph).map(portKey);
}

/** The outputs in Keras' flatten order: keys sorted. */
function portsOf(graph: Design): readonly Port[] {
  const key = (end: readonly [string | null, Port]): string => end[0] ?? "";
  const sorted = [...drawnOutputs(graph)].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
  return sorted.map(([, port]) => port);
}
