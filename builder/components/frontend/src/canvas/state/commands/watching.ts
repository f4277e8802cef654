/** Commands for what is seen of a run on the canvas. */

import { closeHistograms, histogramsOf, nextQuantity, openHistograms } from "../watching";
import type { Command } from "./command";

export const WATCHING: readonly Command[] = [
  {
    id: "quantity",
    title: "Next figure of the run on the layers",
    group: "view",
    keys: ["V"],
    menu: ["canvas"],
    enabled: (editor) => editor.live.run !== null,
    run: nextQuantity,
  },
  {
    id: "histograms",
    title: "Histograms of weights and activations",
    group: "view",
    keys: ["H"],
    menu: ["layer"],
    enabled: (editor) => editor.state.histograms !== null || histogramsOf(editor) !== null,
    run: (editor) => {
      const layer = histogramsOf(editor);
      if (layer === null || layer === editor.state.histograms) closeHistograms(editor);
      else openHistograms(editor, layer);
    },
  },
];
