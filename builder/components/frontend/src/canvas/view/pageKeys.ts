/** Which keys mean the canvas although the keyboard is elsewhere on the page? Ctrl K and Ctrl F, while it is mounted. */

import { useEffect, useRef } from "react";
import type { Editor } from "../state/editor";
import type { Press } from "../state/keys";
import type { Point } from "../state/state";
import { at } from "./dragging";

/** Where the pointer is, if it is over the drawing. */
export type PointerAt = () => Point | undefined;

/** Follows the pointer without drawing anything; `Ctrl K` asks where it is. */
export function usePointer(editor: Editor): PointerAt {
  const last = useRef<Point | null>(null);
  useEffect(() => {
    const move = (event: PointerEvent): void => {
      last.current = event.pointerType === "touch" ? null : [event.clientX, event.clientY];
    };
    window.addEventListener("pointermove", move, { passive: true, capture: true });
    return () => window.removeEventListener("pointermove", move, true);
  }, []);
  return () => {
    const point = last.current;
    if (!point || !editor.stage) return undefined;
    return at(editor.stage, ...point, ".palette, .inspector, .menu-list, .surface")?.matches(".surface, .context-menu") ? point : undefined;
  };
}

/** Hands these keys on from anywhere on the page, but leaves the keys of other fields alone. */
export function usePageKeys(root: { readonly current: HTMLElement | null }, press: (key: Press) => boolean): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const keyed = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || (key !== "k" && key !== "f")) return;
      if (event.defaultPrevented || isTyped(event) || (root.current && event.composedPath().includes(root.current))) return;
      if (latest.current({ key, ctrl: true, shift: false, alt: false })) event.preventDefault();
    };
    window.addEventListener("keydown", keyed);
    return () => window.removeEventListener("keydown", keyed);
  }, [root]);
}

function isTyped(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
