/** How components read the editor: a selector each, drawn again only when what it picks has changed. */

import { createContext, useContext, useSyncExternalStore } from "react";
import type { Editor } from "./editor";
import type { State } from "./state";

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("The canvas was drawn without its editor.");
  return editor;
}

/** The picked part of the state; `pick` must give the same object for the same state. */
export function usePicked<Part>(pick: (state: State) => Part): Part {
  const editor = useEditor();
  const read = (): Part => pick(editor.state);
  return useSyncExternalStore(editor.subscribe, read, read);
}
