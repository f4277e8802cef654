/** The menu at the pointer: what can be done to what lies there, from the one list of commands. */

import { Fragment, type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Around, COMMANDS, type Command, type Where, allowed } from "../state/commands";
import { useEditor } from "../state/context";
import type { Editor } from "../state/editor";
import type { Dialog } from "../state/state";
import { noteIdOf, isNoteKey } from "../design/notes";
import { keyName } from "../words/keys";
import { Glyph } from "./Glyph";
import { useOutside, walk } from "./Menu";

type MenuDialog = Extract<Dialog, { kind: "menu" }>;

const LABELS: Record<Where, string> = {
  layer: "Layer",
  layers: "Selected layers",
  wire: "Wire",
  note: "Note",
  canvas: "Drawing",
};

export function ContextMenu({ dialog, around }: { dialog: MenuDialog; around: Around }) {
  const editor = useEditor();
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: dialog.x, top: dialog.y });
  const close = (): void => {
    if (editor.state.dialog?.kind === "menu") editor.set({ dialog: null });
    editor.focus();
  };
  useOutside(box, true, () => editor.set({ dialog: null }));
  useLayoutEffect(() => setPlace(inside(box.current!, dialog)), [dialog]);
  useEffect(() => void box.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus(), [dialog]);
  const run = (command: Command): void => {
    close();
    command.run(editor, around);
  };
  return (
    <div
      ref={box}
      className="menu-list context-menu"
      role="menu"
      aria-label={LABELS[dialog.where]}
      data-testid="context-menu"
      style={place}
      onKeyDown={(event: KeyboardEvent) => walk(event, box.current!, close)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {sections(editor, dialog.where).map((commands, index) => (
        <Fragment key={commands[0]!.id}>
          {index > 0 && <div className="menu-line" role="separator" />}
          <Section commands={commands} run={run} />
        </Fragment>
      ))}
    </div>
  );
}

/** What can be done there now, the groups apart. */
export function sections(editor: Editor, where: Where): readonly (readonly Command[])[] {
  const possible = COMMANDS.filter((command) => command.menu?.includes(where) && allowed(command, editor));
  const apart = new Map<string, Command[]>();
  for (const command of possible) {
    const key = `${command.group}${command.glyph ? " row" : ""}`;
    apart.set(key, [...(apart.get(key) ?? []), command]);
  }
  return [...apart.values()];
}

function Section({ commands, run }: { commands: readonly Command[]; run: (command: Command) => void }) {
  if (commands[0]!.glyph)
    return (
      <div className="menu-row" role="none">
        {commands.map((command) => (
          <button
            key={command.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={command.tone ? `tool tone-${command.tone}` : "tool"}
            aria-label={command.title}
            title={command.title}
            data-testid={`do-${command.id}`}
            onClick={() => run(command)}
          >
            <Glyph name={command.glyph!} />
          </button>
        ))}
      </div>
    );
  return commands.map((command) => (
    <button
      key={command.id}
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="menu-item"
      data-testid={`do-${command.id}`}
      onClick={() => run(command)}
    >
      <span>{command.title}</span>
      {command.keys && <span className="menu-hint">{command.shown ?? keyName(command.keys[0]!)}</span>}
    </button>
  ));
}

const MARGIN = 8;

/** The place of the menu, moved so far that all of it is seen. */
function inside(menu: HTMLElement, { x, y }: MenuDialog): { left: number; top: number } {
  const room = menu.closest(".app")?.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  if (!room) return { left: x, top: y };
  return {
    left: Math.max(MARGIN, Math.min(x, room.width - width - MARGIN)),
    top: Math.max(MARGIN, Math.min(y, room.height - height - MARGIN)),
  };
}

/** Opens the menu for what is under the pointer; what is not selected is selected first. */
export function menuAtPointer(editor: Editor, event: MouseEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  if (target.closest("textarea, input")) return;
  event.preventDefault();
  const key = target.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  const wire = target.closest<HTMLElement>(".react-flow__edge")?.dataset.id;
  if (key !== undefined && isNoteKey(key)) {
    if (!editor.state.notes.has(noteIdOf(key))) editor.selectNotes([noteIdOf(key)]);
  } else if (key !== undefined) {
    if (!editor.state.selected.has(key)) editor.select([key]);
  } else if (wire !== undefined) editor.select([], [wire]);
  else if (!target.closest(".react-flow__nodesselection")) editor.select([]);
  openMenu(editor, event.clientX, event.clientY);
}

/** Opens the menu by keyboard, at what is selected. */
export function menuAtSelection(editor: Editor, root: HTMLElement): void {
  const { selected, notes, wires } = editor.state;
  const [id] = [...selected, ...[...notes].map((note) => `note:${note}`), ...wires];
  const things = [...root.querySelectorAll<HTMLElement>(".react-flow__node, .react-flow__edge")];
  const box = (things.find((thing) => thing.dataset.id === id) ?? editor.stage?.surface)?.getBoundingClientRect();
  if (box) openMenu(editor, box.left + Math.min(box.width / 2, 120), box.top + Math.min(box.height, 200) / 2);
}

export function openMenu(editor: Editor, clientX: number, clientY: number): void {
  const room = editor.stage?.root.getBoundingClientRect();
  editor.set({ dialog: { kind: "menu", where: whereOf(editor), x: clientX - (room?.left ?? 0), y: clientY - (room?.top ?? 0) } });
}

function whereOf({ state }: Editor): Where {
  const things = state.selected.size + state.notes.size;
  if (things > 1) return "layers";
  if (state.selected.size) return "layer";
  if (state.notes.size) return "note";
  return state.wires.size ? "wire" : "canvas";
}
