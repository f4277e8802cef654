/** What does a key do on the canvas? One function from a key press to an action of the editor. */

import { nodeOf, positionOf } from "../design/document";
import { into, outOf } from "../design/graph";
import { GRID } from "../design/grid";
import type { Editor } from "./editor";

export interface Press {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** What the keys need of the page around the editor. */
export interface Around {
  train(): void;
  /** Moves the keyboard into the inspector. */
  inspect(): void;
  zoomToFull(): void;
}

/** Does what the key stands for; false when it stands for nothing here. */
export function press(editor: Editor, around: Around, key: Press): boolean {
  const action = key.ctrl ? withCtrl(editor, around, key) : key.alt ? withAlt(editor, key) : plainKey(editor, around, key);
  action?.();
  return action !== null;
}

type Action = (() => void) | null;

function withCtrl(editor: Editor, around: Around, { key, shift }: Press): Action {
  switch (key.toLowerCase()) {
    case "z":
      return () => (shift ? editor.redo() : editor.undo());
    case "y":
      return () => editor.redo();
    case "c":
      return () => editor.copy();
    case "x":
      return () => editor.cut();
    case "v":
      return () => editor.paste();
    case "d":
      return () => editor.duplicate();
    case "a":
      return () => editor.select(editor.design.nodes.map((node) => node.id));
    case "k":
      return () => editor.set({ dialog: { kind: "add" } });
    case "f":
      return () => editor.set({ dialog: { kind: "find" } });
    case "enter":
      return () => around.train();
    default:
      return null;
  }
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [0, -GRID],
  ArrowDown: [0, GRID],
  ArrowLeft: [-GRID, 0],
  ArrowRight: [GRID, 0],
};

function withAlt(editor: Editor, { key }: Press): Action {
  const step = STEPS[key];
  return step ? () => editor.nudge(...step) : null;
}

function plainKey(editor: Editor, around: Around, { key }: Press): Action {
  switch (key) {
    case "Delete":
    case "Backspace":
      return () => {
        editor.removeSelected();
        editor.focus();
      };
    case "Escape":
      return () => {
        editor.set({ dialog: null, notice: null });
        editor.select([]);
        editor.focus();
      };
    case "Enter":
      return editor.chosen ? () => around.inspect() : null;
    case "?":
      return () => editor.set({ dialog: { kind: "keys" } });
    case "1":
      return () => around.zoomToFull();
  }
  if (key in STEPS) return () => walk(editor, key);
  switch (key.toLowerCase()) {
    case "l":
      return () => editor.arrange();
    case "f":
      return () => editor.set({ fit: editor.state.fit + 1 });
    case "n":
      return () => editor.nextFault();
    case "c":
      return editor.chosen ? () => editor.set({ dialog: { kind: "connect", from: editor.chosen! } }) : null;
    default:
      return null;
  }
}

/** Down and up along the wires, left and right among those that hang on the same one. */
export function walk(editor: Editor, key: string): void {
  const to = neighbour(editor, key);
  if (to) editor.jump(to);
}

function neighbour(editor: Editor, key: string): string | undefined {
  const { design, chosen } = editor;
  if (!chosen || !nodeOf(design, chosen)) return design.nodes[0]?.id;
  if (key === "ArrowDown")
    return (
      leftmost(
        editor,
        outOf(design, chosen).map((edge) => edge.target),
      ) ?? nearest(editor, chosen, 1)
    );
  if (key === "ArrowUp")
    return (
      leftmost(
        editor,
        into(design, chosen).map((edge) => edge.source),
      ) ?? nearest(editor, chosen, -1)
    );
  return beside(editor, chosen, key === "ArrowRight" ? 1 : -1);
}

function x(editor: Editor, id: string): number {
  const node = nodeOf(editor.design, id);
  return node ? positionOf(node)[0] : 0;
}

function leftmost(editor: Editor, ids: readonly string[]): string | undefined {
  return [...ids].sort((a, b) => x(editor, a) - x(editor, b))[0];
}

/** Where no wire leads, the next node above or below. */
function nearest(editor: Editor, id: string, direction: number): string | undefined {
  const [left, top] = positionOf(nodeOf(editor.design, id)!);
  const distance = (position: readonly [number, number]): number =>
    (position[1] - top) * direction + Math.abs(position[0] - left) / 4;
  const others = editor.design.nodes.filter((node) => (positionOf(node)[1] - top) * direction > 0);
  return others.sort((a, b) => distance(positionOf(a)) - distance(positionOf(b)))[0]?.id;
}

function beside(editor: Editor, id: string, direction: number): string | undefined {
  const { design } = editor;
  const [left, top] = positionOf(nodeOf(design, id)!);
  const row = design.nodes.filter((node) => node.id !== id && (positionOf(node)[0] - left) * direction > 0);
  const cost = (position: readonly [number, number]): number => Math.abs(position[0] - left) + 2 * Math.abs(position[1] - top);
  return row.sort((a, b) => cost(positionOf(a)) - cost(positionOf(b)))[0]?.id;
}
