/** What can be done to see how layers fare while they train: choose a figure, open and close the histograms. */

import { QUANTITIES, type Quantity } from "../live-layers/quantity";
import type { Editor } from "./editor";

export const QUANTITY_LOOK = "quantity";

/** The figure that this browser chose last. */
export function rememberedQuantity(kept: string | null): Quantity {
  return QUANTITIES.find(({ id }) => id === kept)?.id ?? "update";
}

export function showQuantity(editor: Editor, quantity: Quantity): void {
  editor.keepLook(QUANTITY_LOOK, quantity);
  editor.live.show(quantity);
  editor.set({ quantity });
}

/** The next one in the row. */
export function nextQuantity(editor: Editor): void {
  const index = QUANTITIES.findIndex(({ id }) => id === editor.state.quantity);
  const next = QUANTITIES[(index + 1) % QUANTITIES.length]!;
  showQuantity(editor, next.id);
  editor.tell(next.id === "off" ? "No figures on the layers." : `${next.title} on the layers.`);
}

/** The layer whose histograms are meant: the selected one, or the first inside it. */
export function histogramsOf(editor: Editor): string | null {
  const { chosen } = editor;
  return chosen === null ? null : editor.live.nearest(calledPath(editor, chosen));
}

/** The full path of the layer that holds what a node calls. */
export function calledPath(editor: Editor, id: string): string {
  const node = editor.design.nodes.find((one) => one.id === id);
  return editor.prefixed(node?.type === "Call" && node.of ? node.of : id);
}

export function openHistograms(editor: Editor, layer: string): void {
  if (editor.state.analysis.open) editor.arrangeAnalysis({ open: false });
  editor.set({ histograms: layer });
}

export function closeHistograms(editor: Editor): void {
  editor.set({ histograms: null });
  editor.focus();
}
