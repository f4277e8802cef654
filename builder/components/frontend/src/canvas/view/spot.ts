/** Where would a layer go that is added now? The spot behind what is selected, as far as offers depend on it. */

import { sameJson } from "../design/document";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import { type Spot, spotOf } from "../state/offers";
import type { State } from "../state/state";

const kept = new WeakMap<Editor, Spot>();

/** Changes only when what is offered may change: neither while nodes are dragged nor when other nodes are edited. */
export function useSpot(): Spot {
  const editor = useEditor();
  return usePicked((state) => picked(editor, state));
}

function picked(editor: Editor, _: State): Spot {
  const before = kept.get(editor);
  const now = spotOf(editor.scene, editor.behind([0, 0]));
  if (before && sameJson(before, now)) return before;
  kept.set(editor, now);
  return now;
}
