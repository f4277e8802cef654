/** The small map of the whole drawing at the lower right: where is the view, and where are faults? */

import { useReactFlow } from "@xyflow/react";
import { type PointerEvent, type WheelEvent, useRef } from "react";
import { type Design, type Position, positionOf } from "../design/document";
import { noteKey, notesOf } from "../design/notes";
import type { State } from "../state/state";
import { useEditor } from "../state/context";
import { shownIssue } from "./issues";
import { type Paint, type View, usePainted } from "./painting";

const [WIDE, HIGH] = [112, 80];
const NODE = { width: 264, height: 52 };
/** A map of a thousand nodes need not be new in every frame. */
const PAUSE_MS = 60;

export interface Fitted {
  /** Pixels of the map for one of the drawing. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export function Overview() {
  const editor = useEditor();
  const flow = useReactFlow();
  const canvas = useRef<HTMLCanvasElement>(null);
  usePainted(canvas, paint, PAUSE_MS);
  const go = (event: PointerEvent): void => {
    if (!(event.buttons & 1)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, x, y } = fitted(seen(editor.state));
    const view = flow.getViewport();
    const to = { x: x + (event.clientX - box.left) / scale, y: y + (event.clientY - box.top) / scale };
    void flow.setCenter(to.x, to.y, { zoom: view.zoom });
  };
  const zoom = (event: WheelEvent): void => void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY * 0.002));
  return (
    <canvas
      ref={canvas}
      className="map"
      role="img"
      aria-label="Overview"
      data-testid="overview"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
      onWheel={zoom}
    />
  );
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function seen({ shown }: Pick<State, "shown">): Bounds {
  return boundsOf(shown);
}

let last: { nodes: Design["nodes"]; bounds: Bounds } | null = null;

/** The rectangle around all nodes; kept as long as the nodes are the same. */
function boundsOf({ nodes }: Design): Bounds {
  if (last?.nodes === nodes) return last.bounds;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of nodes) {
    const [x, y] = positionOf(node);
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + NODE.width);
    bottom = Math.max(bottom, y + NODE.height);
  }
  last = { nodes, bounds: nodes.length ? { left, top, right, bottom } : { left: 0, top: 0, right: 1, bottom: 1 } };
  return last.bounds;
}

/** How the drawing is laid into the map: whole, in the middle, with a rim. */
export function fitted({ left, top, right, bottom }: Bounds): Fitted {
  const scale = Math.min((WIDE - 12) / (right - left), (HIGH - 12) / (bottom - top), 0.12);
  return { scale, x: (left + right) / 2 - WIDE / 2 / scale, y: (top + bottom) / 2 - HIGH / 2 / scale };
}

const paint: Paint = (context, state, view, colour) => {
  if (!state.shown.nodes.length) return;
  const { scale, x, y } = fitted(seen(state));
  const box = (at: Position, tone: string): void => {
    context.fillStyle = tone;
    const [wide, high] = [Math.max(1.5, NODE.width * scale), Math.max(1, NODE.height * scale)];
    context.fillRect((at[0] - x) * scale, (at[1] - y) * scale, wide, high);
  };
  for (const note of notesOf(state.shown)) {
    const at = state.dragging?.get(noteKey(note.id)) ?? note.position;
    context.fillStyle = colour("--ll-line");
    context.fillRect((at[0] - x) * scale, (at[1] - y) * scale, note.size[0] * scale, note.size[1] * scale);
  }
  const [plain, fault, chosen] = [colour("--ll-line-strong"), colour("--ll-sev-fault"), colour("--ll-accent")];
  for (const node of state.shown.nodes) {
    const issue = state.checking.has(node.id) ? null : shownIssue(state.answers[node.id]);
    const tone = issue?.severity === "error" ? fault : state.selected.has(node.id) ? chosen : plain;
    box(state.dragging?.get(node.id) ?? positionOf(node), tone);
  }
  frame(context, view, { scale, x, y }, colour);
};

/** What is in view stays clear, the rest is veiled. */
function frame(context: CanvasRenderingContext2D, view: View, map: Fitted, colour: (token: string) => string): void {
  const left = (-view.x / view.zoom - map.x) * map.scale;
  const top = (-view.y / view.zoom - map.y) * map.scale;
  const [wide, high] = [(view.width / view.zoom) * map.scale, (view.height / view.zoom) * map.scale];
  context.globalAlpha = 0.7;
  context.fillStyle = colour("--ll-canvas");
  context.beginPath();
  context.rect(0, 0, WIDE, HIGH);
  context.rect(left, top, wide, high);
  context.fill("evenodd");
  context.globalAlpha = 1;
  context.strokeStyle = colour("--ll-accent");
  context.lineWidth = 1.5;
  context.strokeRect(left, top, wide, high);
}
