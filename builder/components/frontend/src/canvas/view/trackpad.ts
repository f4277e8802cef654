/** What moves the view? Two fingers on a trackpad, and the mouse while Space is held; a wheel zooms it. */

import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";

/** A wheel turns in steps of this many pixels or more. */
const NOTCH = 50;

/** Whether this looks like fingers: small or sideways steps, where a wheel makes large upright ones. */
export function byFingers(event: Pick<WheelEvent, "deltaX" | "deltaY" | "deltaMode" | "ctrlKey" | "metaKey">): boolean {
  if (event.ctrlKey || event.metaKey || event.deltaMode !== 0) return false;
  return event.deltaX !== 0 || Math.abs(event.deltaY) < NOTCH;
}

export function useTrackpad(box: { current: HTMLElement | null }): void {
  const flow = useReactFlow();
  useEffect(() => {
    const surface = box.current!;
    const wheel = (event: WheelEvent): void => {
      if (!byFingers(event) || (event.target as Element).closest(".nowheel")) return;
      event.preventDefault();
      event.stopPropagation();
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x: x - event.deltaX, y: y - event.deltaY, zoom });
    };
    surface.addEventListener("wheel", wheel, { capture: true, passive: false });
    return () => surface.removeEventListener("wheel", wheel, true);
  }, [box, flow]);
}

/** While Space is held, layers and wires let the pointer through to the view. */
export function useHand(box: { current: HTMLElement | null }): void {
  useEffect(() => {
    const surface = box.current!;
    const down = (event: KeyboardEvent): void => {
      const target = event.composedPath()[0] as Element;
      if (event.key !== " " || event.ctrlKey || !surface.contains(target) || target.closest("button, textarea, input")) return;
      event.preventDefault();
      surface.dataset.hand = "true";
    };
    const up = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.key === " ") delete surface.dataset.hand;
    };
    window.addEventListener("keydown", down, true);
    window.addEventListener("keyup", up, true);
    window.addEventListener("blur", up);
    return () => {
      window.removeEventListener("keydown", down, true);
      window.removeEventListener("keyup", up, true);
      window.removeEventListener("blur", up);
    };
  }, [box]);
}
