/** The nodes as React Flow wants them: objects that stay the same as long as what they show stays the same. */

import type { Node as FlowNode } from "@xyflow/react";
import { Position } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { Catalog, type LayerSpec, glyphOf } from "../design/catalog";
import { type Design, type Node, indexOf, positionOf, sameJson } from "../design/document";
import { extraHeight, insideOf, isExpanded } from "../design/inside";
import { outputBadge } from "../design/ends";
import { portShare } from "../design/lanes";
import { directionOf } from "../design/layout";
import { type InPort, inPorts, outCount } from "../design/ports";
import type { Annotation, Issue } from "../protocol";
import { usePicked } from "../state/context";
import type { Answers } from "../state/answers";
import type { State } from "../state/state";
import type { InnerPicture } from "./InsideBlock";
import { firstShape, shape, shapeList } from "../words/numbers";
import { subtitle } from "../words/subtitle";
import { issueHeight, shownIssue } from "./issues";

/** How large a port is to the pointer. */
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
  /** Why the network does not fit the chosen data here. */
  readonly misfit: Issue | undefined;
  /** What a block shows of its inside; null: it is closed, or no block. */
  readonly inside: InnerPicture | null;
  /** Undefined while no wire is drawn; else whether this node may take it. */
  readonly takes: boolean | undefined;
  /** Whether the data runs to the right: ports then sit at the sides. */
  readonly right: boolean;
  /** Whether it is being dragged out of its wires. */
  readonly leaving: boolean;
  /** What is said of the layer as an output that was chosen by hand. */
  readonly output: string | null;
  /** Seen from so far that it is a plain box. */
  readonly distant: boolean;
}

export type LayerFlowNode = FlowNode<LayerData, "layer">;

const pick = {
  design: (state: State) => state.shown,
  selected: (state: State) => state.selected,
  dragging: (state: State) => state.dragging,
  stale: (state: State) => state.checking,
  annotations: (state: State) => state.answers,
  catalog: (state: State) => state.catalog,
  compact: (state: State) => state.compact,
  arrived: (state: State) => state.arrived,
  refused: (state: State) => state.refused,
  fit: (state: State) => state.data?.fit,
  leaving: (state: State) => state.leaving,
};

const NO_LAYERS = new Catalog([]);

/** `distant`: from so far away that nodes are plain boxes. */
export function useFlowNodes(distant: boolean): LayerFlowNode[] {
  const design = usePicked(pick.design);
  const [catalog, annotations, stale] = [usePicked(pick.catalog), usePicked(pick.annotations), usePicked(pick.stale)];
  const [compact, arrived, refused] = [usePicked(pick.compact), usePicked(pick.arrived), usePicked(pick.refused)];
  const [selected, dragging, fit] = [usePicked(pick.selected), usePicked(pick.dragging), usePicked(pick.fit)];
  const leaving = usePicked(pick.leaving);
  const facts = useRef(new Map<string, LayerData>());
  const nodes = useRef(new Map<string, LayerFlowNode>());
  const list = useRef<LayerFlowNode[]>([]);
  const data = useMemo(() => {
    const next = new Map<string, LayerData>();
    const right = directionOf(design) === "right";
    for (const node of design.nodes) {
      const annotation = annotations?.[node.id];
      const fact: LayerData = {
        node,
        annotation,
        compact,
        spec: catalog?.of(design, node),
        subtitle: subtitle(design, catalog, node),
        stale: stale.has(node.id),
        ports: inPorts(design, catalog ?? NO_LAYERS, node),
        outs: outCount(design, catalog ?? NO_LAYERS, node, shapeList(annotation?.shape).length),
        arrived: arrived === node.id,
        inside: pictureOf(node, catalog, annotations),
        misfit: fit?.find((issue) => issue.node === node.id),
        takes: refused ? !refused.has(node.id) : undefined,
        right,
        leaving: leaving === node.id,
        output: outputBadge(design, node.id),
        distant,
      };
      const old = facts.current.get(node.id);
      next.set(node.id, old && alike(old, fact) ? old : fact);
    }
    facts.current = next;
    return next;
  }, [design, catalog, annotations, stale, compact, arrived, refused, fit, leaving, distant]);
  return useMemo(() => {
    const next = new Map<string, LayerFlowNode>();
    for (const node of design.nodes) {
      const [x, y] = dragging?.get(node.id) ?? positionOf(node);
      const fact = data.get(node.id)!;
      const old = nodes.current.get(node.id);
      const same =
        old && old.data === fact && old.position.x === x && old.position.y === y && old.selected === selected.has(node.id);
      next.set(node.id, same ? old : flowNode(fact, x, y, selected.has(node.id), old));
    }
    nodes.current = next;
    return (list.current = sameItems(list.current, [...next.values()]));
  }, [data, design, dragging, selected]);
}

/** The old list if it holds the same things: React Flow then has nothing to do. */
export function sameItems<Item>(old: Item[], now: Item[]): Item[] {
  return old.length === now.length && old.every((item, index) => item === now[index]) ? old : now;
}

