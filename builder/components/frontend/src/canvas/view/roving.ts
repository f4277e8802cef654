/** How is a long list walked by keyboard? Tab reaches it once, arrows move inside it. */

import { type KeyboardEvent, useEffect } from "react";

/** The buttons of the list that arrows go through, in order. */
export function stops(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(".stop")];
}

/** Of all stops in the box, only the one that had the keyboard last (else the first) is reached by Tab. */
export function useOneStop(box: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const all = box.current ? stops(box.current) : [];
    const focused = (box.current?.getRootNode() as ShadowRoot | undefined)?.activeElement;
    const kept = all.find((stop) => stop === focused) ?? all.find((stop) => stop.tabIndex === 0) ?? all[0];
    for (const stop of all) stop.tabIndex = stop === kept ? 0 : -1;
  });
}

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Moves the keyboard to another stop; above the first it goes to `before`. False for other keys. */
export function walkStops(event: KeyboardEvent, box: HTMLElement, before: () => void): boolean {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return false;
  const all = stops(box);
  const at = all.findIndex((stop) => stop.contains(event.target as Node));
  if (at < 0) return false;
  const to = step(at, all.length - 1);
  if (to < 0) before();
  else {
    for (const stop of all) stop.tabIndex = -1;
    all[to]!.tabIndex = 0;
    all[to]!.focus();
  }
  event.preventDefault();
  event.stopPropagation();
  return true;
}
