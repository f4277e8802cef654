/** Commands that put layers in order: layout, direction, alignment. */

import { type Aligning, aligned } from "../../design/align";
import { boxes, place, turn } from "../places";
import { type Command, hasSeveral } from "./command";

const ALIGNING: readonly (readonly [Aligning, string])[] = [
  ["left", "Align left edges"],
  ["centre", "Align centres, one below the other"],
  ["right", "Align right edges"],
  ["top", "Align top edges"],
  ["middle", "Align middles, side by side"],
  ["bottom", "Align bottom edges"],
  ["across", "Spread evenly from left to right"],
  ["down", "Spread evenly from top to bottom"],
];

export const ARRANGING: readonly Command[] = [
  ...ALIGNING.map(
    ([how, title]): Command => ({
      id: `align-${how}`,
      title,
      group: "arrange",
      glyph: `align_${how}`,
      menu: ["layers"],
      enabled: (editor) => boxes(editor).length > (how === "across" || how === "down" ? 2 : 1),
      run: (editor) => place(editor, title.toLowerCase(), aligned(boxes(editor), how)),
    }),
  ),
  {
    id: "layout",
    title: "Lay out",
    group: "arrange",
    keys: ["L"],
    menu: ["canvas"],
    enabled: (editor) => !hasSeveral(editor),
    run: (editor) => editor.arrange(),
  },
  {
    id: "layout-selected",
    title: "Lay out what is selected",
    group: "arrange",
    keys: ["L"],
    menu: ["layers"],
    enabled: hasSeveral,
    run: (editor) => editor.arrange(),
  },
  {
    id: "direction",
    title: "Turn the drawing: downwards or to the right",
    group: "arrange",
    keys: ["Shift L"],
    menu: ["canvas"],
    run: (editor) => turn(editor),
  },
];
