/** When does the clipboard act on the drawing? On the browser's own copy, cut and paste, while the keyboard is in it. */

import { useEffect } from "react";
import { copy, cut, paste } from "../state/clipboard";
import { useEditor } from "../state/context";

/** The events reach every browser and plain http, where `navigator.clipboard` is missing beyond localhost. */
export function useClipboard(root: { current: HTMLElement | null }): void {
  const editor = useEditor();
  useEffect(() => {
    const out = (event: ClipboardEvent): void => {
      if (!meansDrawing(root.current)) return;
      const text = (event.type === "cut" ? cut : copy)(editor);
      if (text === null) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
    };
    const into = (event: ClipboardEvent): void => {
      if (!meansDrawing(root.current)) return;
      event.preventDefault();
      paste(editor, event.clipboardData?.getData("text/plain") || null);
    };
    document.addEventListener("copy", out);
    document.addEventListener("cut", out);
    document.addEventListener("paste", into);
    return () => {
      document.removeEventListener("copy", out);
      document.removeEventListener("cut", out);
      document.removeEventListener("paste", into);
    };
  }, [editor, root]);
}

/** Whether the keyboard is on the drawing and not in a field, nor text selected that may be meant. */
function meansDrawing(root: HTMLElement | null): boolean {
  const focused = (root?.getRootNode() as ShadowRoot | undefined)?.activeElement;
  if (!root || !focused || !root.contains(focused) || focused.closest("input, textarea, select, [contenteditable]")) return false;
  return focused.closest(".surface") !== null || (document.getSelection()?.isCollapsed ?? true);
}
