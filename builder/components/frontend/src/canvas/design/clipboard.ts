/** What is copied? Nodes with the wires among them and notes, as text that any window and any editor can hold. */

import { type Design, type Edge, type Node, type Position, nodeOf, positionOf } from "./document";
import { GRID } from "./grid";
import { type Note, notesOf } from "./notes";

export const FORMAT = "layerloom-nodes/1";

export interface Clip {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly notes?: readonly Note[];
  /** Layers that copied calls share and that are not copied themselves, by name: for drawings that lack them. */
  readonly shared?: { readonly [id: string]: Node };
}

const NONE: ReadonlySet<string> = new Set();

export function clip(design: Design, ids: ReadonlySet<string>, notes: ReadonlySet<string> = NONE): Clip {
  const nodes = design.nodes.filter((node) => ids.has(node.id));
  const edges = design.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  const papers = notesOf(design).filter((note) => notes.has(note.id));
  const calls = nodes.flatMap((node) => (node.of !== undefined && !ids.has(node.of) ? (nodeOf(design, node.of) ?? []) : []));
  const shared = Object.fromEntries(calls.map((node) => [node.id, node]));
  return { nodes, edges, ...(papers.length ? { notes: papers } : {}), ...(calls.length ? { shared } : {}) };
}

export function isEmpty(clip: Clip): boolean {
  return clip.nodes.length + (clip.notes?.length ?? 0) === 0;
}

/** The clip as it lies in the clipboard of the system. */
export function written(clip: Clip): string {
  return JSON.stringify({ format: FORMAT, ...clip });
}

/** The clip for a drawing: calls of layers that it does not have become layers of their own. */
export function settled(copied: Clip, design: Design): Clip {
  const ids = new Set(copied.nodes.map((node) => node.id));
  const nodes = copied.nodes.map((node) => {
    const { of, ...rest } = node;
    if (of === undefined || ids.has(of) || nodeOf(design, of.split("/")[0]!)) return node;
    const { type, params, graph } = copied.shared?.[of] ?? { type: "Dense" };
    return { ...rest, type, ...(params ? { params } : {}), ...(graph ? { graph } : {}) };
  });
  return { ...copied, nodes };
}

const KEY = "layerloom.clipboard";
let kept: Clip | null = null;

/** Remembers what was copied, for browsers that do not hand out the system's clipboard. */
export function keep(copied: Clip): void {
  kept = copied;
  try {
    localStorage.setItem(KEY, JSON.stringify(copied));
  } catch {
    // Storage may be full or forbidden; this tab still remembers.
  }
}

export function recall(): Clip | null {
  try {
    const text = localStorage.getItem(KEY);
    return text ? (JSON.parse(text) as Clip) : kept;
  } catch {
    return kept;
  }
}

type Placed = { readonly position?: Position };

/** How far copies are moved so that none lies exactly on another node. */
export function freeOffset(design: Design, copied: readonly Placed[], start: Position = [2 * GRID, 2 * GRID]): Position {
  const things: readonly Placed[] = [...design.nodes, ...notesOf(design)];
  const taken = new Set(things.map((thing) => (thing.position ?? [0, 0]).join()));
  let [dx, dy] = start;
  const clash = ({ position: [x, y] = [0, 0] }: Placed): boolean => taken.has(`${x + dx},${y + dy}`);
  while (copied.some(clash)) {
    dx += 2 * GRID;
    dy += 2 * GRID;
  }
  return [dx, dy];
}

/** The move that brings the middle of the copies to a place, on the grid. */
export function offsetTo(copied: Clip, [x, y]: Position, size: { width: number; height: number }): Position {
  const boxes = [
    ...copied.nodes.map((node) => [...positionOf(node), size.width, size.height] as const),
    ...(copied.notes ?? []).map((note) => [...note.position, ...note.size] as const),
  ];
  const left = Math.min(...boxes.map((box) => box[0]));
  const top = Math.min(...boxes.map((box) => box[1]));
  const right = Math.max(...boxes.map((box) => box[0] + box[2]));
  const bottom = Math.max(...boxes.map((box) => box[1] + box[3]));
  const snap = (value: number): number => Math.round(value / GRID) * GRID;
  return [snap(x - (right - left) / 2) - left, snap(y - (bottom - top) / 2) - top];
}
