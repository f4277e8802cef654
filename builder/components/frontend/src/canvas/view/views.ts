/** What is in view? The stage that the editor acts on, and the few moves of the view that are asked for. */

import { type ReactFlowInstance, getViewportForBounds, useReactFlow, useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { type Box, around } from "../design/align";
import { type Design, type Position, nodeOf, positionOf } from "../design/document";
import type { NodeSize } from "../design/layout";
import { noteKey, notesOf } from "../design/notes";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import { boxOf } from "../state/places";
import { DISTANT } from "./DistantWires";
import { isLarge } from "./flow";

/** Gives the editor what only the browser knows. */
export function useStage(box: { current: HTMLDivElement | null }): void {
  const editor = useEditor();
  const flow = useReactFlow();
  const pointer = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    const surface = box.current!;
    editor.stage = {
      root: surface.closest<HTMLElement>(".ll") ?? surface,
      surface,
      toDrawing: (x, y) => pair(flow.screenToFlowPosition({ x, y }, { snapToGrid: false })),
      toScreen: (x, y) => pair(flow.flowToScreenPosition({ x, y })),
      zoom: (to) => void zoom(flow, to),
      pan: (dx, dy) => pan(flow, dx, dy),
      client: () => pointer.current && pair(pointer.current),
      pointer: () => pointer.current && pair(flow.screenToFlowPosition(pointer.current, { snapToGrid: false })),
    };
    const moved = (event: PointerEvent): void => {
      pointer.current = { x: event.clientX, y: event.clientY };
    };
    const left = (): void => {
      pointer.current = null;
    };
    surface.addEventListener("pointermove", moved);
    surface.addEventListener("pointerleave", left);
    return () => {
      surface.removeEventListener("pointermove", moved);
      surface.removeEventListener("pointerleave", left);
      editor.stage = null;
    };
  }, [box, editor, flow]);
}

function pair({ x, y }: { x: number; y: number }): Position {
  return [x, y];
}

/** A drawing opens so that names can be read; what does not fit in then is found by scrolling and on the overview. */
const READABLE = 0.75;
export const LEAST_ZOOM = 0.1;
/** A thousand layers in a chain are 90 000 pixels. */
export const LEAST_ZOOM_LARGE = 0.03;
const MOVE_MS = 320;
export const MOST_ZOOM = 2;
const STEP_MS = 90;
const ISSUE_LINE = 38;
const still = (): boolean => typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;

const STEP = 1.2;
/** Where the last zoom by keys leads, so that quick presses add up while it is still moving. */
let aim = { zoom: 1, until: 0 };

function zoom(flow: ReactFlowInstance, to: "in" | "out" | "full"): Promise<boolean> {
  const now = performance.now();
  const from = now < aim.until ? aim.zoom : flow.getZoom();
  const wanted = to === "full" ? 1 : to === "in" ? from * STEP : from / STEP;
  aim = { zoom: Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM_LARGE, wanted)), until: now + 2 * STEP_MS };
  return flow.zoomTo(aim.zoom, { duration: still() ? 0 : STEP_MS });
}

function pan(flow: ReactFlowInstance, dx: number, dy: number): void {
  const { x, y, zoom: scale } = flow.getViewport();
  void flow.setViewport({ x: x + dx, y: y + dy, zoom: scale });
}

