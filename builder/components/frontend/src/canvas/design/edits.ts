/**
 * What can be done to a design? Each change is a small value, applied by one pure function.
 *
 * The kinds stand by subject in `changes/`; this is the one place that knows them all. The Python side applies the same
 * edits in builder/design/edits.py; both pass tests/design/edit_cases.json.
 */

import { realigned } from "./changes/border";
import { type CopyEdit, paste, repeat } from "./changes/copies";
import { type EndEdit, setOutputs } from "./changes/ends";
import { type Group, group, groupedPaths } from "./changes/grouping";
import { EditRefused, known, withNode } from "./changes/kind";
import { type LayerEdit, retype, setArgs, setBypass, setParams } from "./changes/layers";
import { type LookEdit, moveNodes, removeNotes, setNote, setUi } from "./changes/looks";
import { type Moved, type NamingEdit, renameNode, repathed } from "./changes/naming";
import { type NodeEdit, addNode, heirs, insertOnEdge, removeNodes } from "./changes/nodes";
import { type SharingEdit, adopted, ownCopy } from "./changes/sharing";
import { type Ungroup, ungroup, ungroupedPaths } from "./changes/ungrouping";
import { type WireEdit, connect, disconnect } from "./changes/wires";
import type { Design } from "./document";

export { EditRefused, wire } from "./changes/kind";
export { type Note, notesOf } from "./changes/looks";

export type Edit =
  | NodeEdit
  | WireEdit
  | LayerEdit
  | LookEdit
  | NamingEdit
  | CopyEdit
  | SharingEdit
  | EndEdit
  | Group
  | Ungroup
  /** An edit of a network nested in this one; the path names the nodes to go through. */
  | { kind: "within"; path: readonly string[]; edit: Edit };

/** The design after `edit`; the given one stays as it was. Throws EditRefused. */
export function apply(design: Design, edit: Edit): Design {
  switch (edit.kind) {
    case "add_node":
      return addNode(design, edit.node);
    case "remove_nodes":
      return removeNodes(design, edit.ids, edit.reconnect ?? false);
    case "insert_on_edge":
      return insertOnEdge(design, edit.edge, edit.node);
    case "connect":
      return connect(design, edit.edge, edit.replace ?? false);
    case "disconnect":
      return disconnect(design, edit.edge);
    case "move_nodes":
      return moveNodes(design, edit.positions);
    case "set_params":
      return setParams(design, edit.id, edit.params, edit.reset);
    case "set_args":
      return setArgs(design, edit.id, edit.args, edit.reset);
    case "retype":
      return retype(design, edit.id, edit.type, edit.params, edit.args);
    case "set_bypass":
      return setBypass(design, edit.ids, edit.bypass ?? true);
    case "rename_node":
      return renameNode(design, edit.id, edit.to);
    case "set_name":
      return { ...design, name: edit.name };
    case "paste":
      return paste(design, edit.nodes, edit.edges ?? [], edit.offset ?? [0, 0]);
    case "repeat":
      return repeat(design, edit.ids, edit.times);
    case "own_copy":
      return ownCopy(design, edit.id);
    case "group":
      return group(design, edit);
    case "ungroup":
      return ungroup(design, edit.id);
    case "set_note":
      return setNote(design, edit.note);
    case "remove_notes":
      return removeNotes(design, edit.ids);
    case "set_ui":
      return setUi(design, edit.id, edit.ui, edit.reset);
    case "set_outputs":
      return setOutputs(design, edit.outputs);
    case "within":
      return within(design, edit.path, edit.edit);
  }
}

/** The edit as seen from the design around: `within` where there is a path. */
export function inside(path: readonly string[], edit: Edit): Edit {
  return path.length ? { kind: "within", path, edit } : edit;
}

/** The design with a nested network changed; calls and wires from outside follow what moved in there. */
function within(design: Design, path: readonly string[], edit: Edit): Design {
  const [first, ...rest] = path;
  if (first === undefined) return apply(design, edit);
  const { graph } = known(design, first);
  if (!graph) throw new EditRefused(`${first} is no block: nothing is drawn in it.`);
  const inner = inside(rest, edit);
  const next = apply(graph, inner);
  if (next === graph) return design;
  const after = withNode(design, first, (node) => ({ ...node, graph: next }));
  return realigned(design, adopted(design, repathed(after, beneath(first, moved(graph, inner)))));
}

function beneath(id: string, paths: Moved): Moved {
  return new Map([...paths].map(([old, now]) => [`${id}/${old}`, `${id}/${now}`]));
}

/** Old and new path of what the edit gives another name or place. */
function moved(design: Design, edit: Edit): Moved {
  switch (edit.kind) {
    case "rename_node":
      return new Map([[edit.id, edit.to]]);
    case "remove_nodes":
      return heirs(design, edit.ids);
    case "group":
      return groupedPaths(design, edit);
    case "ungroup":
      return ungroupedPaths(design, edit.id);
    case "within": {
      const [first, ...rest] = edit.path;
      const graph = first === undefined ? undefined : known(design, first).graph;
      return graph && first !== undefined ? beneath(first, moved(graph, inside(rest, edit.edit))) : new Map();
    }
    default:
      return new Map();
  }
}
