/** What is chosen, and what can be set on it. */

import type { KeyboardEvent } from "react";
import { indexOf } from "../design/document";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import { OneNode } from "./OneNode";
import { Several } from "./Several";
import { Summary } from "./Summary";

export function Inspector() {
  const editor = useEditor();
  const selected = usePicked((state) => state.selected);
  const id = selected.size === 1 ? [...selected][0]! : null;
  const node = usePicked((state) => (id ? indexOf(state.shown).get(id) : undefined));
  return (
    <aside className="inspector" aria-label="Settings" data-testid="inspector" onKeyDown={(event) => left(editor, event)}>
      {node ? <OneNode key={node.id} node={node} /> : selected.size > 1 ? <Several ids={[...selected]} /> : <Summary />}
    </aside>
  );
}

/** Esc goes back to the node, and leaves it selected. Keys that would change the drawing do nothing from in here. */
function left(editor: Editor, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (event.key === "Escape" && editor.state.selected.size && !editor.state.dialog) {
    event.preventDefault();
    event.stopPropagation();
    return backToNode(editor);
  }
  const free = event.ctrlKey || event.metaKey || event.altKey || ["?", "F2", "Escape"].includes(event.key);
  if (!free) event.stopPropagation();
}

function backToNode(editor: Editor): void {
  const nodes = editor.stage?.surface.querySelectorAll<HTMLElement>(".react-flow__node") ?? [];
  const node = [...nodes].find((element) => element.dataset.id === editor.chosen);
  if (node) node.focus({ preventScroll: true });
  else editor.focus();
}