function alike(one: LayerData, other: LayerData): boolean {
  return Object.keys(other).every(
    (key) =>
      one[key] === other[key] ||
      (key === "ports" && samePorts(one.ports, other.ports)) ||
      (key === "inside" && one.inside !== null && sameJson(one.inside, other.inside)) ||
      (key === "node" && sameNode(one.node, other.node)),
  );
}

/** Places are not facts: a moved node is not drawn anew. */
function sameNode(one: Node, other: Node): boolean {
  return (
    one.id === other.id &&
    one.type === other.type &&
    one.params === other.params &&
    one.args === other.args &&
    one.of === other.of &&
    one.bypass === other.bypass &&
    one.graph === other.graph &&
    one.ui?.open === other.ui?.open
  );
}

function samePorts(one: readonly InPort[], other: readonly InPort[]): boolean {
  return (
    one.length === other.length &&
    one.every(
      (port, index) =>
        port.name === other[index]!.name &&
        port.edges.length === other[index]!.edges.length &&
        port.edges.every((edge, i) => edge === other[index]!.edges[i]),
    )
  );
}

/** The rows of an open block; the answers inside it stand under its name. */
function pictureOf(node: Node, catalog: Catalog | null, answers: Answers): InnerPicture | null {
  const graph = node.graph;
  if (!graph || !isExpanded(node)) return null;
  const { nodes, links, more } = insideOf(graph);
  const rows = nodes.map((inner) => {
    const answer = answers[`${node.id}/${inner.id}`];
    const family = catalog?.of(graph, inner)?.family;
    const sizes = firstShape(answer?.shape ?? null);
    return {
      id: inner.id,
      glyph: glyphOf(inner.type, family),
      family,
      shape: sizes ? shape(sizes) : "",
      fault: shownIssue(answer)?.severity === "error",
      bypass: inner.bypass === true,
    };
  });
  return { rows, links, more };
}

export const WIDTH = 264;

function flowNode(data: LayerData, x: number, y: number, selected: boolean, old: LayerFlowNode | undefined): LayerFlowNode {
  const height = (data.compact ? 44 : 52) + extraHeight(data.node);
  return {
    id: data.node.id,
    type: "layer",
    position: { x, y },
    data,
    selected,
    width: WIDTH,
    height,
    measured: { width: WIDTH, height },
    handles: old?.data === data ? old.handles : handles(data, height),
    ariaLabel: old?.data === data ? old.ariaLabel : spoken(data),
  };
}

type Handles = NonNullable<LayerFlowNode["handles"]>;
const geometries = new Map<string, Handles>();

/** Where the ports are; nodes of one make share the list, so that React Flow measures nothing anew. */
function handles(data: LayerData, height: number): Handles {
  const issue = shownIssue(data.annotation, data.misfit);
  const bottom = height + (issue ? issueHeight(issue, data.node.id) : 0);
  // At the sides ports lie beside the face of the node; what is shown of a block below that does not move them.
  const face = height - extraHeight(data.node);
  const key = `${data.right}/${data.ports.length}/${data.outs}/${data.right ? face : bottom}`;
  const made = geometries.get(key) ?? (data.right ? geometryRight(data, face) : geometry(data, bottom));
  geometries.set(key, made);
  return made;
}

function geometry(data: LayerData, bottom: number): Handles {
  const box = { width: HIT, height: HIT };
  const ins = data.ports.map((_, index) => ({
    ...box,
    id: `i${index}`,
    type: "target" as const,
    position: Position.Top,
    x: WIDTH * portShare(index, data.ports.length) - HIT / 2,
    y: -HIT / 2,
  }));
  const outs = Array.from({ length: data.outs }, (_, index) => ({
    ...box,
    id: `o${index}`,
    type: "source" as const,
    position: Position.Bottom,
    x: WIDTH * portShare(index, data.outs) - HIT / 2,
    y: bottom - HIT / 2,
  }));
  return [...ins, ...outs];
}

/** The same at the sides; a message line below does not move them. */
function geometryRight(data: LayerData, height: number): Handles {
  const box = { width: HIT, height: HIT };
  const y = (index: number, many: number): number => height * portShare(index, many) - HIT / 2;
  const ins = data.ports.map((_, index) => ({
    ...box,
    id: `i${index}`,
    type: "target" as const,
    position: Position.Left,
    x: -HIT / 2,
    y: y(index, data.ports.length),
  }));
  const outs = Array.from({ length: data.outs }, (_, index) => ({
    ...box,
    id: `o${index}`,
    type: "source" as const,
    position: Position.Right,
    x: WIDTH - HIT / 2,
    y: y(index, data.outs),
  }));
  return [...ins, ...outs];
}

/** What a screen reader says for a node. */
function spoken({ node, annotation, subtitle: details, stale }: LayerData): string {
  const sizes = firstShape(annotation?.shape ?? null);
  const state = stale
    ? "checking"
    : (shownIssue(annotation)?.message ?? (annotation?.blocked_by ? `waits for ${annotation.blocked_by}` : ""));
  return [node.id, node.bypass ? "bypassed" : "", details, !stale && sizes ? `gives ${shape(sizes)}` : "", state].filter((part) => part).join(", ");
}

/** Whether so much is drawn that only what is seen should be in the page. */
export function isLarge(design: Design): boolean {
  return indexOf(design).size > 120;
}
