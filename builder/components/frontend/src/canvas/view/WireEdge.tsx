/** One wire, and the wire that is being drawn. */

import { BaseEdge, type ConnectionLineComponentProps, type EdgeProps, useReactFlow } from "@xyflow/react";
import { memo, useState } from "react";
import { Catalog } from "../design/catalog";
import { type Edge, nodeOf } from "../design/document";
import { misfit } from "../design/fits";
import { itemOf } from "../design/items";
import { middleOf, path } from "../design/lanes";
import { directionOf } from "../design/layout";
import { type Verdict, judge } from "../design/ports";
import { useEditor } from "../state/context";
import type { Editor } from "../state/editor";
import { shape, shapeList } from "../words/numbers";
import { nodeAt } from "./dragging";
import { HIT } from "./flow";
import type { WireFlowEdge } from "./flowEdges";

export const WireEdge = memo(function WireEdge({
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourceHandleId,
  targetHandleId,
  selected,
  data,
}: EdgeProps<WireFlowEdge>) {
  const [pointed, setPointed] = useState(false);
  const direction = data?.right ? "right" : "down";
  const shift = data?.shift ?? 0;
  const from = data?.right ? { x: sourceX - HIT / 2, y: sourceY } : { x: sourceX, y: sourceY - HIT / 2 };
  const to = data?.right ? { x: targetX + HIT / 2, y: targetY + shift } : { x: targetX + shift, y: targetY + HIT / 2 };
  const look = `wire wire-${data?.look ?? "plain"}${selected ? " wire-selected" : ""}${data?.landing ? " wire-landing" : ""}`;
  const middle = middleOf(from, to, data?.lane, direction);
  const label = data?.right ? { x: middle.x, y: middle.y - 10 } : { x: middle.x + (to.x >= from.x ? 34 : -34), y: middle.y + 4 };
  return (
    <g onPointerEnter={() => setPointed(true)} onPointerLeave={() => setPointed(false)}>
      <BaseEdge
        path={path(from, to, data?.lane, direction)}
        className={look}
        interactionWidth={20}
        data-source={sourceHandleId}
        data-target={targetHandleId}
      />
      {data?.label && (
        <text className="wire-label" x={label.x} y={label.y} textAnchor="middle">
          {data.label}
        </text>
      )}
      {(pointed || selected) && data && data.look !== "moving" && <Tools data={data} middle={middle} quiet={Boolean(data.label)} />}
    </g>
  );
});

/** How far beside the wire its button sits, so that the wire itself can still be taken. */
const ASIDE = 17;

/** Beside the middle of a wire that is pointed at or selected: the button that puts a layer on it, and what flows there. */
function Tools({ data, middle, quiet }: { data: NonNullable<WireFlowEdge["data"]>; middle: { x: number; y: number }; quiet: boolean }) {
  const editor = useEditor();
  const { edge } = data;
  const answered = shapeList(editor.state.answers[edge.source]?.shape)[edge.source_port ?? 0];
  const place = data.right ? { x: middle.x, y: middle.y - ASIDE } : { x: middle.x + ASIDE, y: middle.y };
  const insert = (): void => editor.set({ dialog: { kind: "add", place: { kind: "on", edge } } });
  return (
    <>
      <g
        className="wire-plus"
        transform={`translate(${place.x},${place.y})`}
        role="button"
        aria-label={`Put a layer between ${edge.source} and ${edge.target}`}
        data-testid="wire-insert"
        onClick={(event) => {
          event.stopPropagation();
          insert();
        }}
      >
        <circle r={8} />
        <path d="M-3.500,0H3.500M0,-3.500V3.500" />
      </g>
      {answered && !quiet && (
        <text className="wire-shape" x={place.x + 13} y={place.y + 4} data-testid="wire-shape">
          {shape(answered)}
        </text>
      )}
    </>
  );
}

/** The line from a port to the pointer, with the reason where a target refuses. */
export function DrawnWire({ fromX, fromY, toX, toY, fromHandle, fromNode, toHandle, toNode }: ConnectionLineComponentProps) {
  const editor = useEditor();
  const flow = useReactFlow();
  const direction = directionOf(editor.design);
  const down = fromHandle.type === "source";
  const start = inward({ x: fromX, y: fromY }, fromHandle.type, direction);
  const end = toHandle ? inward({ x: toX, y: toY }, toHandle.type, direction) : { x: toX, y: toY };
  const screen = flow.flowToScreenPosition({ x: toX, y: toY });
  const over = toNode?.id ?? nodeAt(editor.stage, screen.x, screen.y);
  const verdict = over ? proposed(editor, fromNode.id, fromHandle.id ?? "", over, toHandle?.id ?? null, down) : null;
  const refused = verdict !== null && !verdict.ok;
  const reason = verdict && (verdict.ok ? warned(editor, verdict.edge) : verdict.reason);
  const line = down ? path(start, end, undefined, direction) : path(end, start, undefined, direction);
  return (
    <g className={refused ? "drawn drawn-refused" : verdict ? "drawn drawn-ok" : "drawn"}>
      <path d={line} fill="none" />
      {reason && <Reason x={end.x} y={end.y} text={reason} severity={refused ? "fault" : "warning"} />}
    </g>
  );
}

/** From the outer edge of a port's reach, where React Flow ends a wire, to the port itself. */
function inward({ x, y }: { x: number; y: number }, type: "source" | "target", direction: "down" | "right"): { x: number; y: number } {
  const step = type === "source" ? -HIT / 2 : HIT / 2;
  return direction === "right" ? { x: x + step, y } : { x, y: y + step };
}

/** Why a wire cannot end here, or what speaks against it, at the pointer. */
export function Reason({ x, y, text, severity }: { x: number; y: number; text: string; severity: "fault" | "warning" }) {
  return (
    <foreignObject x={x + 14} y={y + 10} width={300} height={80} style={{ overflow: "visible", pointerEvents: "none" }}>
      <div className={`drawn-reason sev-${severity}`} data-testid="connect-reason">
        {text}
      </div>
    </foreignObject>
  );
}

/** What the catalogue says against a wire that may be drawn. */
export function warned(editor: Editor, edge: Edge): string | undefined {
  const { catalog, answers } = editor.state;
  const [source, target] = [answers[edge.source], nodeOf(editor.design, edge.target)];
  if (!catalog || !source || !target || source.blocked_by) return undefined;
  const port = edge.source_port ?? 0;
  const dtype = typeof source.dtype === "string" ? source.dtype : (source.dtype?.[port] ?? null);
  const item = itemOf(catalog, catalog.of(editor.design, target)?.type ?? "");
  const reason = item && !item.joins ? misfit(item, { shape: shapeList(source.shape)[port] ?? null, dtype }) : null;
  return reason === null || reason === undefined ? undefined : `${target.id} ${reason}.`;
}

/** The verdict on a wire between two ports as React Flow names them. */
export function proposed(
  editor: Editor,
  fromNode: string,
  fromPort: string,
  overNode: string,
  overPort: string | null,
  down: boolean,
): Verdict {
  const catalog = editor.state.catalog ?? new Catalog([]);
  if (down) {
    const port = overPort?.startsWith("i") ? Number(overPort.slice(1)) : undefined;
    return judge(editor.design, catalog, {
      source: fromNode,
      sourcePort: Number(fromPort.slice(1)) || 0,
      target: overNode,
      port,
    });
  }
  const sourcePort = overPort?.startsWith("o") ? Number(overPort.slice(1)) : 0;
  return judge(editor.design, catalog, { source: overNode, sourcePort, target: fromNode, port: Number(fromPort.slice(1)) || 0 });
}
