/** The command that shows what can be done about a fault. */

import { anchorOf, openCard, troubles } from "../mending";
import type { Editor } from "../editor";
import type { Command } from "./command";

export const MENDING: readonly Command[] = [
  {
    id: "repairs",
    title: "Repairs for the fault",
    group: "edit",
    keys: [".", "Enter"],
    menu: ["layer"],
    enabled: (editor) => faulty(editor) !== null,
    run: (editor) => {
      const node = faulty(editor)!;
      const id = anchorOf(editor.state.path, node);
      if (id === null) editor.set({ card: { node, asked: true } });
      else openCard(editor, id);
    },
  },
];

/** The fault at or inside the selected layer; with nothing selected, that of the network as a whole. */
function faulty(editor: Editor): string | null {
  const { chosen } = editor;
  if (chosen === null) return editor.state.selected.size ? null : (troubles(editor.state).find(({ node }) => !node) && "") ?? null;
  const full = editor.prefixed(chosen);
  return troubles(editor.state).find(({ node }) => node === full || node?.startsWith(`${full}/`))?.node ?? null;
}
