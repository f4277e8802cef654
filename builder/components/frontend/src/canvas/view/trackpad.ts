/** Two fingers on a trackpad move the view; a wheel zooms it, and so do two fingers that part. */

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
