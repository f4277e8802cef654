/** One wire, and the wire that is being drawn. */

import { BaseEdge, type ConnectionLineComponentProps, type EdgeProps, useReactFlow } from "@xyflow/react";
import { memo } from "react";
import { Catalog } from "../design/catalog";
import { path } from "../design/lanes";
import { type Verdict, judge } from "../design/ports";
import { useEditor } from "../state/context";
import type { Editor } from "../state/editor";
import { nodeAt } from "./dragging";
import { HIT } from "./flow";
import type { WireFlowEdge } from "./flowEdges";

export const WireEdge = memo(function WireEdge({ sourceX, sourceY, targetX, targetY, selected, data }: EdgeProps<WireFlowEdge>) {
  const from = { x: sourceX, y: sourceY - HIT / 2 };
  const to = { x: targetX + (data?.shift ?? 0), y: targetY + HIT / 2 };
  const look = `wire wire-${data?.look ?? "plain"}${selected ? " wire-selected" : ""}${data?.landing ? " wire-landing" : ""}`;
  const labelX = data?.lane ?? (from.x + to.x) / 2 + (to.x >= from.x ? 34 : -34);
  return (
    <>
      <BaseEdge path={path(from, to, data?.lane)} className={look} interactionWidth={20} />
      {data?.label && (
        <text className="wire-label" x={labelX} y={(from.y + to.y) / 2 + 4} textAnchor="middle">
          {data.label}
        </text>
      )}
    </>
  );
});

/** The line from a port to the pointer, with the reason where a target refuses. */
export function DrawnWire({ fromX, fromY, toX, toY, fromHandle, fromNode, toHandle, toNode }: ConnectionLineComponentProps) {
  const editor = useEditor();
  const flow = useReactFlow();
  const down = fromHandle.type === "source";
  const start = { x: fromX, y: fromY + (down ? -HIT / 2 : HIT / 2) };
  const end = { x: toX, y: toY + (toHandle ? (toHandle.type === "target" ? HIT / 2 : -HIT / 2) : 0) };
  const screen = flow.flowToScreenPosition({ x: toX, y: toY });
  const over = toNode?.id ?? nodeAt(editor.stage, screen.x, screen.y);
  const verdict = over ? proposed(editor, fromNode.id, fromHandle.id ?? "", over, toHandle?.id ?? null, down) : null;
  const refused = verdict && !verdict.ok ? verdict.reason : null;
  return (
    <g className={refused ? "drawn drawn-refused" : verdict ? "drawn drawn-ok" : "drawn"}>
      <path d={down ? path(start, end) : path(end, start)} fill="none" />
      {refused && (
        <foreignObject
          x={end.x + 14}
          y={end.y + 10}
          width={300}
          height={80}
          style={{ overflow: "visible", pointerEvents: "none" }}
        >
          <div className="drawn-reason" data-testid="connect-reason">
            {refused}
          </div>
        </foreignObject>
      )}
    </g>
  );
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
