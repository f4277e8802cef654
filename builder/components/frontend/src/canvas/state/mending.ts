/** Which fault's card is open, what is offered on it, and what happens when an offer is taken? */

import { nodeAlong, prefix, type Path } from "../design/nesting";
import type { Issue, Repair } from "../protocol";
import type { Editor } from "./editor";
import { faultsOf } from "./faults";
import type { State } from "./state";

export interface Card {
  /** Full path of the faulty node; "" for the network as a whole. */
  readonly node: string;
  /** It was asked for: the keyboard goes into it. Else it came by itself and takes nothing away. */
  readonly asked: boolean;
}

const NONE: readonly Repair[] = [];

/** Faults of the network; where there are none, the layers at which it does not fit its data. That no data are chosen is no fault. */
export function troubles(state: Pick<State, "data" | "history">): readonly Issue[] {
  const faults = faultsOf(state);
  return faults.length || !state.data ? faults : misfits(state.data.fit);
}

const known = new WeakMap<readonly Issue[], readonly Issue[]>();

/** The same list for the same list, so that nothing is drawn anew for it. */
function misfits(fit: readonly Issue[]): readonly Issue[] {
  const found = known.get(fit) ?? fit.filter((issue) => issue.severity === "error" && issue.node !== null);
  known.set(fit, found);
  return found;
}

/** What the card of this node is about. */
export function troubleAt(state: Pick<State, "data" | "history">, node: string): Issue | undefined {
  return troubles(state).find((issue) => (issue.node ?? "") === node);
}

/** The same fault keeps its name when its numbers change: a card that was closed stays closed. */
export function nameOf(issue: Issue): string {
  return [issue.node ?? "", issue.code, issue.argument ?? ""].join("|");
}

export function repairsAt(state: Pick<State, "data">, node: string): readonly Repair[] {
  return state.data?.repairs?.[node] ?? NONE;
}

/** The shown node that has the fault, or holds it: its id in the open network; null when it is somewhere else. */
export function anchorOf(path: Path, node: string): string | null {
  const start = prefix(path);
  if (!node || !node.startsWith(start)) return null;
  return node.slice(start.length).split("/")[0]!;
}

/** Opens the card of a shown node, or puts the keyboard into it when it is open; false when nothing is wrong there. */
export function openCard(editor: Editor, id: string): boolean {
  return open(editor, id, true);
}

/** Shows the card of a shown node beside it; the keyboard stays on the drawing. */
export function showCard(editor: Editor, id: string): boolean {
  return open(editor, id, false);
}

function open(editor: Editor, id: string, asked: boolean): boolean {
  const full = editor.prefixed(id);
  const found =
    troubleAt(editor.state, full) ?? troubles(editor.state).find((issue) => issue.node?.startsWith(`${full}/`));
  if (!found) return false;
  editor.set({ card: { node: found.node ?? "", asked }, dialog: null });
  return true;
}

export function closeCard(editor: Editor): void {
  if (editor.state.card) editor.set({ card: null, preview: null });
}

/** Whether what is offered was made for the drawing as it is. */
export function isFresh(state: Pick<State, "sync">): boolean {
  return state.sync === "in sync" || state.sync === "saving";
}

/** Carries a repair out, as one step that can be undone. */
export function mend(editor: Editor, repair: Repair): boolean {
  if (!isFresh(editor.state)) return false;
  const arrived = repair.ghost && anchorOf(editor.state.path, repair.ghost.near) !== null ? repair.ghost.name : null;
  const label = repair.title.charAt(0).toLowerCase() + repair.title.slice(1);
  return editor.editWhole(label, repair.edits, { card: null, preview: null, ...(arrived ? { arrived } : {}) });
}

/** Repairs that set just one value of this node, whichever layer has the fault. */
export function offersFor(state: Pick<State, "data" | "sync">, node: string): readonly Repair[] {
  if (!isFresh(state)) return NONE;
  return Object.values(state.data?.repairs ?? {})
    .flat()
    .filter(({ changes, ghost }) => !ghost && changes.length === 1 && changes[0]!.node === node && changes[0]!.to !== null);
}

/** Whether the node of a card is still drawn. */
export function isDrawn({ history }: Pick<State, "history">, node: string): boolean {
  return node === "" || nodeAlong(history.present, node) !== undefined;
}
