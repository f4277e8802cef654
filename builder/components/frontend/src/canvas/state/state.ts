/** What does the canvas know at one moment? */

import { type AnalysisView, readAnalysis } from "../analysis/kept";
import type { Catalog } from "../design/catalog";
import { type Design, EMPTY, type Edge, type Position } from "../design/document";
import type { Guide } from "../design/guides";
import { type History, begin } from "../design/history";
import { type Path, WHOLE } from "../design/nesting";
import type { Verdict } from "../design/ports";
import type { Quantity } from "../live-layers/quantity";
import type { CanvasData, Repair } from "../protocol";
import type { Stored } from "../kept";
import type { Sync } from "../wire";
import type { Answers } from "./answers";
import type { Where } from "./commands/command";
import type { Card } from "./mending";
import type { Place } from "./placing";
import { type Shelf, readShelf } from "./shelf";

/** A point of the window, in CSS pixels. */
export type Point = readonly [number, number];

export type Dialog =
  /** `at`: where on the screen the list opens; left out: in the middle. */
  | { kind: "add"; place?: Place; at?: Point }
  | { kind: "find" }
  | { kind: "connect"; from: string }
  | { kind: "keys" }
  /** Asks how often the selected layers shall stand in a chain. */
  | { kind: "repeat" }
  /** A context menu, at a place in pixels of the component. */
  | { kind: "menu"; where: Where; x: number; y: number };

/** A wire while one of its ends is dragged. */
export interface Rewiring {
  readonly edge: Edge;
  readonly end: "source" | "target";
  /** Where the loose end is, in the drawing. */
  readonly x: number;
  readonly y: number;
  /** What it is over, and the verdict on that. */
  readonly over: string | null;
  readonly verdict: Verdict | null;
}

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
  /** Selected notes, by id. */
  readonly notes: ReadonlySet<string>;
  /** The note that is written in. */
  readonly writing: string | null;
  /** The layer whose wires are gone through by keyboard. */
  readonly wireOf: string | null;
  /** Places of nodes, and of notes by their keys, while they are dragged. */
  readonly dragging: ReadonlyMap<string, Position> | null;
  /** What the dragged ones stand in line with. */
  readonly guides: readonly Guide[] | null;
  /** The layer that is dragged out of its wires. */
  readonly leaving: string | null;
  readonly rewiring: Rewiring | null;
  /** Nodes whose annotation is older than the drawing. */
  readonly stale: ReadonlySet<string>;
  /** Those of them that have waited long enough for it to be shown. */
  readonly checking: ReadonlySet<string>;
  readonly lanes: ReadonlyMap<string, number>;
  readonly sync: Sync;
  readonly dialog: Dialog | null;
  /** The card of a fault that is open. */
  readonly card: Card | null;
  /** The repair under the pointer, shown as a ghost. */
  readonly preview: Repair | null;
  readonly notice: Notice | null;
  readonly offer: Stored | null;
  readonly compact: boolean;
  /** A node that was just added, for its arrival. */
  readonly arrived: string | null;
  /** While a layout is being shown: nodes glide to their places. */
  readonly gliding: boolean;
  /** Grows when the whole drawing shall be brought into view. */
  readonly fit: number;
  /** The value of `fit` at which a drawing was opened: it begins readable, whole only if it is small. */
  readonly opening: number;
  /** What of it: these layers only; null for all. */
  readonly fitOnly: ReadonlySet<string> | null;
  /** The node that shall be brought into view, with a number that grows. */
  readonly goTo: { readonly id: string; readonly count: number } | null;
  /** A wire is being drawn: nodes that it cannot reach, each with the reason. */
  readonly refused: ReadonlyMap<string, string> | null;
  /** Which ports it may end at. */
  readonly seeks: "in" | "out" | null;
  /** The wire that a layer from the palette would be put on. */
  readonly landing: string | null;
  /** What a screen reader says next, with a number that grows. */
  readonly said: { readonly text: string; readonly count: number };
  /** Favourites and what was taken last. */
  readonly shelf: Shelf;
  /** The panel with the figures of all layers. */
  readonly analysis: AnalysisView;
  /** The figure of the run that layers show. */
  readonly quantity: Quantity;
  /** The layer whose histograms are open, by its full path. */
  readonly histograms: string | null;
}

export interface Stage {
  readonly root: HTMLElement;
  readonly surface: HTMLElement;
  toDrawing(x: number, y: number): Position;
  toScreen(x: number, y: number): Position;
  zoom(to: "in" | "out" | "full"): void;
  /** Moves the view by pixels of the screen. */
  pan(dx: number, dy: number): void;
  /** Where the pointer last was on the drawing; null when it is elsewhere. */
  pointer(): Position | null;
  /** The same in pixels of the window. */
  client(): Position | null;
}

export const NOTHING: ReadonlySet<string> = new Set();

/** Neither layers nor wires nor notes are selected. */
export const UNSELECTED = { selected: NOTHING, wires: NOTHING, notes: NOTHING } as const;

export const START: State = {
  data: null,
  catalog: null,
  history: begin(EMPTY),
  path: WHOLE,
  shown: EMPTY,
  answers: {},
  selected: NOTHING,
  wires: NOTHING,
  notes: NOTHING,
  writing: null,
  wireOf: null,
  dragging: null,
  guides: null,
  leaving: null,
  rewiring: null,
  stale: NOTHING,
  checking: NOTHING,
  lanes: new Map(),
  sync: "checking",
  dialog: null,
  card: null,
  preview: null,
  notice: null,
  offer: null,
  compact: false,
  arrived: null,
  gliding: false,
  fit: 0,
  opening: 0,
  fitOnly: null,
  goTo: null,
  refused: null,
  seeks: null,
  landing: null,
  said: { text: "", count: 0 },
  shelf: readShelf(null),
  analysis: readAnalysis(null),
  quantity: "update",
  histograms: null,
};
