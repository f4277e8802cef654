/** What is a command? Something that can be done to the drawing, once for keys, context menu, bar and key sheet. */

import type { Editor } from "../editor";
import type { Point } from "../state";

/** What the commands need of the page around the editor. */
export interface Around {
  train(): void;
  /** Moves the keyboard into the inspector. */
  inspect(): void;
  /** Opens the field for the name of the selected layer. */
  rename(): void;
  /** Raises the browser's own copy or cut, which reach the clipboard of the system. */
  clipboard(what: "copy" | "cut"): void;
  /** Opens the context menu at what is selected. */
  menu(): void;
  /** Where the pointer is, if it is over the drawing. */
  pointer?(): Point | undefined;
}

/** What a context menu is opened on. */
export type Where = "layer" | "layers" | "wire" | "note" | "canvas";

export const GROUPS = {
  add: "Add and connect",
  edit: "Change",
  block: "Blocks",
  arrange: "Arrange",
  note: "Notes",
  go: "Find and go",
  view: "View",
} as const;

export type Group = keyof typeof GROUPS;

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  /** Keys as they are pressed, such as "Ctrl Shift Z"; the first one is shown. */
  readonly keys?: readonly string[];
  /** What the key sheet shows in place of the first key, where several keys do one thing. */
  readonly shown?: string;
  /** The context menus that it stands in. */
  readonly menu?: readonly Where[];
  /** Drawn in a row of buttons instead of a line of its own. */
  readonly glyph?: string;
  /** The colour that it stands for. */
  readonly tone?: string;
  /** The browser raises an event of its own for the key; the press is left to it. */
  readonly native?: boolean;
  /** Left out: always. */
  enabled?(editor: Editor): boolean;
  run(editor: Editor, around: Around): void;
}

export const allowed = (command: Command, editor: Editor): boolean => command.enabled?.(editor) ?? true;

export const hasLayers = (editor: Editor): boolean => editor.state.selected.size > 0;
export const hasSeveral = (editor: Editor): boolean => editor.state.selected.size > 1;
export const hasOne = (editor: Editor): boolean => editor.chosen !== null;
