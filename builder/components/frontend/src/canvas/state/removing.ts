/** What goes when the selection is removed? Layers, wires and notes, as one step. */

import { edgeKey } from "../design/document";
import type { Edit } from "../design/edits";
import { counted } from "../words/numbers";
import type { Editor } from "./editor";
import { UNSELECTED } from "./state";

/** Takes away what is selected; with `reconnect` the neighbours of a removed layer are joined again. */
export function removeSelected(editor: Editor, reconnect: boolean): void {
  const { selected, wires, notes } = editor.state;
  const cut = editor.design.edges.filter(
    (edge) => wires.has(edgeKey(edge)) && !selected.has(edge.source) && !selected.has(edge.target),
  );
  // Behind first: taking a wire off renumbers those behind it in its list.
  const edits: Edit[] = cut.reverse().map((edge) => ({ kind: "disconnect", edge }));
  const ids = [...selected];
  if (ids.length) edits.push({ kind: "remove_nodes", ids, reconnect });
  if (notes.size) edits.push({ kind: "remove_notes", ids: [...notes] });
  const what = ids.length ? ids.join(", ") : counted(notes.size, "note");
  if (edits.length) editor.edit(ids.length || notes.size ? `remove ${what}` : "disconnect", edits, UNSELECTED);
}
