/** Where does an arrow key lead? To the neighbour along a wire, or to the nearest layer on that side. */

import { type Node, type Position, nodeOf, positionOf } from "../design/document";
import { into, outOf } from "../design/graph";
import { directionOf } from "../design/layout";
import type { Editor } from "./editor";

/** Down and up along the wires, left and right among those that hang on the same one. */
export function walk(editor: Editor, key: string): void {
  const to = neighbour(editor, key);
  if (to) editor.jump(to);
}

/** What an arrow means where data runs to the right: ahead is right, aside is up and down. */
const TURNED: Record<string, string> = {
  ArrowRight: "ArrowDown",
  ArrowLeft: "ArrowUp",
  ArrowDown: "ArrowRight",
  ArrowUp: "ArrowLeft",
};

/** The place of a node as if the data ran down. */
function placeOf(editor: Editor, node: Node): Position {
  const [x, y] = positionOf(node);
  return directionOf(editor.design) === "right" ? [y, x] : [x, y];
}

function neighbour(editor: Editor, pressed: string): string | undefined {
  const key = directionOf(editor.design) === "right" ? TURNED[pressed]! : pressed;
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
  return node ? placeOf(editor, node)[0] : 0;
}

function leftmost(editor: Editor, ids: readonly string[]): string | undefined {
  return [...ids].sort((a, b) => x(editor, a) - x(editor, b))[0];
}

/** Where no wire leads, the next node above or below. */
function nearest(editor: Editor, id: string, direction: number): string | undefined {
  const [left, top] = placeOf(editor, nodeOf(editor.design, id)!);
  const distance = (position: readonly [number, number]): number =>
    (position[1] - top) * direction + Math.abs(position[0] - left) / 4;
  const others = editor.design.nodes.filter((node) => (placeOf(editor, node)[1] - top) * direction > 0);
  return others.sort((a, b) => distance(placeOf(editor, a)) - distance(placeOf(editor, b)))[0]?.id;
}

function beside(editor: Editor, id: string, direction: number): string | undefined {
  const { design } = editor;
  const [left, top] = placeOf(editor, nodeOf(design, id)!);
  const row = design.nodes.filter((node) => node.id !== id && (placeOf(editor, node)[0] - left) * direction > 0);
  const cost = (position: readonly [number, number]): number => Math.abs(position[0] - left) + 2 * Math.abs(position[1] - top);
  return row.sort((a, b) => cost(placeOf(editor, a)) - cost(placeOf(editor, b)))[0]?.id;
}
