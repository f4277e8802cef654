/** How is something drawn on a canvas whenever the drawing or the view changes, without ever holding up a frame? */

import { type ReactFlowState, useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { useEditor } from "../state/context";
import type { State } from "../state/state";

export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

export type Paint = (context: CanvasRenderingContext2D, state: State, view: View, colour: (token: string) => string) => void;

/** Calls `paint` on a cleared canvas after changes; at most once a frame, and once in `pauseMs`. */
export function usePainted(canvas: RefObject<HTMLCanvasElement | null>, paint: Paint, pauseMs = 0): void {
  const editor = useEditor();
  const store = useStoreApi();
  useEffect(() => {
    let [frame, timer, last] = [0, 0, -Infinity];
    const now = (): void => {
      frame = 0;
      last = performance.now();
      const element = canvas.current;
      if (element) painted(element, paint, editor.state, viewOf(store.getState()));
    };
    const soon = (): void => {
      if (frame || timer) return;
      const wait = pauseMs - (performance.now() - last);
      if (wait <= 0) frame = requestAnimationFrame(now);
      else
        timer = window.setTimeout(() => {
          timer = 0;
          frame = requestAnimationFrame(now);
        }, wait);
    };
    const leave = [editor.subscribe(soon), store.subscribe(soon)];
    soon();
    return () => {
      for (const stop of leave) stop();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [canvas, paint, pauseMs, editor, store]);
}

function viewOf({ transform: [x, y, zoom], width, height }: ReactFlowState): View {
  return { x, y, zoom, width, height };
}

function painted(element: HTMLCanvasElement, paint: Paint, state: State, view: View): void {
  const context = element.getContext("2d");
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(element.clientWidth * ratio), Math.round(element.clientHeight * ratio)];
  if (element.width !== width) element.width = width;
  if (element.height !== height) element.height = height;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(element);
  paint(context, state, view, (token) => style.getPropertyValue(token));
}
