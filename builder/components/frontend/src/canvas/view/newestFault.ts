/**
 * When does a card open by itself? For a fault that an edit has just made, after it has stood for a moment.
 *
 * Not for what does not fit the data: a drawing that is being made never fits before its last layer is there.
 */

import { useEffect, useRef } from "react";
import { useEditor, usePicked } from "../state/context";
import { faultsOf } from "../state/faults";
import { isDrawn, isFresh, nameOf, repairsAt, troubles } from "../state/mending";
import { headline } from "../words/teaching";

/** What is mended with the next movement of the hand shall not flicker. */
const STANDS_MS = 450;

export function useNewestFault(): void {
  const editor = useEditor();
  const faults = usePicked(faultsOf);
  const standing = usePicked(troubles);
  const fresh = usePicked(isFresh);
  const project = usePicked((state) => state.data?.project);
  const card = usePicked((state) => state.card);
  const known = useRef<{ project: string; names: ReadonlySet<string> } | null>(null);
  useEffect(() => {
    if (!fresh || project === undefined) return;
    const before = known.current;
    known.current = { project, names: new Set(faults.map(nameOf)) };
    if (card && !standing.some((issue) => (issue.node ?? "") === card.node)) editor.set({ card: null, preview: null });
    if (before?.project !== project) return;
    const newest = faults.find((issue) => !before.names.has(nameOf(issue)));
    if (!newest) return;
    const node = newest.node ?? "";
    const timer = setTimeout(() => {
      const { state } = editor;
      const taken = state.card?.asked || state.dialog || state.refused || state.dragging;
      if (taken || !isDrawn(state, node) || !faultsOf(state).some((issue) => nameOf(issue) === nameOf(newest))) return;
      const offered = repairsAt(state, node).length;
      editor.tell(`${headline(newest)}.${offered ? " Repairs are offered: press full stop." : ""}`);
      editor.set({ card: { node, asked: false } });
    }, STANDS_MS);
    return () => clearTimeout(timer);
  }, [faults, standing, fresh, project, card, editor]);
}
