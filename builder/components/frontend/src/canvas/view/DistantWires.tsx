/** All wires as one picture behind the nodes: from far away nobody takes hold of one, and a thousand would cost each frame. */

import { useRef } from "react";
import { edgeKey, indexOf, positionOf } from "../design/document";
import { type Paint, usePainted } from "./painting";

/** Below this zoom nodes are plain boxes and wires a picture. */
export const DISTANT = 0.25;
const MIDDLE = { x: 132, y: 26 };

export function DistantWires() {
  const canvas = useRef<HTMLCanvasElement>(null);
  usePainted(canvas, paint);
  return <canvas ref={canvas} className="distant-wires" aria-hidden="true" />;
}

const paint: Paint = (context, state, view, colour) => {
  const { shown, dragging, lanes, wires } = state;
  const nodes = indexOf(shown);
  const right = shown.ui?.direction === "right";
  const place = (id: string): { x: number; y: number } | null => {
    const node = nodes.get(id);
    if (!node) return null;
    const [x, y] = dragging?.get(id) ?? positionOf(node);
    return { x: (x + MIDDLE.x) * view.zoom + view.x, y: (y + MIDDLE.y) * view.zoom + view.y };
  };
  const line = (chosen: boolean): void => {
    context.beginPath();
    for (const edge of shown.edges) {
      if (wires.size ? wires.has(edgeKey(edge)) !== chosen : chosen) continue;
      const [from, to] = [place(edge.source), place(edge.target)];
      if (!from || !to || outside(from, to, view)) continue;
      const lane = lanes.size && !dragging ? lanes.get(edgeKey(edge)) : undefined;
      context.moveTo(from.x, from.y);
      if (lane !== undefined && right) through(context, from.x, lane * view.zoom + view.y, to.x);
      else if (lane !== undefined) down(context, from.y, lane * view.zoom + view.x, to.y);
      context.lineTo(to.x, to.y);
    }
    context.stroke();
  };
  context.lineWidth = 1;
  context.strokeStyle = colour("--ll-edge");
  line(false);
  if (!wires.size) return;
  context.lineWidth = 2;
  context.strokeStyle = colour("--ll-accent");
  line(true);
};

function down(context: CanvasRenderingContext2D, fromY: number, laneX: number, toY: number): void {
  context.lineTo(laneX, fromY);
  context.lineTo(laneX, toY);
}

function through(context: CanvasRenderingContext2D, fromX: number, laneY: number, toX: number): void {
  context.lineTo(fromX, laneY);
  context.lineTo(toX, laneY);
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Both ends beyond one side of the view, with room for a lane. */
function outside(from: Spot, to: Spot, { width, height }: { width: number; height: number }): boolean {
  const rim = 200;
  return (
    (from.x < -rim && to.x < -rim) ||
    (from.y < -rim && to.y < -rim) ||
    (from.x > width + rim && to.x > width + rim) ||
    (from.y > height + rim && to.y > height + rim)
  );
}
