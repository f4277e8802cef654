/** How often shall the selected layers stand in a chain? One number, asked beside the drawing. */

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { repeat } from "../state/blocking";
import { useEditor } from "../state/context";
import { useOutside } from "./Menu";

const LEAST = 2;
const MOST = 100;

export function RepeatDialog() {
  const editor = useEditor();
  const box = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("3");
  const times = Number(text);
  const fault = Number.isInteger(times) && times >= LEAST && times <= MOST ? null : `A whole number from ${LEAST} to ${MOST}.`;
  useEffect(() => field.current?.select(), []);
  const close = (): void => editor.set({ dialog: null });
  useOutside(box, true, close);
  const done = (): void => {
    if (fault) return;
    close();
    repeat(editor, times);
    editor.focus();
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    close();
    editor.focus();
  };
  return (
    <form
      ref={box}
      className="ask"
      role="dialog"
      aria-label="Repeat"
      data-testid="repeat-dialog"
      onKeyDown={keyed}
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <label htmlFor="repeat-times">Times in a row</label>
      <input
        id="repeat-times"
        ref={field}
        autoFocus
        type="number"
        min={LEAST}
        max={MOST}
        value={text}
        data-testid="repeat-times"
        aria-invalid={fault !== null}
        aria-describedby="repeat-about"
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="train" data-testid="repeat-done" disabled={fault !== null}>
        Repeat
      </button>
      <p id="repeat-about" role={fault ? "alert" : undefined}>
        {fault ?? "One behind the other, each with weights of its own."}
      </p>
    </form>
  );
}
