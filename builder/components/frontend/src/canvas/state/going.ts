/** How does one get about? Into networks and out of them, to layers, to faults, and the view that is asked for. */

import { type Path, nodeAlong, samePath } from "../design/nesting";
import type { Editor } from "./editor";
import { UNSELECTED, type State } from "./state";

type Shown = Pick<State, "fit" | "fitOnly">;

/** The view of the whole drawing is asked for. */
export function wholeInView({ fit }: Pick<State, "fit">): Shown {
  return { fit: fit + 1, fitOnly: null };
}

/** A drawing is opened: it begins readable, whole only if it is small. */
export function openedAnew(state: Pick<State, "fit">): Shown & Pick<State, "opening"> {
  return { ...wholeInView(state), opening: state.fit + 1 };
}

/** The view of one layer is asked for. */
export function inView({ goTo }: Pick<State, "goTo">, id: string): Pick<State, "goTo"> {
  return { goTo: { id, count: (goTo?.count ?? 0) + 1 } };
}

/** Selects a shown layer and brings it into view. */
export function jump(editor: Editor, id: string): void {
  editor.set({ ...UNSELECTED, selected: new Set([id]), wireOf: null, dialog: null, ...inView(editor.state, id) });
}

/** The same by its full path; opens the network that holds it. */
export function jumpTo(editor: Editor, full: string): void {
  if (!nodeAlong(editor.whole, full)) return;
  const ids = full.split("/");
  enter(editor, ids.slice(0, -1));
  jump(editor, ids[ids.length - 1]!);
}

/** To the fault behind the selected layer's, in calling order. */
export function nextFault(editor: Editor): void {
  const ids = [...new Set(editor.faults().flatMap((issue) => (issue.node ? [issue.node] : [])))];
  if (!ids.length) return;
  const here = editor.chosen === null ? "" : editor.prefixed(editor.chosen);
  jumpTo(editor, ids[(ids.indexOf(here) + 1) % ids.length]!);
}

/** Opens the network at the path. */
export function enter(editor: Editor, path: Path): void {
  if (samePath(path, editor.state.path)) return;
  editor.set({ path, ...UNSELECTED, dragging: null, dialog: null, ...openedAnew(editor.state) });
}

/** Goes out until `depth` networks are open and selects the one that was left. */
export function leave(editor: Editor, depth: number): void {
  const left = editor.state.path[depth];
  if (left === undefined) return;
  enter(editor, editor.state.path.slice(0, depth));
  editor.select([left]);
}
