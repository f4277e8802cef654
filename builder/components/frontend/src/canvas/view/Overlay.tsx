/** What lies over the drawing while something is dragged: lines to stand in line with, and a wire whose end is loose. */

import { ViewportPortal, useStore } from "@xyflow/react";
import type { Guide } from "../design/guides";
import { path } from "../design/lanes";
import { directionOf } from "../design/layout";
import { useEditor, usePicked } from "../state/context";
import type { Rewiring } from "../state/state";
import { HIT } from "./flow";
import { Reason, warned } from "./WireEdge";

export function Overlay() {
  const guides = usePicked((state) => state.guides);
  const rewiring = usePicked((state) => state.rewiring);
  if (!guides?.length && !rewiring) return null;
  return (
    <ViewportPortal>
      <svg className="overlay" aria-hidden="true">
        {guides?.map((guide) => (
          <Line key={`${guide.axis}${guide.at}`} guide={guide} />
        ))}
        {rewiring && <Loose rewiring={rewiring} />}
      </svg>
    </ViewportPortal>
  );
}

const BEYOND = 24;

function Line({ guide: { axis, at, from, to } }: { guide: Guide }) {
  const [first, last] = [from - BEYOND, to + BEYOND];
  const ends = axis === "x" ? { x1: at, x2: at, y1: first, y2: last } : { y1: at, y2: at, x1: first, x2: last };
  return <line className="guide" data-testid="guide" {...ends} />;
}

/** The wire from the end that stays to the pointer. */
function Loose({ rewiring }: { rewiring: Rewiring }) {
  const { edge, end, x, y, verdict } = rewiring;
  const editor = useEditor();
  const direction = usePicked((state) => directionOf(state.shown));
  const node = useStore((state) => state.nodeLookup.get(end === "target" ? edge.source : edge.target));
  const side = end === "target" ? "source" : "target";
  const ports = node?.internals.handleBounds?.[side] ?? [];
  const port = ports[side === "source" ? (edge.source_port ?? 0) : 0] ?? ports[0];
  if (!node || !port) return null;
  const { x: left, y: top } = node.internals.positionAbsolute;
  const fixed = { x: left + port.x + HIT / 2, y: top + port.y + HIT / 2 };
  const line = end === "target" ? path(fixed, { x, y }, undefined, direction) : path({ x, y }, fixed, undefined, direction);
  const refused = verdict && !verdict.ok;
  const reason = refused ? verdict.reason : verdict?.ok ? warned(editor, verdict.edge) : undefined;
  return (
    <g className={refused ? "drawn drawn-refused" : verdict ? "drawn drawn-ok" : "drawn"} data-testid="loose-wire">
      <path d={line} fill="none" />
      <circle cx={x} cy={y} r={5} className="loose-end" />
      {reason && <Reason x={x} y={y} text={reason} severity={refused ? "fault" : "warning"} />}
    </g>
  );
}
