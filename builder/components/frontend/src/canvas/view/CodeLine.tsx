/** The layer as Keras code, folded away at the foot of the inspector. */

import { useState } from "react";
import type { Node } from "../design/document";
import { usePicked } from "../state/context";
import { codeOf } from "../words/code";
import { Glyph } from "./Glyph";

export function CodeLine({ node }: { node: Node }) {
  const catalog = usePicked((state) => state.catalog);
  const [open, setOpen] = useState(false);
  const code = open ? codeOf(catalog, node) : "";
  return (
    <div className="panel panel-last">
      <button type="button" className="fold" aria-expanded={open} data-testid="code-fold" onClick={() => setOpen(!open)}>
        <span>Code for this layer</span>
        <Glyph name={open ? "down" : "right"} size={15} />
      </button>
      {open && (
        <div className="code">
          <pre tabIndex={0} data-testid="layer-code">
            <code>{code}</code>
          </pre>
          <Copy text={code} />
        </div>
      )}
    </div>
  );
}

function Copy({ text }: { text: string }) {
  const [told, setTold] = useState("Copy");
  const copy = async (): Promise<void> => {
    setTold((await written(text)) ? "Copied" : "Select it and press Ctrl C");
    setTimeout(() => setTold("Copy"), 2000);
  };
  return (
    <button type="button" className="link" data-testid="copy-code" aria-live="polite" onClick={() => void copy()}>
      {told}
    </button>
  );
}

/** The clipboard is not there on plain http beyond localhost. */
async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
