/** A note on the canvas: plain text, written in place, with a corner to pull it larger. */

import type { NodeProps } from "@xyflow/react";
import { type PointerEvent as ReactPointerEvent, memo, useEffect, useRef, useState } from "react";
import { LEAST_SIZE, LONGEST_TEXT, type Note, larger } from "../design/notes";
import { useEditor } from "../state/context";
import { resizeNote, stopWriting, writeIn } from "../state/noting";
import type { NoteFlowNode } from "./flowNotes";

export const NoteNode = memo(function NoteNode({ data, selected }: NodeProps<NoteFlowNode>) {
  const editor = useEditor();
  const { note, writing } = data;
  const [size, setSize] = useState<readonly [number, number] | null>(null);
  useEffect(() => setSize(null), [note]);
  const [width, height] = size ?? note.size;
  return (
    <div
      className={`note note-${note.tone}${selected ? " note-selected" : ""}`}
      style={{ width, height }}
      data-testid="note"
      data-note-id={note.id}
      data-tone={note.tone}
      onDoubleClick={() => writeIn(editor, note.id)}
    >
      {writing ? <Writing note={note} /> : <div className="note-text">{note.text || <i>Empty note</i>}</div>}
      {selected && !writing && <Corner note={note} sized={setSize} />}
    </div>
  );
});

function Writing({ note }: { note: Note }) {
  const editor = useEditor();
  const [text, setText] = useState(note.text);
  const field = useRef<HTMLTextAreaElement>(null);
  const latest = useRef(text);
  latest.current = text;
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(note.text.length, note.text.length);
  }, [note.text]);
  return (
    <textarea
      ref={field}
      className="note-field nodrag nowheel nopan"
      aria-label="Text of the note"
      data-testid="note-field"
      value={text}
      maxLength={LONGEST_TEXT}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => stopWriting(editor, note.id, latest.current)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
        event.preventDefault();
        event.stopPropagation();
        stopWriting(editor, note.id, latest.current);
        editor.focus();
      }}
    />
  );
}

/** The corner at the lower right; by keyboard Alt Shift and arrows do the same. */
function Corner({ note, sized }: { note: Note; sized: (size: readonly [number, number] | null) => void }) {
  const editor = useEditor();
  const grab = (event: ReactPointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || !editor.stage) return;
    event.stopPropagation();
    const corner = event.currentTarget;
    corner.setPointerCapture(event.pointerId);
    const [left, top] = note.position;
    const sizeAt = (now: PointerEvent): readonly [number, number] => {
      const [x, y] = editor.stage!.toDrawing(now.clientX, now.clientY);
      return larger([Math.round(x - left), Math.round(y - top)]);
    };
    const move = (now: PointerEvent): void => sized(sizeAt(now));
    const up = (now: PointerEvent): void => {
      corner.removeEventListener("pointermove", move);
      if (!resizeNote(editor, note, sizeAt(now))) sized(null);
    };
    corner.addEventListener("pointermove", move);
    corner.addEventListener("pointerup", up, { once: true });
  };
  return (
    <span
      className="note-corner nodrag nopan"
      aria-hidden="true"
      title={`At least ${LEAST_SIZE[0]} by ${LEAST_SIZE[1]}`}
      data-testid="note-corner"
      onPointerDown={grab}
    />
  );
}
