/** Dragging an end of a wire to another port: which end, what it is over, and what happens when it is let go. */

import { useEffect } from "react";
import { type Edge, edgeKey } from "../design/document";
import { useEditor } from "../state/context";
import type { Editor } from "../state/editor";
import { judgeMove, portIndexOf, rewire } from "../state/plugging";
import { type Place, cornerAt } from "../state/placing";
import type { Rewiring } from "../state/state";
import { at, nodeAt } from "./dragging";

const SLACK = 4;
/** Let go this near to where the end was, in pixels of the screen, it goes back. */
const NEAR = 36;

type End = Rewiring["end"];

/** A press on a wire, or on a port where the one selected wire ends, may become a drag of that wire's nearer end. */
export function useRewiring(box: { current: HTMLDivElement | null }): void {
  const editor = useEditor();
  useEffect(() => {
    const surface = box.current!;
    const down = (event: PointerEvent): void => {
      if (event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey) return;
      const grabbed = grabbedAt(editor, event);
      if (!grabbed) return;
      if (grabbed.port) holdBack(surface);
      follow(editor, grabbed.edge, grabbed.end, event);
    };
    surface.addEventListener("pointerdown", down, true);
    return () => surface.removeEventListener("pointerdown", down, true);
  }, [box, editor]);
}

/** Keeps the press of the mouse that follows from beginning a new wire. */
function holdBack(surface: HTMLElement): void {
  const stop = (event: Event): void => event.stopPropagation();
  surface.addEventListener("mousedown", stop, { capture: true, once: true });
  window.setTimeout(() => surface.removeEventListener("mousedown", stop, true));
}

function grabbedAt(editor: Editor, event: PointerEvent): { edge: Edge; end: End; port: boolean } | null {
  const target = event.composedPath()[0] as Element;
  const port = target.closest<HTMLElement>(".port");
  const chosen = editor.chosenWire;
  if (port && chosen) {
    const end: End = port.classList.contains("port-in") ? "target" : "source";
    const ends = port.dataset.nodeid === chosen[end] && port.dataset.handleid === handleOf(editor, chosen, end);
    return ends ? { edge: chosen, end, port: true } : null;
  }
  const group = target.closest<SVGGElement>(".react-flow__edge");
  const edge = group && editor.design.edges.find((one) => edgeKey(one) === group.dataset.id);
  const line = group?.querySelector<SVGPathElement>(".react-flow__edge-interaction");
  return edge && line ? { edge, end: nearerEnd(line, event), port: false } : null;
}

function handleOf(editor: Editor, edge: Edge, end: End): string | undefined {
  const shown = editor.stage?.surface.querySelector<SVGGElement>(`.react-flow__edge[data-id="${CSS.escape(edgeKey(edge))}"] .wire`);
  return shown?.dataset[end];
}

/** The end of a wire that a press on it is nearer to, along the line. */
function nearerEnd(line: SVGPathElement, event: PointerEvent): End {
  const matrix = line.getScreenCTM();
  if (!matrix) return "target";
  const away = (length: number): number => {
    const point = line.getPointAtLength(length).matrixTransform(matrix);
    return Math.hypot(point.x - event.clientX, point.y - event.clientY);
  };
  const all = line.getTotalLength();
  const steps = Array.from({ length: 33 }, (_, step) => (all * step) / 32);
  const nearest = steps.reduce((best, length) => (away(length) < away(best) ? length : best));
  return nearest < all / 2 ? "source" : "target";
}

/** Follows the pointer until it is let go; Esc puts the wire back. */
function follow(editor: Editor, edge: Edge, end: End, start: PointerEvent): void {
  let lifted = false;
  const move = (now: PointerEvent): void => {
    if (!lifted && Math.hypot(now.clientX - start.clientX, now.clientY - start.clientY) <= SLACK) return;
    now.preventDefault();
    editor.set({
      ...(lifted ? {} : { refused: refusals(editor, edge, end), seeks: end === "target" ? "in" : "out", dialog: null }),
      rewiring: rewiringAt(editor, edge, end, now.clientX, now.clientY),
    });
    lifted = true;
  };
  const done = (): void => {
    for (const [name, listener] of listeners) window.removeEventListener(name, listener as EventListener, true);
    if (lifted) editor.set({ rewiring: null, refused: null, seeks: null });
  };
  const up = (now: PointerEvent): void => {
    const held = editor.state.rewiring;
    done();
    if (!lifted || !held) return;
    quietClick();
    letGo(editor, held, now.clientX, now.clientY, Math.hypot(now.clientX - start.clientX, now.clientY - start.clientY));
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !lifted) return;
    event.preventDefault();
    event.stopPropagation();
    done();
  };
  const listeners = [
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", done],
    ["keydown", key],
  ] as const;
  for (const [name, listener] of listeners) window.addEventListener(name, listener as EventListener, true);
}

/** The click that ends a drag means nothing. */
function quietClick(): void {
  const stop = (event: Event): void => event.stopPropagation();
  window.addEventListener("click", stop, { capture: true, once: true });
  window.setTimeout(() => window.removeEventListener("click", stop, true));
}

/** Layers that the end cannot go to, each with the reason. */
function refusals(editor: Editor, edge: Edge, end: End): ReadonlyMap<string, string> {
  const verdicts = editor.design.nodes.map((node) => [node.id, judgeMove(editor, edge, end, node.id)] as const);
  return new Map(verdicts.flatMap(([id, verdict]) => (verdict.ok || id === edge[end] ? [] : [[id, verdict.reason] as const])));
}

function rewiringAt(editor: Editor, edge: Edge, end: End, clientX: number, clientY: number): Rewiring {
  const [x, y] = editor.stage!.toDrawing(clientX, clientY);
  const over = nodeAt(editor.stage, clientX, clientY);
  const port = at(editor.stage, clientX, clientY, end === "target" ? ".port-in" : ".port-out");
  const index = port?.dataset.nodeid === over && port?.dataset.handleid ? Number(port.dataset.handleid.slice(1)) : undefined;
  if (over === null || (over === edge[end] && index === undefined)) return { edge, end, x, y, over: null, verdict: null };
  return { edge, end, x, y, over, verdict: judgeMove(editor, edge, end, over, index) };
}

/** On a port or layer the wire goes there; on empty canvas a layer is asked for; near its old end, or outside, it goes back. */
function letGo(editor: Editor, held: Rewiring, x: number, y: number, way: number): void {
  const { edge, end, verdict } = held;
  editor.focus();
  if (verdict) return void rewire(editor, edge, end, verdict);
  const inside = at(editor.stage, x, y, ".surface") && !nodeAt(editor.stage, x, y) && !at(editor.stage, x, y, ".zoom, .map, .banner");
  if (!inside || way < NEAR) return;
  const position = cornerAt(editor.design, [held.x, held.y], end === "target" ? "in" : "out", editor.size);
  const place: Place =
    end === "target"
      ? { kind: "from", id: edge.source, port: edge.source_port ?? 0, position, moving: edge }
      : { kind: "into", id: edge.target, port: portIndexOf(editor, edge) ?? 0, position, moving: edge };
  editor.set({ dialog: { kind: "add", place, at: [x, y] } });
}
