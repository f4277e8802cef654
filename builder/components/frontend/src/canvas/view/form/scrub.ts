/** How is a number changed by dragging its name? One step for every few pixels, all of it one step to undo. */

import { type MouseEvent, type PointerEvent, useRef } from "react";
import { parse, stepped, written } from "../../words/values";
import type { Slot } from "./slot";

const PIXELS = 4;

/** Properties for the name; a short press still puts the keyboard into the field. */
export function useScrub(slot: Slot) {
  const from = useRef<{ x: number; steps: number; text: string } | null>(null);
  const moved = useRef(false);
  const latest = useRef(slot);
  latest.current = slot;
  const move = (event: PointerEvent<HTMLElement>): void => {
    const start = from.current;
    if (!start) return;
    const steps = Math.trunc((event.clientX - start.x) / PIXELS);
    for (; start.steps !== steps; start.steps += Math.sign(steps - start.steps))
      start.text = stepped(slot.spec, start.text, Math.sign(steps - start.steps));
    const parsed = parse(slot.spec, start.text);
    if (steps === 0 && !moved.current) return;
    if (parsed.ok) latest.current.commit(parsed.value, moved.current);
    moved.current = true;
  };
  return {
    className: "scrub",
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || slot.mixed) return;
      const start = written(slot.spec, slot.value) || String(slot.spec.start ?? slot.spec.minimum ?? 0);
      from.current = { x: event.clientX, steps: 0, text: start };
      moved.current = false;
      event.currentTarget.setPointerCapture?.(event.pointerId);
    },
    onPointerMove: move,
    onPointerUp: () => void (from.current = null),
    onPointerCancel: () => void (from.current = null),
    onClick: (event: MouseEvent) => moved.current && event.preventDefault(),
  };
}
