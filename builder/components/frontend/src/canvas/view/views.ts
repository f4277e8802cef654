/** What is in view? The stage that the editor acts on, and the few moves of the view that are asked for. */

import { getViewportForBounds, useReactFlow, useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { type Design, type Position, nodeOf, positionOf } from "../design/document";
import type { NodeSize } from "../design/layout";
import { useEditor, usePicked } from "../state/context";

/** Gives the editor what only the browser knows. */
export function useStage(box: { current: HTMLDivElement | null }): void {
  const editor = useEditor();
  const flow = useReactFlow();
  useEffect(() => {
    const surface = box.current!;
    editor.stage = {
      root: surface.closest<HTMLElement>(".ll") ?? surface, surface,
      toDrawing: (x, y) => pair(flow.screenToFlowPosition({ x, y }, { snapToGrid: false })),
      toScreen: (x, y) => pair(flow.flowToScreenPosition({ x, y })),
    };
    return () => {
      editor.stage = null;
    };
  }, [box, editor, flow]);
}

function pair({ x, y }: { x: number; y: number }): Position {
  return [x, y];
}

const MOVE_MS = 320;
const ISSUE_LINE = 28;
const still = (): boolean => typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Brings into view what the editor asks for: the whole drawing, or one node. Nothing else moves the view. */
export function useViews(): void {
  const editor = useEditor();
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const fit = usePicked((state) => state.fit);
  const goTo = usePicked((state) => state.goTo);
  const done = useRef(0);
  useEffect(() => {
    if (!width || !height || done.current === fit) return;
    const view = getViewportForBounds(bounds(editor.design, editor.size), width, height, 0.12, 1, "24px");
    void flow.setViewport(view, { duration: done.current === 0 || still() ? 0 : MOVE_MS });
    done.current = fit;
  }, [fit, width, height, flow, editor]);
  useEffect(() => {
    const node = goTo && nodeOf(editor.design, goTo.id);
    const box = editor.stage?.surface.getBoundingClientRect();
    if (!node || !box) return;
    const { width: wide, height: high } = editor.size;
    const [x, y] = positionOf(node);
    const { x: left, y: top } = flow.flowToScreenPosition({ x, y });
    const { x: right, y: bottom } = flow.flowToScreenPosition({ x: x + wide, y: y + high + ISSUE_LINE });
    if (left >= box.left + 8 && right <= box.right - 8 && top >= box.top + 8 && bottom <= box.bottom - 8) return;
    void flow.setCenter(x + wide / 2, y + high / 2, { zoom: Math.max(flow.getZoom(), 0.5), duration: still() ? 0 : MOVE_MS });
  }, [goTo, editor, flow]);
}

/** The rectangle around all nodes, with room for a fault line below the last. */
function bounds(design: Design, size: NodeSize): { x: number; y: number; width: number; height: number } {
  if (!design.nodes.length) return { x: -size.width, y: 0, width: 2 * size.width, height: 400 };
  const xs = design.nodes.map((node) => positionOf(node)[0]);
  const ys = design.nodes.map((node) => positionOf(node)[1]);
  const [left, top] = [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.min(a, b))];
  const [right, bottom] = [xs.reduce((a, b) => Math.max(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  return { x: left, y: top, width: right - left + size.width, height: bottom - top + size.height + ISSUE_LINE };
}
