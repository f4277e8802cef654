/** How are layers made into blocks, and blocks taken apart, used again and repeated? Steps of the editor. */

import { type BlockSpec, fitting } from "../design/blocks";
import { type Design, type Edge, type Node, type Position, indexOf, nodeOf, positionOf } from "../design/document";
import { type Edit, EditRefused } from "../design/edits";
import { into } from "../design/graph";
import { extraHeight } from "../design/inside";
import type { Item } from "../design/items";
import { COLUMN_GAP, ROW_GAP, directionOf, freePlace } from "../design/layout";
import { freshId } from "../design/names";
import { nodeAlong } from "../design/nesting";
import { type Shape, shapeList } from "../words/numbers";
import type { Editor } from "./editor";
import { spotOf, tensorAt } from "./offers";
import { type Place, placedBlock } from "./placing";
import { NOTHING } from "./state";

/** The selected layers; inputs stay outside of blocks. */
export function groupable(editor: Editor): readonly Node[] {
  return editor.design.nodes.filter((node) => editor.state.selected.has(node.id) && node.type !== "InputLayer");
}

/** Puts the selected layers into a block and selects that; false when it was refused, with the reason in a notice. */
export function group(editor: Editor): boolean {
  const ids = groupable(editor).map((node) => node.id);
  const id = freshId("block_1", indexOf(editor.design));
  const edit: Edit = { kind: "group", ids, id, ...fed(editor, ids) };
  const positions = drawnTogether(editor, new Set(ids));
  const edits: Edit[] = Object.keys(positions).length ? [edit, { kind: "move_nodes", positions }] : [edit];
  return editor.edit(`group ${ids.join(", ")}`, edits, { selected: new Set([id]), wires: NOTHING, arrived: id });
}

/** Places of what stands behind the layers, moved up to the one block; none where others stand beside them. */
function drawnTogether({ design }: Editor, ids: ReadonlySet<string>): { [id: string]: Position } {
  const axis = directionOf(design) === "right" ? 0 : 1;
  const at = (node: Node): number => positionOf(node)[axis];
  const members = design.nodes.filter((node) => ids.has(node.id));
  const [first, last] = [Math.min(...members.map(at)), Math.max(...members.map(at))];
  const others = design.nodes.filter((node) => !ids.has(node.id) && at(node) > first);
  const extra = axis ? Math.max(...members.filter((node) => at(node) === last).map(extraHeight)) : 0;
  if (!members.length || others.some((node) => at(node) <= last)) return {};
  return moved(others, axis, first - last - extra);
}

function moved(nodes: readonly Node[], axis: 0 | 1, by: number): { [id: string]: Position } {
  const place = ([x, y]: Position): Position => (axis ? [x, y + by] : [x + by, y]);
  return by ? Object.fromEntries(nodes.map((node) => [node.id, place(positionOf(node))])) : {};
}

/** Shapes and dtypes of what feeds these layers, by "id:port"; what is being checked is not known. */
function fed(editor: Editor, ids: readonly string[]): { shapes: Shapes; dtypes: Dtypes } {
  const shapes: Shapes = {};
  const dtypes: Dtypes = {};
  for (const edge of ids.flatMap((id) => into(editor.design, id))) {
    const annotation = editor.state.stale.has(edge.source) ? undefined : editor.state.answers[edge.source];
    const port = edge.source_port ?? 0;
    const shape = shapeList(annotation?.shape)[port];
    const dtype = [annotation?.dtype ?? []].flat()[port];
    if (shape) shapes[`${edge.source}:${port}`] = shape;
    if (dtype) dtypes[`${edge.source}:${port}`] = dtype;
  }
  return { shapes, dtypes };
}

type Shapes = { [port: string]: readonly (number | null)[] };
type Dtypes = { [port: string]: string };

/** The block that is chosen: a `Model` node. */
export function chosenBlock(editor: Editor): Node | null {
  const node = editor.chosen === null ? undefined : nodeOf(editor.design, editor.chosen);
  return node?.graph ? node : null;
}

