/** Dragging a layer from the palette with pointer events, so that mouse, pen and touch all work. */

import { type PointerEvent as ReactPointerEvent, useCallback, useState } from "react";
import { edgeKey } from "../design/document";
import type { Item } from "../design/items";
import { useEditor } from "../state/context";
import type { Editor } from "../state/editor";
import type { Stage } from "../state/state";

export interface Carried {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
}

const SLACK = 4;

/** What is carried now, and the handler for an entry's pointer going down. */
export function useCarry(): [Carried | null, (event: ReactPointerEvent, item: Item) => void] {
  const editor = useEditor();
  const [carried, setCarried] = useState<Carried | null>(null);
  const grab = useCallback(
    (event: ReactPointerEvent, item: Item) => {
      if (event.button !== 0) return;
      const start = { x: event.clientX, y: event.clientY };
      let lifted = false;
      const move = (now: PointerEvent): void => {
        lifted ||= Math.hypot(now.clientX - start.x, now.clientY - start.y) > SLACK;
        if (!lifted) return;
        now.preventDefault();
        setCarried({ item, x: now.clientX, y: now.clientY });
        const landing = wireAt(editor.stage, now.clientX, now.clientY);
        if (landing !== editor.state.landing) editor.set({ landing });
      };
      const end = (): void => {
        for (const [name, listener] of listeners) window.removeEventListener(name, listener as EventListener, true);
        setCarried(null);
        if (editor.state.landing) editor.set({ landing: null });
      };
      const up = (now: PointerEvent): void => {
        end();
        if (lifted) dropAt(editor, item, now.clientX, now.clientY);
      };
      const key = (now: KeyboardEvent): void => {
        if (now.key !== "Escape") return;
        now.stopPropagation();
        end();
      };
      const listeners = [
        ["pointermove", move],
        ["pointerup", up],
        ["pointercancel", end],
        ["keydown", key],
      ] as const;
      for (const [name, listener] of listeners) window.addEventListener(name, listener as EventListener, true);
    },
    [editor],
  );
  return [carried, grab];
}

/** What lies under the pointer, inside the component. */
export function at(stage: Stage | null, x: number, y: number, selector: string): HTMLElement | null {
  const root = stage?.root.getRootNode() as ShadowRoot | undefined;
  for (const element of root?.elementsFromPoint(x, y) ?? []) {
    const found = element.closest<HTMLElement>(selector);
    if (found) return found;
  }
  return null;
}

export function nodeAt(stage: Stage | null, x: number, y: number): string | null {
  return at(stage, x, y, ".react-flow__node")?.dataset.id ?? null;
}

/** The wire under a layer that is dragged, seen through that layer. */
export function wireUnder(stage: Stage | null, dragged: string): string | null {
  const [x, y] = stage?.client() ?? [-1, -1];
  const root = stage?.root.getRootNode() as ShadowRoot | undefined;
  const hit = root?.elementsFromPoint(x, y) ?? [];
  const others = hit.flatMap((element) => element.closest<HTMLElement>(".react-flow__node")?.dataset.id ?? []);
  if (others.some((id) => id !== dragged)) return null;
  return hit.flatMap((element) => element.closest<HTMLElement>(".react-flow__edge")?.dataset.id ?? [])[0] ?? null;
}

function wireAt(stage: Stage | null, x: number, y: number): string | null {
  if (nodeAt(stage, x, y)) return null;
  return at(stage, x, y, ".react-flow__edge")?.dataset.id ?? null;
}

function dropAt(editor: Editor, item: Item, x: number, y: number): void {
  const { stage, size } = editor;
  if (!stage || !at(stage, x, y, ".surface")) return;
  if (at(stage, x, y, ".palette, .inspector, .menu-list")) return;
  const [left, top] = stage.toDrawing(x, y);
  const position = [left - size.width / 2, top - size.height / 2] as const;
  const wire = wireAt(stage, x, y);
  const edge = editor.design.edges.find((candidate) => edgeKey(candidate) === wire);
  editor.take(item, edge ? { kind: "on", edge, position } : { kind: "at", position });
  editor.focus();
}
