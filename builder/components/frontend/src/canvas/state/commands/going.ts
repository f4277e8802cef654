/** Commands that change nothing: finding, going, looking, and Train. */

import { GRID } from "../../design/grid";
import type { Editor } from "../editor";
import { walk } from "../walking";
import { type Command, hasLayers } from "./command";

const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"] as const;
type Arrow = (typeof ARROWS)[number];
const WAYS: Record<Arrow, readonly [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** How far an arrow pans the view, in pixels of the screen. */
const PAN = 64;

const selects = ({ state }: Editor): boolean => state.selected.size + state.notes.size > 0;

const WALKING: readonly Command[] = ARROWS.map((key) => ({
  id: `walk-${key}`,
  title: "Go along the wires; with nothing selected, pan",
  group: "go",
  keys: [key],
  shown: "Arrows",
  run: (editor) => {
    if (selects(editor)) walk(editor, key);
    else editor.stage?.pan(-PAN * WAYS[key][0], -PAN * WAYS[key][1]);
  },
}));

const NUDGING: readonly Command[] = ARROWS.map((key) => ({
  id: `nudge-${key}`,
  title: "Move by 16 px",
  group: "arrange",
  keys: [`Alt ${key}`],
  shown: "Alt arrows",
  enabled: selects,
  run: (editor) => editor.nudge(GRID * WAYS[key][0], GRID * WAYS[key][1]),
}));

export const GOING: readonly Command[] = [
  ...NUDGING,
  {
    id: "menu",
    title: "Menu of what is selected",
    group: "go",
    keys: ["Shift F10", "ContextMenu"],
    run: (_, around) => around.menu(),
  },
  {
    id: "find",
    title: "Find in the drawing",
    group: "go",
    keys: ["Ctrl F"],
    menu: ["canvas"],
    run: (editor) => editor.set({ dialog: { kind: "find" } }),
  },
  ...WALKING,
  {
    id: "next-fault",
    title: "Next fault",
    group: "go",
    keys: ["N"],
    menu: ["canvas"],
    enabled: (editor) => editor.faults().length > 0,
    run: (editor) => editor.nextFault(),
  },
  {
    id: "back",
    title: "Back to the drawing",
    group: "go",
    keys: ["Escape"],
    shown: "Esc",
    run: (editor) => {
      editor.set({ dialog: null, notice: null });
      editor.select([]);
      editor.focus();
    },
  },
  {
    id: "train",
    title: "Train",
    group: "go",
    keys: ["Ctrl Enter"],
    run: (_, around) => around.train(),
  },
  {
    id: "keys",
    title: "All keys",
    group: "go",
    keys: ["?"],
    menu: ["canvas"],
    run: (editor) => editor.set({ dialog: { kind: "keys" } }),
  },
  {
    id: "fit",
    title: "Show all",
    group: "view",
    keys: ["F"],
    menu: ["canvas"],
    run: (editor) => editor.showAll(),
  },
  {
    id: "fit-selected",
    title: "Show what is selected",
    group: "view",
    keys: ["Shift F"],
    menu: ["layers"],
    enabled: hasLayers,
    run: (editor) => editor.showSelected(),
  },
  {
    id: "analysis",
    title: "Analysis: what each layer holds, costs and sees",
    group: "view",
    keys: ["A"],
    menu: ["canvas"],
    run: (editor) => editor.arrangeAnalysis({ open: !editor.state.analysis.open }),
  },
  { id: "zoom-in", title: "Larger", group: "view", keys: ["+", "="], run: (editor) => editor.stage?.zoom("in") },
  { id: "zoom-out", title: "Smaller", group: "view", keys: ["-", "−"], run: (editor) => editor.stage?.zoom("out") },
  { id: "zoom-full", title: "To 100 %", group: "view", keys: ["1"], run: (editor) => editor.stage?.zoom("full") },
];
