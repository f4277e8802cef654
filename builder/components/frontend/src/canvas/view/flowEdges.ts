/** The wires as React Flow wants them. */

import type { Edge as FlowEdge } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { Catalog } from "../design/catalog";
import { type Edge, edgeKey } from "../design/document";
import { portShare } from "../design/lanes";
import { directionOf } from "../design/layout";
import { type InPort, inPorts } from "../design/ports";
import type { Annotation } from "../protocol";
import { usePicked } from "../state/context";
import type { State } from "../state/state";
import { firstShape, shape } from "../words/numbers";
import { WIDTH, sameItems } from "./flow";
import { shownIssue } from "./issues";

export interface WireData extends Record<string, unknown> {
  readonly edge: Edge;
  readonly shift: number;
  readonly lane: number | undefined;
  readonly look: "plain" | "fault" | "blocked" | "moving";
  /** Whether it runs to the right. */
  readonly right: boolean;
  readonly label: string;
  readonly landing: boolean;
}

export type WireFlowEdge = FlowEdge<WireData, "wire">;

const pick = {
  design: (state: State) => state.shown,
  wires: (state: State) => state.wires,
  moving: movingOf,
  stale: (state: State) => state.checking,
  annotations: (state: State) => state.answers,
  catalog: (state: State) => state.catalog,
  lanes: (state: State) => state.lanes,
  landing: (state: State) => state.landing,
  loose: (state: State) => (state.rewiring ? edgeKey(state.rewiring.edge) : null),
  leaving: (state: State) => state.leaving,
  compact: (state: State) => state.compact,
};

const NO_LAYERS = new Catalog([]);
const NO_WIRES: WireFlowEdge[] = [];
const NOBODY: ReadonlySet<string> = new Set();
let moved = NOBODY;

/** Who is being dragged: the same set through the whole drag, so that no wire is looked at in each of its frames. */
function movingOf({ dragging }: State): ReadonlySet<string> {
  if (!dragging) return NOBODY;
  if (dragging.size !== moved.size || ![...dragging.keys()].every((id) => moved.has(id))) moved = new Set(dragging.keys());
  return moved;
}

/** `distant`: from so far away that wires are a picture behind the nodes, and none is drawn by itself. */
export function useFlowEdges(distant: boolean): WireFlowEdge[] {
  const design = usePicked(pick.design);
  const [catalog, annotations, stale] = [usePicked(pick.catalog), usePicked(pick.annotations), usePicked(pick.stale)];
  const [lanes, wires, moving, landing] = [
    usePicked(pick.lanes),
    usePicked(pick.wires),
    usePicked(pick.moving),
    usePicked(pick.landing),
  ];
  const [held, leaving, compact] = [usePicked(pick.loose), usePicked(pick.leaving), usePicked(pick.compact)];
  const kept = useRef(new Map<string, WireFlowEdge>());
  const list = useRef(NO_WIRES);
  return useMemo(() => {
    if (distant) return NO_WIRES;
    const next = new Map<string, WireFlowEdge>();
    const right = directionOf(design) === "right";
    const ports = new Map(design.nodes.map((node) => [node.id, inPorts(design, catalog ?? NO_LAYERS, node)]));
    for (const edge of design.edges) {
      const id = edgeKey(edge);
      if (!ports.has(edge.source) || !ports.has(edge.target) || next.has(id)) continue;
      const { index, shift } = ending(ports.get(edge.target)!, edge, right ? (compact ? 44 : 52) : WIDTH);
      const loose = moving.has(edge.source) || moving.has(edge.target);
      const torn = held === id || leaving === edge.source || leaving === edge.target;
      const found = stale.has(edge.target) ? "plain" : lookOf(annotations?.[edge.source], annotations?.[edge.target]);
      const look = torn ? "moving" : found;
      const label = look === "fault" ? faultLabel(annotations?.[edge.source]) : "";
      const data: WireData = { edge, shift, lane: loose ? undefined : lanes.get(id), look, right, label, landing: landing === id };
      const made: WireFlowEdge = {
        id,
        type: "wire",
        source: edge.source,
        target: edge.target,
        sourceHandle: `o${edge.source_port ?? 0}`,
        targetHandle: `i${index}`,
        selected: wires.has(id),
        data,
        ariaLabel: `${edge.source} feeds ${edge.target}`,
      };
      const old = kept.current.get(id);
      next.set(id, old && sameWire(old, made) ? old : made);
    }
    kept.current = next;
    return (list.current = sameItems(list.current, [...next.values()]));
  }, [distant, design, catalog, annotations, stale, lanes, wires, moving, landing, held, leaving, compact]);
}

/** The port a wire ends at, and how far beside that port's middle. */
function ending(ports: readonly InPort[], edge: Edge, length: number): { index: number; shift: number } {
  const port = ports.find((candidate) => candidate.edges.includes(edge)) ?? ports[0];
  if (!port || ports.length > 1 || !port.many) return { index: port?.index ?? 0, shift: 0 };
  return { index: 0, shift: length * (portShare(port.edges.indexOf(edge), port.edges.length) - 0.5) };
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
  return (
    one.selected === other.selected &&
    one.targetHandle === other.targetHandle &&
    one.sourceHandle === other.sourceHandle &&
    a.edge === b.edge &&
    a.shift === b.shift &&
    a.lane === b.lane &&
    a.look === b.look &&
    a.right === b.right &&
    a.label === b.label &&
    a.landing === b.landing
  );
}
