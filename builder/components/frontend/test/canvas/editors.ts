/** An editor that has been told something, without a browser around it. */

import type { Catalog } from "../../src/canvas/design/catalog";
import type { CanvasData } from "../../src/canvas/protocol";
import { Editor } from "../../src/canvas/state/editor";
import type { Host } from "../../src/canvas/wire";
import { catalog as few } from "./drawings";

/** What it sends goes nowhere and what it keeps is forgotten, unless the host says otherwise. */
export function editorTold(data: CanvasData, host: Partial<Omit<Host, "changed">> = {}, catalog: Catalog = few): Editor {
  const editor = new Editor({
    client: "me",
    send: () => undefined,
    later: (run, ms) => setTimeout(run, ms),
    cancel: (timer) => clearTimeout(timer as never),
    read: () => null,
    write: () => undefined,
    ...host,
  });
  editor.set({ catalog });
  editor.receive(data, true);
  return editor;
}
