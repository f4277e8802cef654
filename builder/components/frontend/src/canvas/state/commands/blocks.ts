/** Commands for blocks: making them, opening them, using them again. */

import { nodeOf } from "../../design/document";
import * as blocking from "../blocking";
import type { Editor } from "../editor";
import type { Command } from "./command";

const opensBlock = (editor: Editor): boolean => blocking.openable(editor, editor.chosen) !== null;
const isOpen = (editor: Editor): boolean => blocking.chosenBlock(editor)?.ui?.open === true;
const isCall = (editor: Editor): boolean =>
  editor.chosen !== null && nodeOf(editor.design, editor.chosen)?.type === "Call";

export const BLOCKS: readonly Command[] = [
  {
    id: "open-block",
    title: "Open the block",
    group: "block",
    keys: ["Enter"],
    menu: ["layer"],
    enabled: opensBlock,
    run: (editor) => openBlock(editor, editor.chosen!),
  },
  {
    id: "inspect-block",
    title: "Settings of the block",
    group: "block",
    keys: ["Shift Enter"],
    menu: ["layer"],
    enabled: opensBlock,
    run: (_, around) => around.inspect(),
  },
  {
    id: "leave-block",
    title: "Leave the block",
    group: "block",
    keys: ["Escape"],
    shown: "Esc",
    menu: ["canvas"],
    enabled: ({ state }) => state.path.length > 0 && !state.selected.size && !state.notes.size && !state.dialog && !state.notice,
    run: (editor) => editor.leave(),
  },
  {
    id: "group",
    title: "Group into a block",
    group: "block",
    keys: ["Ctrl G"],
    menu: ["layer", "layers"],
    enabled: (editor) => blocking.groupable(editor).length > 0,
    run: (editor, around) => {
      // The name can be typed at once, or left as it is.
      if (blocking.group(editor)) editor.later(() => around.rename(), 0);
    },
  },
  {
    id: "ungroup",
    title: "Ungroup",
    group: "block",
    keys: ["Ctrl Shift G"],
    menu: ["layer"],
    enabled: (editor) => blocking.chosenBlock(editor) !== null,
    run: (editor) => blocking.ungroup(editor, editor.chosen!),
  },
  {
    id: "expand-block",
    title: "Show what is inside",
    group: "block",
    keys: ["E"],
    menu: ["layer"],
    enabled: (editor) => blocking.chosenBlock(editor) !== null && !isOpen(editor),
    run: (editor) => blocking.expand(editor, editor.chosen!, true),
  },
  {
    id: "collapse-block",
    title: "Hide what is inside",
    group: "block",
    keys: ["E"],
    menu: ["layer"],
    enabled: isOpen,
    run: (editor) => blocking.expand(editor, editor.chosen!, false),
  },
  {
    id: "repeat",
    title: "Repeat…",
    group: "block",
    keys: ["R"],
    menu: ["layer", "layers"],
    enabled: (editor) => blocking.groupable(editor).length > 0,
    run: (editor) => editor.set({ dialog: { kind: "repeat" } }),
  },
  {
    id: "use-again",
    title: "Use again, with the same weights",
    group: "block",
    keys: ["Shift D"],
    menu: ["layer"],
    enabled: (editor) => blocking.shareable(editor) !== null,
    run: (editor) => blocking.useAgain(editor),
  },
  {
    id: "fit-block",
    title: "Fit it to what comes in",
    group: "block",
    menu: ["layer"],
    enabled: (editor) => blocking.misfits(editor).length > 0,
    run: (editor) => editor.edit(`fit ${editor.chosen!} to what comes in`, blocking.misfits(editor)),
  },
  {
    id: "own-copy",
    title: "Give it weights of its own",
    group: "block",
    menu: ["layer"],
    enabled: isCall,
    run: (editor) => {
      const id = editor.chosen!;
      editor.edit(`give ${id} weights of its own`, [{ kind: "own_copy", id }]);
    },
  },
];

/** Opens the network of a block, or of the block that a call uses again. */
export function openBlock(editor: Editor, id: string): void {
  const path = blocking.openable(editor, id);
  if (path !== null) editor.enter(path.split("/"));
}
