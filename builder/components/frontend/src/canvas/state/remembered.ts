/** Which choices of looks does this browser remember? Small texts by name, kept over reloads. */

import { useState } from "react";
import { useEditor } from "./context";

/** A remembered text and its setter; `start` until something was chosen. */
export function useRemembered(name: string, start: string): [string, (text: string) => void] {
  const editor = useEditor();
  const [text, setText] = useState(() => editor.look(name) ?? start);
  const set = (next: string): void => {
    setText(next);
    editor.keepLook(name, next);
  };
  return [text, set];
}