/** Takes the layers of a block out; what stands where they come to stand makes room in the same step. */
export function ungroup(editor: Editor, id: string): void {
  const apart: Edit = { kind: "ungroup", id };
  const before = indexOf(editor.design);
  let out: Design;
  try {
    out = editor.tried([apart]);
  } catch {
    // Refused: the edit itself says why.
    return void editor.edit(`ungroup ${id}`, [apart]);
  }
  const ids = out.nodes.filter((node) => !before.has(node.id) || before.get(node.id) !== node).map((node) => node.id);
  const inner = new Set(ids.filter((one) => !sameOutside(before.get(one), nodeOf(out, one)!)));
  const positions = roomFor(out, inner, editor.size);
  const edits: Edit[] = Object.keys(positions).length ? [apart, { kind: "move_nodes", positions }] : [apart];
  editor.edit(`ungroup ${id}`, edits, { selected: inner, wires: NOTHING });
}

/** Whether a node stood outside already; a call may only have got another path. */
function sameOutside(before: Node | undefined, after: Node): boolean {
  return before !== undefined && before.type === after.type && before.graph === after.graph;
}

/** Places of what stands behind the layers and would be covered by them. */
function roomFor(design: Design, inner: ReadonlySet<string>, size: { width: number; height: number }): { [id: string]: Position } {
  const axis = directionOf(design) === "right" ? 0 : 1;
  const length = axis ? size.height + ROW_GAP : size.width + COLUMN_GAP;
  const members = design.nodes.filter((node) => inner.has(node.id)).map((node) => positionOf(node)[axis]);
  const [first, last] = [Math.min(...members), Math.max(...members)];
  const behind = design.nodes.filter((node) => !inner.has(node.id) && positionOf(node)[axis] > first);
  const shift = last + length - Math.min(...behind.map((node) => positionOf(node)[axis]));
  if (!behind.length || shift <= 0 || last === first) return {};
  return moved(behind, axis, shift);
}

/** Lays out what is selected `times` times in a chain and selects all of it. */
export function repeat(editor: Editor, times: number): boolean {
  const members = groupable(editor);
  const ids = members.map((node) => node.id);
  const edits: Edit[] = [{ kind: "repeat", ids, times }];
  try {
    const positions = spread(editor.tried(edits), editor.design, members);
    if (Object.keys(positions).length) edits.push({ kind: "move_nodes", positions });
  } catch (refusal) {
    // Refused: the edit itself says why.
    if (!(refusal instanceof EditRefused)) throw refusal;
  }
  const before = indexOf(editor.design);
  if (!editor.edit(`repeat ${ids.join(", ")}`, edits)) return false;
  editor.select([...ids, ...editor.design.nodes.filter((node) => !before.has(node.id)).map((node) => node.id)]);
  return true;
}

/** Room between copies whose inside is shown: they are higher than an edit can know. */
function spread(grown: Design, before: Design, members: readonly Node[]): { [id: string]: Position } {
  const extra = Math.max(0, ...members.map(extraHeight));
  if (!extra || directionOf(before) === "right") return {};
  const old = indexOf(before);
  const copies = grown.nodes.filter((node) => !old.has(node.id));
  const times = copies.length / members.length;
  const behind = grown.nodes.filter((node) => old.has(node.id) && positionOf(node)[1] !== positionOf(old.get(node.id)!)[1]);
  const placed = copies.map((node, index) => moved([node], 1, extra * (1 + Math.floor(index / members.length))));
  return Object.assign(moved(behind, 1, extra * times), ...placed) as { [id: string]: Position };
}

/** What is called when a node is used again: itself, or what it calls itself. */
export function shareable(editor: Editor): string | null {
  const node = editor.chosen === null ? undefined : nodeOf(editor.design, editor.chosen);
  if (!node || node.type === "InputLayer" || node.type.startsWith("ops.")) return null;
  return node.type === "Call" ? (node.of ?? null) : node.id;
}

/** Another call of the chosen layer or block beside it, with the same weights. */
export function useAgain(editor: Editor): void {
  const of = shareable(editor);
  if (of === null || editor.chosen === null) return;
  const { design, size } = editor;
  const id = freshId(of.split("/").at(-1)!, indexOf(design));
  const [x, y] = positionOf(nodeOf(design, editor.chosen)!);
  const position = freePlace(design, [x + size.width + COLUMN_GAP, y], size);
  const node: Node = { id, type: "Call", of, position };
  editor.edit(`use ${of} again`, [{ kind: "add_node", node }], { selected: new Set([id]), wires: NOTHING, arrived: id });
}

