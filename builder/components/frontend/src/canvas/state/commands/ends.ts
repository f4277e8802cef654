/** Commands for what the network gives out. */

import { givenOut, isOutput, keptIn } from "../../design/ends";
import { drawnOutputs } from "../../design/outputs";
import type { Editor } from "../editor";
import { type Command, hasOne } from "./command";

export const ENDS: readonly Command[] = [
  {
    id: "give-out",
    title: "Give out as an output",
    group: "edit",
    keys: ["O"],
    menu: ["layer"],
    enabled: (editor) => hasOne(editor) && !isOutput(editor.design, editor.chosen!),
    run: (editor) => editor.edit(`give out ${editor.chosen!}`, [givenOut(editor.design, editor.chosen!)]),
  },
  {
    id: "keep-in",
    title: "No longer an output",
    group: "edit",
    keys: ["O"],
    menu: ["layer"],
    enabled: (editor) => hasOne(editor) && isOutput(editor.design, editor.chosen!) && others(editor),
    run: (editor) => editor.edit(`keep in ${editor.chosen!}`, [keptIn(editor.design, editor.chosen!)]),
  },
];

/** A network gives out something: its last output stays. */
function others({ design, chosen }: Editor): boolean {
  return drawnOutputs(design).some(([, port]) => port[0] !== chosen);
}
