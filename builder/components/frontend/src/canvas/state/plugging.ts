/** How do layers come onto wires and out of them, and wires to other ports? Each as one step. */

import { type Edge, type Position, edgeKey, nodeOf } from "../design/document";
import type { Edit } from "../design/edits";
import { isLoose, pluggedIn, replaceWire, unplugged } from "../design/rewire";
import { Catalog } from "../design/catalog";
import { type Proposal, type Verdict, inPorts, judge } from "../design/ports";
import { isNoteKey } from "../design/notes";
import type { Editor } from "./editor";
import { place } from "./places";
import { settledOnWire } from "./placing";

/** Takes a layer out of its wires and closes the gap; the layer stays beside them. */
export function takeOut(editor: Editor, id: string): boolean {
  const edits = unplugged(editor.design, id);
  return edits.length > 0 && editor.edit(`take ${id} out`, edits);
}

/** Whether a layer that is dragged could be put on a wire: it stands alone and takes an input. */
export function mayPlug(editor: Editor, id: string): boolean {
  const node = nodeOf(editor.design, id);
  return node !== undefined && inPorts(editor.design, editor.state.catalog ?? new Catalog([]), node).length > 0;
}

/**
 * Drops dragged layers and notes. One that was dragged out of its wires (`leaving`) loses them; one that stands alone
 * and lies over a wire (`landing`) goes onto that wire.
 */
export function drop(editor: Editor, positions: ReadonlyMap<string, Position>): void {
  const { leaving, landing } = editor.state;
  const clear = { dragging: null, guides: null, leaving: null, landing: null };
  const [id] = [...positions.keys()];
  const edge = editor.design.edges.find((one) => edgeKey(one) === landing);
  const out = leaving ? unplugged(editor.design, leaving) : [];
  const move: Edit = { kind: "move_nodes", positions: Object.fromEntries(positions) };
  if (id !== undefined && positions.size === 1 && edge && (leaving === id || isLoose(editor.design, id))) {
    const bridged = leaving ? editor.tried(out) : editor.design;
    if (bridged.edges.some((one) => edgeKey(one) === landing)) {
      const settled = settledOnWire(bridged, id, edge, positions.get(id)!, editor.size);
      const place: Edit = { kind: "move_nodes", positions: settled };
      editor.edit(`put ${id} on a wire`, [...out, ...pluggedIn(bridged, id, edge), place], clear);
      return;
    }
  }
  if (leaving && out.length) return void editor.edit(`take ${leaving} out`, [...out, move], clear);
  const label = positions.size === 1 ? `move ${isNoteKey(id!) ? "note" : id}` : "move layers";
  if (!place(editor, label, positions)) editor.set(clear);
}

/** The proposal that a wire becomes when one of its ends goes to a port of another layer. */
export function proposalFor(edge: Edge, end: "source" | "target", over: string, port?: number): Proposal {
  const moved =
    end === "source"
      ? { source: over, sourcePort: port ?? 0, target: edge.target }
      : { source: edge.source, sourcePort: edge.source_port ?? 0, target: over, port };
  return { ...moved, moving: edge };
}

/** May this wire's end go there? A wire whose source changes keeps its port and its place among its inputs. */
export function judgeMove(editor: Editor, edge: Edge, end: "source" | "target", over: string, port?: number): Verdict {
  const proposal = proposalFor(edge, end, over, port);
  if (end === "target") return judge(editor.design, editor.state.catalog ?? new Catalog([]), proposal);
  const verdict = judge(editor.design, editor.state.catalog ?? new Catalog([]), { ...proposal, port: portIndexOf(editor, edge) });
  if (!verdict.ok) return verdict;
  return { ...verdict, edge: { ...edge, source: over, source_port: port || undefined } };
}

/** Which input of its target a wire ends at. */
export function portIndexOf(editor: Editor, edge: Edge): number | undefined {
  const node = nodeOf(editor.design, edge.target);
  const ports = node ? inPorts(editor.design, editor.state.catalog ?? new Catalog([]), node) : [];
  return ports.find((port) => port.edges.some((one) => edgeKey(one) === edgeKey(edge)))?.index;
}

/** Moves one end of a wire, as one step. */
export function rewire(editor: Editor, edge: Edge, end: "source" | "target", verdict: Verdict): boolean {
  if (!verdict.ok) {
    editor.set({ notice: { severity: "warning", text: verdict.reason } });
    return false;
  }
  const now = verdict.edge;
  if (edgeKey(now) === edgeKey(edge)) return false;
  const edits: readonly Edit[] =
    end === "source"
      ? replaceWire(editor.design, edge, now)
      : [
          { kind: "disconnect", edge },
          { kind: "connect", edge: now, replace: verdict.replace },
        ];
  return editor.edit(`connect ${now.source} to ${now.target}`, edits, { selected: new Set(), wires: new Set([edgeKey(now)]) });
}
