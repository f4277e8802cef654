/** Which wires may be drawn? Ports of a node, and the verdict on a wire while it is dragged. */

import type { Catalog, PortSpec } from "./catalog";
import { type Design, type Edge, type Node, type PortPath, edgeKey, nodeOf } from "./document";
import { wire } from "./edits";
import { into, outOf, upstream } from "./graph";
import { nodeAlong } from "./nesting";
import { inputKeys } from "./outputs";

interface PlacedSpec extends PortSpec {
  /** How a wire to it is written, where its name does not tell. */
  readonly path?: PortPath;
}

export interface InPort extends PlacedSpec {
  readonly index: number;
  /** Wires that end here, in the order of the port's list. */
  readonly edges: readonly Edge[];
}

const FREE: PortSpec = { name: "inputs", many: true, optional: false };

interface Kept {
  readonly specs: readonly PortSpec[];
  readonly wires: readonly Edge[];
  readonly ports: readonly InPort[];
}

const kept = new WeakMap<Node, Kept>();

/** The node's inputs. A node of unknown type takes any number of wires. The same list as long as its wires are the same. */
export function inPorts(design: Design, catalog: Catalog, node: Node): readonly InPort[] {
  const specs = portSpecs(design, catalog, node);
  const wires = into(design, node.id);
  const old = kept.get(node);
  if (old && old.specs === specs && sameWires(old.wires, wires)) return old.ports;
  const ends = dealt(specs, wires);
  const ports = specs.map((spec, index) => ({ ...spec, index, edges: ends[index]! }));
  kept.set(node, { specs, wires, ports });
  return ports;
}

function sameWires(one: readonly Edge[], other: readonly Edge[]): boolean {
  return one === other || (one.length === other.length && one.every((edge, index) => edge === other[index]));
}

const NO_PORTS: readonly PortSpec[] = [];
const FREE_PORTS: readonly PortSpec[] = [FREE];

function portSpecs(design: Design, catalog: Catalog, node: Node): readonly PlacedSpec[] {
  if (node.type === "InputLayer") return NO_PORTS;
  const called = node.type === "Call" && node.of ? nodeAlong(design, node.of) : node;
  if (called?.graph) return graphPorts(called.graph);
  return catalog.of(design, node)?.inputs ?? FREE_PORTS;
}

const graphs = new WeakMap<Design, readonly PlacedSpec[]>();

/** A nested network takes one wire for each of its inputs; where there are several, each is a port of its own. */
function graphPorts(graph: Design): readonly PlacedSpec[] {
  let specs = graphs.get(graph);
  if (!specs) {
    const inputs = inputKeys(graph);
    const place = { many: false, optional: false };
    specs =
      inputs.length > 1
        ? inputs.map(([key, id], number) => ({ ...place, name: key ?? id, path: ["inputs", key ?? number] }))
        : [{ ...place, name: "inputs" }];
    graphs.set(graph, specs);
  }
  return specs;
}

/** The wires of each port. */
function dealt(specs: readonly PlacedSpec[], wires: readonly Edge[]): readonly (readonly Edge[])[] {
  const ends = specs[0]?.path ? placesOf(specs, wires) : wires.map((edge) => portIndex(specs, edge));
  return specs.map((_, index) => wires.filter((_, number) => ends[number] === index));
}

/** Wires that tell no place take those that are free, in their order. */
function placesOf(specs: readonly PlacedSpec[], wires: readonly Edge[]): readonly number[] {
  const told = wires.map((edge) => specs.findIndex((spec) => spec.path?.[1] === edge.target_port?.[1]));
  const free = specs.map((_, index) => index).filter((index) => !told.includes(index));
  return told.map((index, number) => {
    if (index >= 0) return index;
    return (wires[number]!.target_port ? undefined : free.shift()) ?? specs.length - 1;
  });
}

/** Which of the ports a wire ends at; wires to unknown names count to the last one. */
function portIndex(specs: readonly PortSpec[], edge: Edge): number {
  const name = edge.target_port?.[0];
  if (name === undefined) return 0;
  const index = specs.findIndex((spec) => spec.name === name);
  return index < 0 ? specs.length - 1 : index;
}

/** How many outputs the node has, from its answered shapes, its wires and the catalogue. */
export function outCount(design: Design, catalog: Catalog, node: Node, answered = 1): number {
  const wired = Math.max(0, ...outOf(design, node.id).map((edge) => (edge.source_port ?? 0) + 1));
  return Math.max(1, wired, answered, catalog.of(design, node)?.outputs ?? 1);
}

export type Verdict = { ok: true; edge: Edge; replace: boolean } | { ok: false; reason: string };

export interface Proposal {
  readonly source: string;
  readonly sourcePort: number;
  readonly target: string;
  /** Index of the input port; left out: the first that is free, else the first. */
  readonly port?: number;
  /** The wire that is being moved, if one is: it does not count as being there. */
  readonly moving?: Edge;
}

/** May this wire be drawn? If so, what is drawn; if not, why, in words. */
export function judge(whole: Design, catalog: Catalog, proposal: Proposal): Verdict {
  const { source, sourcePort, target, moving } = proposal;
  const design = moving ? { ...whole, edges: whole.edges.filter((edge) => edgeKey(edge) !== edgeKey(moving)) } : whole;
  const node = nodeOf(design, target);
  if (!node || !nodeOf(design, source)) return refuse("There is no such layer.");
  if (source === target) return refuse("A layer cannot feed itself.");
  const ports = inPorts(design, catalog, node);
  if (!ports.length) return refuse(`${target} takes no input: data enters here.`);
  if (feeders(design, source).has(target))
    return refuse(`${target} already leads to ${source}: the wires would run in a circle.`);
  const port = ports[proposal.port ?? -1] ?? vacant(ports);
  const edge = wire(source, target, sourcePort, portPath(port));
  const twin = port.edges.some((other) => other.source === source && (other.source_port ?? 0) === sourcePort);
  if (twin) return refuse(`${source} feeds ${target} already.`);
  return { ok: true, edge, replace: !port.many };
}

function refuse(reason: string): Verdict {
  return { ok: false, reason };
}

function vacant(ports: readonly InPort[]): InPort {
  const free = (port: InPort): boolean => port.many || port.edges.length === 0;
  return ports.find((port) => free(port) && !port.optional) ?? ports.find(free) ?? ports[0]!;
}

/** How a wire to this port is written; the first port is the one that is meant when nothing is written. */
function portPath(port: InPort): PortPath | undefined {
  if (port.path) return port.path;
  const spelled = port.edges.find((edge) => edge.target_port)?.target_port;
  if (port.index === 0 && !spelled) return undefined;
  return port.many ? [port.name, port.edges.length] : [port.name];
}

let last: { edges: readonly Edge[]; id: string; found: Set<string> } | null = null;

/** Everything that leads to `id`; kept for the length of one drag. */
function feeders(design: Design, id: string): Set<string> {
  if (!last || last.edges !== design.edges || last.id !== id) last = { edges: design.edges, id, found: upstream(design, id) };
  return last.found;
}