/** Brings into view what the editor asks for: the whole drawing, or one node. Nothing else moves the view. */
export function useViews(): void {
  const editor = useEditor();
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const fit = usePicked((state) => state.fit);
  const goTo = usePicked((state) => state.goTo);
  const done = useRef(0);
  /** A node that was asked for together with the whole drawing is in view already. */
  const seen = useRef(goTo);
  useEffect(() => {
    if (!width || !height || done.current === fit) return;
    const least = editor.state.opening === fit ? READABLE : isLarge(editor.design) ? LEAST_ZOOM_LARGE : LEAST_ZOOM;
    const view = viewOf(clearOfControls(editor, bounds(boxesIn(editor), editor.size)), { width, height }, least, editor.design);
    void flow.setViewport(view, { duration: done.current === 0 || still() ? 0 : MOVE_MS });
    done.current = fit;
    seen.current = editor.state.goTo;
  }, [fit, width, height, flow, editor]);
  useEffect(() => {
    if (seen.current === goTo) return;
    seen.current = goTo;
    const node = goTo && nodeOf(editor.design, goTo.id);
    const box = editor.stage?.surface.getBoundingClientRect();
    if (!node || !box) return;
    const { width: wide, height: high } = editor.size;
    const [x, y] = positionOf(node);
    const first = flow.flowToScreenPosition({ x, y });
    const last = flow.flowToScreenPosition({ x: x + wide, y: y + high + ISSUE_LINE });
    const dx = shift(first.x, last.x, box.left, box.right);
    const dy = shift(first.y, last.y, box.top, box.bottom);
    const view = flow.getViewport();
    // From far away a layer is a box without a name: whoever goes to one wants to read it.
    const distant = view.zoom < DISTANT;
    if (!dx && !dy && !distant) return;
    const duration = still() ? 0 : MOVE_MS;
    const near = Math.abs(dx) < box.width && Math.abs(dy) < box.height;
    if (near && !distant) void flow.setViewport({ ...view, x: view.x + dx, y: view.y + dy }, { duration });
    else void flow.setCenter(x + wide / 2, y + high / 2, { zoom: distant ? READABLE : Math.max(view.zoom, 0.5), duration });
  }, [goTo, editor, flow]);
}

const MARGIN = 24;

/** The whole in the middle of the window; if that makes it smaller than `least`, its beginning at that zoom. */
export function viewOf(
  box: Omit<Box, "id">,
  window: { width: number; height: number },
  least: number,
  design: Design,
): { x: number; y: number; zoom: number } {
  const whole = getViewportForBounds(box, window.width, window.height, LEAST_ZOOM_LARGE, 1, `${MARGIN}px`);
  if (whole.zoom >= least) return whole;
  const right = design.ui?.direction === "right";
  const along = (start: number): number => MARGIN - start * least;
  const across = (start: number, length: number, room: number, first: number): number =>
    length * least <= room - 2 * MARGIN ? room / 2 - (start + length / 2) * least : room / 2 - first * least;
  const [x, y] = firstAt(design, right);
  return right
    ? { x: along(box.x), y: across(box.y, box.height, window.height, y + 26), zoom: least }
    : { x: across(box.x, box.width, window.width, x + 132), y: along(box.y), zoom: least };
}

/** Where the layer stands that comes first in the direction of the data. */
function firstAt(design: Design, right: boolean): Position {
  const places = design.nodes.map(positionOf);
  const before = (one: Position, other: Position): boolean => (right ? one[0] < other[0] : one[1] < other[1]);
  return places.reduce((first, place) => (before(place, first) ? place : first), places[0] ?? [0, 0]);
}

/** How far to move so that what reaches from `from` to `to` lies within; 0 when it does. */
export function shift(from: number, to: number, low: number, high: number): number {
  if (from < low + MARGIN / 3) return low + MARGIN - from;
  return to > high - MARGIN / 3 ? Math.max(high - MARGIN - to, low + MARGIN - from) : 0;
}

/** What shall be in view: all layers and notes, or some layers only. */
function boxesIn(editor: Editor): readonly Box[] {
  const { fitOnly } = editor.state;
  const { design } = editor;
  const nodes = design.nodes.filter((node) => !fitOnly?.size || fitOnly.has(node.id));
  const notes = fitOnly?.size ? [] : notesOf(design).map((note) => noteKey(note.id));
  return [...nodes.map((node) => node.id), ...notes].map((key) => boxOf(editor, key));
}

/** What leads out of an open block stands over the drawing, as does the run that is shown, and covers no layer. */
const CRUMBS = 56;

function clearOfControls({ state }: Editor, { x, y, width, height }: Bounds): Bounds {
  const above = state.path.length ? CRUMBS : 0;
  const below = state.data?.run ? CRUMBS : 0;
  return { x, y: y - above, width, height: height + above + below };
}

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangle around the boxes, with room for a fault line below the last. */
function bounds(boxes: readonly Box[], size: NodeSize): Bounds {
  if (!boxes.length) return { x: -size.width, y: 0, width: 2 * size.width, height: 400 };
  const { left, top, right, bottom } = around(boxes);
  return { x: left, y: top, width: right - left, height: bottom - top + ISSUE_LINE };
}
