/** What does the canvas know at one moment? */

import type { Catalog } from "../design/catalog";
import { type Design, EMPTY, type Position } from "../design/document";
import { type History, begin } from "../design/history";
import { type Path, WHOLE } from "../design/nesting";
import type { CanvasData } from "../protocol";
import type { Stored } from "../kept";
import type { Sync } from "../wire";
import type { Answers } from "./answers";
import type { Place } from "./placing";

export type Dialog = { kind: "add"; place?: Place } | { kind: "find" } | { kind: "connect"; from: string } | { kind: "keys" };

export interface Notice {
  readonly severity: string;
  readonly text: string;
}

export interface State {
  readonly data: CanvasData | null;
  readonly catalog: Catalog | null;
  /** The whole drawing, with its past and future. */
  readonly history: History;
  /** Which nested network is open; empty for the whole drawing. */
  readonly path: Path;
  /** The network that is open. Follows from `history` and `path`. */
  readonly shown: Design;
  /** What Python answered about the nodes of `shown`, by their ids there. */
  readonly answers: Answers;
  readonly selected: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
  /** Places of nodes while they are dragged. */
  readonly dragging: ReadonlyMap<string, Position> | null;
  /** Nodes whose annotation is older than the drawing. */
  readonly stale: ReadonlySet<string>;
  /** Those of them that have waited long enough for it to be shown. */
  readonly checking: ReadonlySet<string>;
  readonly lanes: ReadonlyMap<string, number>;
  readonly sync: Sync;
  readonly dialog: Dialog | null;
  readonly notice: Notice | null;
  readonly offer: Stored | null;
  readonly compact: boolean;
  /** A node that was just added, for its arrival. */
  readonly arrived: string | null;
  /** While a layout is being shown: nodes glide to their places. */
  readonly gliding: boolean;
  /** Grows when the whole drawing shall be brought into view. */
  readonly fit: number;
  /** The node that shall be brought into view, with a number that grows. */
  readonly goTo: { readonly id: string; readonly count: number } | null;
  /** A wire is being drawn: nodes that it cannot reach, each with the reason. */
  readonly refused: ReadonlyMap<string, string> | null;
  /** The wire that a layer from the palette would be put on. */
  readonly landing: string | null;
}

export interface Stage {
  readonly root: HTMLElement;
  readonly surface: HTMLElement;
  toDrawing(x: number, y: number): Position;
  toScreen(x: number, y: number): Position;
}

export const NOTHING: ReadonlySet<string> = new Set();

export const START: State = {
  data: null,
  catalog: null,
  history: begin(EMPTY),
  path: WHOLE,
  shown: EMPTY,
  answers: {},
  selected: NOTHING,
  wires: NOTHING,
  dragging: null,
  stale: NOTHING,
  checking: NOTHING,
  lanes: new Map(),
  sync: "checking",
  dialog: null,
  notice: null,
  offer: null,
  compact: false,
  arrived: null,
  gliding: false,
  fit: 0,
  goTo: null,
  refused: null,
  landing: null,
};
