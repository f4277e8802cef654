/** The list of keys. */

import { useEffect, useRef } from "react";
import { useEditor } from "../state/context";

const KEYS: readonly (readonly [string, string])[] = [
  ["Ctrl K", "Add a layer"],
  ["Ctrl F", "Find in the drawing"],
  ["Tab, arrows", "Move between layers along the wires"],
  ["Enter", "Settings of the layer"],
  ["Esc", "Back to the drawing"],
  ["C", "Connect to…"],
  ["Delete", "Remove and reconnect"],
  ["Ctrl Z", "Undo"],
  ["Ctrl Shift Z", "Redo"],
  ["Ctrl C, X, V", "Copy, cut, paste"],
  ["Ctrl D", "Duplicate"],
  ["Ctrl A", "Select all"],
  ["Shift drag", "Select with a box"],
  ["Alt arrows", "Move by 16 px"],
  ["L", "Lay out"],
  ["F", "Show all"],
  ["1", "100 %"],
  ["N", "Next fault"],
  ["Ctrl Enter", "Train"],
  ["?", "This list"],
];

export function KeySheet() {
  const editor = useEditor();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => void box.current?.focus(), []);
  const close = (): void => {
    editor.set({ dialog: null });
    editor.focus();
  };
  return (
    <div className="veil" onPointerDown={(event) => event.target === event.currentTarget && close()}>
      <div className="sheet" role="dialog" aria-modal="true" aria-label="Keys" tabIndex={-1} ref={box} data-testid="key-sheet">
        <h2>Keys</h2>
        <dl>
          {KEYS.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p>On a Mac, Cmd takes the place of Ctrl.</p>
      </div>
    </div>
  );
}
