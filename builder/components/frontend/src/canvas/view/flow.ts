/** The drawing as React Flow wants it: objects that stay the same as long as what they show stays the same. */

import type { Edge as FlowEdge, Node as FlowNode } from "@xyflow/react";
import { Position } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { Catalog, type LayerSpec } from "../design/catalog";
import { type Design, type Edge, type Node, edgeKey, indexOf, positionOf } from "../design/document";
import { portShare } from "../design/lanes";
import { type InPort, inPorts, outCount } from "../design/ports";
import type { Annotation, Issue } from "../protocol";
import { usePicked } from "../state/context";
import type { State } from "../state/editor";
import { firstShape, shape, shapeList } from "../words/numbers";
import { subtitle } from "../words/subtitle";

/** Heights of a message of one line and of two. */
const ISSUE_HEIGHTS = [28, 38] as const;
/** What fits on one line of a node, in characters of the message's size. */
const ONE_LINE = 34;
export const HIT = 24;

export interface LayerData extends Record<string, unknown> {
  readonly node: Node;
  readonly spec: LayerSpec | undefined;
  readonly annotation: Annotation | undefined;
  readonly subtitle: string;
  readonly stale: boolean;
  readonly ports: readonly InPort[];
  readonly outs: number;
  readonly compact: boolean;
  readonly arrived: boolean;
  readonly catalogReady: boolean;
  /** Why the network does not fit the chosen data here. */
  readonly misfit: Issue | undefined;
  /** Undefined while no wire is drawn; else whether this node may take it. */
  readonly takes: boolean | undefined;
}

export type LayerFlowNode = FlowNode<LayerData, "layer">;

export interface WireData extends Record<string, unknown> {
  readonly edge: Edge;
  readonly shift: number;
  readonly lane: number | undefined;
  readonly look: "plain" | "fault" | "blocked";
  readonly label: string;
  readonly landing: boolean;
}

export type WireFlowEdge = FlowEdge<WireData, "wire">;

const pick = {
  design: (state: State) => state.history.present,
  selected: (state: State) => state.selected,
  wires: (state: State) => state.wires,
  dragging: (state: State) => state.dragging,
  stale: (state: State) => state.checking,
  annotations: (state: State) => state.data?.annotations,
  catalog: (state: State) => state.catalog,
  compact: (state: State) => state.compact,
  lanes: (state: State) => state.lanes,
  arrived: (state: State) => state.arrived,
  refused: (state: State) => state.refused,
  landing: (state: State) => state.landing,
  fit: (state: State) => state.data?.fit,
};

const NO_LAYERS = new Catalog([]);

/** The issue that a node shows: its first error, else its first warning, else that it does not fit the data. */
export function shownIssue(annotation: Annotation | undefined, misfit?: Issue): Issue | null {
  return ownIssue(annotation) ?? misfit ?? null;
}

function ownIssue(annotation: Annotation | undefined): Issue | null {
  const issues = annotation?.issues.filter((issue) => issue.code !== "blocked") ?? [];
  return issues.find((issue) => issue.severity === "error") ?? issues.find((issue) => issue.severity === "warning") ?? null;
}

