/** What crosses between the canvas and Python? The shapes of `data` (down) and of the triggers (up). */

import type { ShownRun } from "./live-layers/answer";
import type { Design, Edge, Json, Position } from "./design/document";
import type { Edit } from "./design/edits";
import type { Shape } from "./words/numbers";

export interface Issue {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly node: string | null;
  readonly argument: string | null;
  readonly message: string;
  readonly fix: string | null;
}

export interface Annotation {
  readonly shape: Shape | readonly Shape[] | null;
  readonly dtype: string | readonly string[] | null;
  readonly params: number | null;
  readonly trainable_params: number | null;
  readonly flops: number | null;
  readonly issues: readonly Issue[];
  readonly blocked_by: string | null;
}

/** A node that a repair would put in. */
export interface Ghost {
  readonly type: string;
  readonly name: string;
  readonly text: string;
  readonly edge: Edge | null;
  readonly near: string;
  readonly position: Position;
}

/** A setting that a repair would change. */
export interface Change {
  readonly node: string;
  readonly param: string;
  readonly from: Json;
  readonly to: Json;
}

/** Something that can be done about a fault. It was tried: afterwards there are fewer errors. */
export interface Repair {
  /** Full path of the faulty node; null: the network as a whole. */
  readonly node: string | null;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Edits of the whole drawing, together one step. */
  readonly edits: readonly Edit[];
  readonly errors_before: number;
  readonly errors_after: number;
  readonly blocked_after: number;
  readonly params_before: number;
  readonly params_after: number;
  /** By the repair itself, without layers that only waited for it. */
  readonly params_added: number;
  readonly ghost: Ghost | null;
  readonly changes: readonly Change[];
}

export interface Totals {
  readonly params: number;
  readonly trainable_params: number;
  readonly flops?: number | null;
  readonly size_bytes?: number | null;
  /** What training needs beside the program; null: a length is unknown. */
  readonly training_bytes?: number | null;
  readonly batch_size?: number;
}

export interface Mark {
  readonly client: string;
  readonly seq: number;
}

export interface Template {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** SVG or image address; left out: a drawn stand-in. */
  readonly picture?: string;
}

export interface ChosenData {
  readonly name: string;
  readonly title: string;
  readonly rows: number;
  /** By input: the shapes that what goes in there can take, the nearest to the drawing first. */
  readonly inputs?: { readonly [id: string]: readonly Shape[] };
}

export interface CanvasData {
  readonly v: 1;
  readonly project: string;
  readonly name: string;
  /** The stored version that the drawing was read from. */
  readonly base: number;
  /** Grows with each change that Python authors. */
  readonly rev: number;
  readonly ack: Mark | null;
  /** The drawing that the annotations belong to. */
  readonly annotated: Mark | null;
  readonly status: "checking" | "checked" | "engine_down";
  /** The name of the set of annotations that is complete once this is taken; null: not known. */
  readonly known?: string | null;
  /** The set that `annotations` and `gone` change; left out: `annotations` is the whole set. */
  readonly since?: string | null;
  readonly annotations: { readonly [id: string]: Annotation };
  readonly gone?: readonly string[];
  /** What is offered, by full path of the faulty node; "" for the network as a whole. */
  readonly repairs?: { readonly [path: string]: readonly Repair[] };
  /** Repairs are still being tried: they come with a later answer. */
  readonly repairs_pending?: boolean;
  /** The time ran out before everything was tried. */
  readonly repairs_cut?: boolean;
  readonly totals: Totals | null;
  readonly issues: readonly Issue[];
  readonly fit: readonly Issue[];
  readonly elapsed_ms: number | null;
  readonly design?: Design | null;
  readonly on_seq?: number | null;
  readonly label?: string | null;
  readonly catalog_url: string;
  readonly export_url: string;
  /** Where the figures of all layers come from. */
  readonly analysis_url?: string;
  /** The run of this drawing that is going, or that ended last. */
  readonly run?: ShownRun | null;
  readonly notice?: { readonly severity: string; readonly text: string } | null;
  readonly conflict?: { readonly rev: number; readonly updated_at: number | string } | null;
  readonly templates: readonly Template[];
  /** Other projects of the same person, to switch to. */
  readonly projects?: readonly { readonly id: string; readonly name: string }[];
  /** Drawings of this project that another tab did not take over, newest first; seconds since 1970. */
  readonly versions?: readonly { readonly id: number; readonly saved_at: number }[];
  readonly data: ChosenData | null;
}

export type Kind = "hello" | "edit" | "layout";

export interface Snapshot {
  readonly v: 1;
  readonly kind: Kind;
  readonly project: string;
  readonly base: number;
  readonly client: string;
  readonly seq: number;
  readonly rev: number;
  /** The annotations that the canvas has: only others are sent. */
  readonly known: string | null;
  /** Null in a `hello` that brings no unconfirmed drawing: it asks for the one that is stored and replaces none. */
  readonly design: Design | null;
  readonly selection: readonly string[];
}

export type Action =
  | { name: "train" }
  /** Goes to the run that is shown. */
  | { name: "watch" }
  /** Goes to the page where data are chosen. */
  | { name: "data" }
  | { name: "open"; text: string; filename: string }
  | { name: "template"; template: string }
  | { name: "new" }
  | { name: "project"; project: string }
  | { name: "rename"; text: string }
  | { name: "version"; version: number }
  | { name: "resolve"; keep: "mine" | "theirs" };