/** The full path of the network that opens with a node: its own, or that of the block it calls. */
export function openable(editor: Editor, id: string | null): string | null {
  const node = id === null ? undefined : nodeOf(editor.design, id);
  if (node?.graph) return editor.prefixed(node.id);
  if (node?.type !== "Call" || !node.of) return null;
  return nodeAlong(editor.design, node.of)?.graph ? editor.prefixed(node.of) : null;
}

/** Puts a ready block where it was dropped or behind what is chosen, fitted to what comes in there. */
export function addBlock(editor: Editor, item: Item, block: BlockSpec, place: Place): void {
  const { design, scene, size } = editor;
  const spot = spotOf(scene, place);
  const shape = spot.kind === "behind" ? spot.tensor.shape : null;
  try {
    const { node, edits } = placedBlock(design, scene.catalog, block, shape, place, size);
    const after = { selected: new Set([node.id]), wires: NOTHING, arrived: node.id };
    if (!editor.edit(`add ${node.id}`, edits, after)) return;
    if (place.kind !== "at") editor.jump(node.id);
    editor.took(item.key);
  } catch (refusal) {
    if (!(refusal instanceof EditRefused)) throw refusal;
    editor.set({ notice: { severity: "warning", text: refusal.message } });
  }
}

/** The first wire into a ready block that stood alone: what it fits itself to. */
export function fitToFirst(editor: Editor, edge: Edge): readonly Edit[] {
  const node = nodeOf(editor.design, edge.target);
  if (!node?.ui?.block || into(editor.design, node.id).length) return [];
  const { shape } = tensorAt(editor.scene, edge.source, edge.source_port ?? 0);
  return fits(editor, node, [shape]);
}

/** What must be set so that the chosen block takes what is wired into it. */
export function misfits(editor: Editor): readonly Edit[] {
  const node = chosenBlock(editor);
  if (!node) return [];
  const stale = editor.state.stale;
  const wires = [...into(editor.design, node.id)].sort((a, b) => place(a) - place(b));
  const shapes = wires.map((edge) =>
    stale.has(edge.source) ? null : tensorAt(editor.scene, edge.source, edge.source_port ?? 0).shape,
  );
  return fits(editor, node, shapes);
}

function place(edge: Edge): number {
  const at = edge.target_port?.[1];
  return typeof at === "number" ? at : 0;
}

function fits(editor: Editor, node: Node, shapes: readonly (Shape | null)[]): readonly Edit[] {
  try {
    return fitting(node, editor.scene.catalog.blocks, shapes);
  } catch (refusal) {
    // Another number of axes comes in: no size makes it fit, and the check says so on the node.
    if (refusal instanceof EditRefused) return [];
    throw refusal;
  }
}

/** Shows or hides the inside of a block; what stands below it makes room, or comes back. */
export function expand(editor: Editor, id: string, open: boolean): void {
  const node = nodeOf(editor.design, id);
  if (!node?.graph) return;
  const extra = extraHeight({ ...node, ui: { open: true } });
  const [x, y] = positionOf(node);
  const from = y + editor.size.height / 2 + (open ? 0 : extra);
  const beside = directionOf(editor.design) === "right";
  const below = editor.design.nodes.filter((other) => {
    const [left, top] = positionOf(other);
    return top > from && (!beside || Math.abs(left - x) < editor.size.width);
  });
  const shift = open ? extra : -extra;
  const positions = Object.fromEntries(
    below.map((other): [string, Position] => [other.id, [positionOf(other)[0], positionOf(other)[1] + shift]]),
  );
  const edits: Edit[] = [{ kind: "set_ui", id, ...(open ? { ui: { open: true } } : { reset: ["open"] }) }];
  if (below.length) edits.push({ kind: "move_nodes", positions });
  editor.edit(`${open ? "expand" : "collapse"} ${id}`, edits);
}