/** The message without the name that stands above it. */
export function shortMessage({ message }: Issue, id: string): string {
  if (!message.startsWith(`${id} `)) return message;
  const rest = message.slice(id.length + 1);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

export function issueHeight(issue: Issue, id: string): number {
  return ISSUE_HEIGHTS[shortMessage(issue, id).length > ONE_LINE ? 1 : 0];
}

export function useFlowNodes(): LayerFlowNode[] {
  const design = usePicked(pick.design);
  const [catalog, annotations, stale] = [usePicked(pick.catalog), usePicked(pick.annotations), usePicked(pick.stale)];
  const [compact, arrived, refused] = [usePicked(pick.compact), usePicked(pick.arrived), usePicked(pick.refused)];
  const [selected, dragging, fit] = [usePicked(pick.selected), usePicked(pick.dragging), usePicked(pick.fit)];
  const facts = useRef(new Map<string, LayerData>());
  const nodes = useRef(new Map<string, LayerFlowNode>());
  const data = useMemo(() => {
    const next = new Map<string, LayerData>();
    for (const node of design.nodes) {
      const annotation = annotations?.[node.id];
      const fact: LayerData = {
        node, annotation, compact, spec: catalog?.of(design, node), catalogReady: catalog !== null, subtitle: subtitle(design, catalog, node),
        stale: stale.has(node.id), ports: inPorts(design, catalog ?? NO_LAYERS, node),
        outs: outCount(design, catalog ?? NO_LAYERS, node, shapeList(annotation?.shape).length), arrived: arrived === node.id,
        misfit: fit?.find((issue) => issue.node === node.id), takes: refused ? !refused.has(node.id) : undefined,
      };
      const old = facts.current.get(node.id);
      next.set(node.id, old && alike(old, fact) ? old : fact);
    }
    facts.current = next;
    return next;
  }, [design, catalog, annotations, stale, compact, arrived, refused, fit]);
  return useMemo(() => {
    const next = new Map<string, LayerFlowNode>();
    for (const node of design.nodes) {
      const [x, y] = dragging?.get(node.id) ?? positionOf(node);
      const fact = data.get(node.id)!;
      const old = nodes.current.get(node.id);
      const same = old && old.data === fact && old.position.x === x && old.position.y === y && old.selected === selected.has(node.id);
      next.set(node.id, same ? old : flowNode(fact, x, y, selected.has(node.id), old));
    }
    nodes.current = next;
    return [...next.values()];
  }, [data, design, dragging, selected]);
}

function alike(one: LayerData, other: LayerData): boolean {
  return Object.keys(other).every((key) => one[key] === other[key] || (key === "ports" && samePorts(one.ports, other.ports)) || (key === "node" && sameNode(one.node, other.node)));
}

/** Places are not facts: a moved node is not drawn anew. */
function sameNode(one: Node, other: Node): boolean {
  return one.id === other.id && one.type === other.type && one.params === other.params && one.args === other.args && one.of === other.of && one.graph === other.graph;
}

function samePorts(one: readonly InPort[], other: readonly InPort[]): boolean {
  return one.length === other.length && one.every((port, index) => port.name === other[index]!.name && port.edges.length === other[index]!.edges.length && port.edges.every((edge, i) => edge === other[index]!.edges[i]));
}

const WIDTH = 264;

function flowNode(data: LayerData, x: number, y: number, selected: boolean, old: LayerFlowNode | undefined): LayerFlowNode {
  const height = data.compact ? 44 : 52;
  return {
    id: data.node.id, type: "layer", position: { x, y }, data, selected, width: WIDTH, height, measured: { width: WIDTH, height },
    handles: old?.data === data ? old.handles : handles(data, height), ariaLabel: old?.data === data ? old.ariaLabel : spoken(data),
  };
}

type Handles = NonNullable<LayerFlowNode["handles"]>;
const geometries = new Map<string, Handles>();

/** Where the ports are; nodes of one make share the list, so that React Flow measures nothing anew. */
function handles(data: LayerData, height: number): Handles {
  const issue = data.stale ? null : shownIssue(data.annotation, data.misfit);
  const bottom = height + (issue ? issueHeight(issue, data.node.id) : 0);
  const key = `${data.ports.length}/${data.outs}/${bottom}`;
  const made = geometries.get(key) ?? geometry(data, bottom);
  geometries.set(key, made);
  return made;
}

function geometry(data: LayerData, bottom: number): Handles {
  const box = { width: HIT, height: HIT };
  const ins = data.ports.map((_, index) => ({ ...box, id: `i${index}`, type: "target" as const, position: Position.Top, x: WIDTH * portShare(index, data.ports.length) - HIT / 2, y: -HIT / 2 }));
  const outs = Array.from({ length: data.outs }, (_, index) => ({ ...box, id: `o${index}`, type: "source" as const, position: Position.Bottom, x: WIDTH * portShare(index, data.outs) - HIT / 2, y: bottom - HIT / 2 }));
  return [...ins, ...outs];
}

/** What a screen reader says for a node. */
function spoken({ node, annotation, subtitle: details, stale }: LayerData): string {
  const sizes = firstShape(annotation?.shape ?? null);
  const state = stale ? "checking" : (shownIssue(annotation)?.message ?? (annotation?.blocked_by ? `waits for ${annotation.blocked_by}` : ""));
  return [node.id, details, !stale && sizes ? `gives ${shape(sizes)}` : "", state].filter((part) => part).join(", ");
}

export function useFlowEdges(): WireFlowEdge[] {
  const design = usePicked(pick.design);
  const [catalog, annotations, stale] = [usePicked(pick.catalog), usePicked(pick.annotations), usePicked(pick.stale)];
  const [lanes, wires, dragging, landing] = [usePicked(pick.lanes), usePicked(pick.wires), usePicked(pick.dragging), usePicked(pick.landing)];
  const kept = useRef(new Map<string, WireFlowEdge>());
  return useMemo(() => {
    const next = new Map<string, WireFlowEdge>();
    const ports = new Map(design.nodes.map((node) => [node.id, inPorts(design, catalog ?? NO_LAYERS, node)]));
    for (const edge of design.edges) {
      const id = edgeKey(edge);
      if (!ports.has(edge.source) || !ports.has(edge.target) || next.has(id)) continue;
      const { index, shift } = ending(ports.get(edge.target)!, edge);
      const loose = dragging !== null && (dragging.has(edge.source) || dragging.has(edge.target));
      const look = stale.has(edge.target) ? "plain" : lookOf(annotations?.[edge.source], annotations?.[edge.target]);
      const label = look === "fault" ? faultLabel(annotations?.[edge.source]) : "";
      const data: WireData = { edge, shift, lane: loose ? undefined : lanes.get(id), look, label, landing: landing === id };
      const made: WireFlowEdge = { id, type: "wire", source: edge.source, target: edge.target, sourceHandle: `o${edge.source_port ?? 0}`, targetHandle: `i${index}`, selected: wires.has(id), data, ariaLabel: `${edge.source} feeds ${edge.target}` };
      const old = kept.current.get(id);
      next.set(id, old && sameWire(old, made) ? old : made);
    }
    kept.current = next;
    return [...next.values()];
  }, [design, catalog, annotations, stale, lanes, wires, dragging, landing]);
}

/** The port a wire ends at, and how far beside that port's middle. */
function ending(ports: readonly InPort[], edge: Edge): { index: number; shift: number } {
  const port = ports.find((candidate) => candidate.edges.includes(edge)) ?? ports[0];
  if (!port || ports.length > 1 || !port.many) return { index: port?.index ?? 0, shift: 0 };
  return { index: 0, shift: WIDTH * (portShare(port.edges.indexOf(edge), port.edges.length) - 0.5) };
}

function lookOf(source: Annotation | undefined, target: Annotation | undefined): WireData["look"] {
  if (source && (source.blocked_by || shownIssue(source)?.severity === "error")) return "blocked";
  const issue = shownIssue(target);
  return issue?.code === "shape_mismatch" && issue.severity === "error" ? "fault" : "plain";
}

function faultLabel(source: Annotation | undefined): string {
  const sizes = firstShape(source?.shape ?? null);
  return sizes ? shape(sizes) : "";
}

function sameWire(one: WireFlowEdge, other: WireFlowEdge): boolean {
  const [a, b] = [one.data!, other.data!];
  return one.selected === other.selected && one.targetHandle === other.targetHandle && one.sourceHandle === other.sourceHandle &&
    a.edge === b.edge && a.shift === b.shift && a.lane === b.lane && a.look === b.look && a.label === b.label && a.landing === b.landing;
}

/** Whether so much is drawn that only what is seen should be in the page. */
export function isLarge(design: Design): boolean {
  return indexOf(design).size > 120;
}
