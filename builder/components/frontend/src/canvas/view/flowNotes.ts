/** The notes as React Flow wants them. */

import type { Node as FlowNode } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { type Note, noteKey, notesOf } from "../design/notes";
import { usePicked } from "../state/context";
import type { State } from "../state/state";
import { sameItems } from "./flow";

export interface NoteData extends Record<string, unknown> {
  readonly note: Note;
  readonly writing: boolean;
}

export type NoteFlowNode = FlowNode<NoteData, "note">;

const pick = {
  design: (state: State) => state.shown,
  selected: (state: State) => state.notes,
  writing: (state: State) => state.writing,
  dragging: (state: State) => state.dragging,
};

export function useFlowNotes(): NoteFlowNode[] {
  const [design, selected] = [usePicked(pick.design), usePicked(pick.selected)];
  const [writing, dragging] = [usePicked(pick.writing), usePicked(pick.dragging)];
  const kept = useRef(new Map<string, NoteFlowNode>());
  const list = useRef<NoteFlowNode[]>([]);
  return useMemo(() => {
    const made = notesOf(design).map((note) => {
      const position = dragging?.get(noteKey(note.id)) ?? note.position;
      const fresh = flowNote(note, position, selected.has(note.id), writing === note.id);
      const old = kept.current.get(fresh.id);
      return old && same(old, fresh) ? old : fresh;
    });
    kept.current = new Map(made.map((note) => [note.id, note]));
    return (list.current = sameItems(list.current, made));
  }, [design, selected, writing, dragging]);
}

function flowNote(note: Note, [x, y]: Note["position"], selected: boolean, writing: boolean): NoteFlowNode {
  const [width, height] = note.size;
  return {
    id: noteKey(note.id),
    type: "note",
    position: { x, y },
    data: { note, writing },
    selected,
    width,
    height,
    measured: { width, height },
    handles: [],
    zIndex: -1,
    ariaLabel: `Note: ${note.text || "empty"}`,
  };
}

function same(one: NoteFlowNode, other: NoteFlowNode): boolean {
  return (
    one.data.note === other.data.note &&
    one.data.writing === other.data.writing &&
    one.selected === other.selected &&
    one.position.x === other.position.x &&
    one.position.y === other.position.y
  );
}
