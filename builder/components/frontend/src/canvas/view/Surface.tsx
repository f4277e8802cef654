/** The zoomable surface with the drawing on it. */

import {
  Background,
  BackgroundVariant,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  type NodePositionChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useStore,
} from "@xyflow/react";
import { type CSSProperties, useMemo, useRef } from "react";
import { type Box, around } from "../design/align";
import type { Position } from "../design/document";
import { GRID } from "../design/grid";
import { type Guide, snapTo } from "../design/guides";
import { isNoteKey, noteIdOf, noteKey, notesOf } from "../design/notes";
import { isLoose } from "../design/rewire";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import { openBlock } from "../state/commands/blocks";
import { boxOf } from "../state/places";
import { type Place, cornerAt } from "../state/placing";
import { mayPlug } from "../state/plugging";
import { Banners } from "./Banners";
import { Breadcrumbs } from "./Breadcrumbs";
import { DISTANT, DistantWires } from "./DistantWires";
import { Empty } from "./Empty";
import { FaultCard } from "./FaultCard";
import { RepairGhost } from "./RepairGhost";
import { menuAtPointer } from "./ContextMenu";
import { LayerNode } from "./LayerNode";
import { LiveChip } from "./LiveChip";
import { Overview } from "./Overview";
import { DrawnWire, WireEdge, proposed } from "./WireEdge";
import { Zoom } from "./Zoom";
import { at, nodeAt, wireUnder } from "./dragging";
import { LEAST_ZOOM, LEAST_ZOOM_LARGE, MOST_ZOOM, useStage, useViews } from "./views";
import { type LayerFlowNode, isLarge, useFlowNodes } from "./flow";
import { type NoteFlowNode, useFlowNotes } from "./flowNotes";
import { NoteNode } from "./NoteNode";
import { Overlay } from "./Overlay";
import { useRewiring } from "./rewiring";
import { useHand, useTrackpad } from "./trackpad";
import { type WireFlowEdge, useFlowEdges } from "./flowEdges";

type FlowThing = LayerFlowNode | NoteFlowNode;

const nodeTypes = { layer: LayerNode, note: NoteNode };
const edgeTypes = { wire: WireEdge };
/** Below this zoom only glyph and name are read. */
const FAR = 0.6;
/** The left and the middle button of the mouse drag the view. */
const DRAGS_VIEW = [0, 1];
const ADDING = ["Meta", "Control", "Shift"];

export function Surface() {
  return (
    <ReactFlowProvider>
      <Drawing />
    </ReactFlowProvider>
  );
}

function Drawing() {
  const editor = useEditor();
  const box = useRef<HTMLDivElement>(null);
  const distant = useStore((state) => state.transform[2] < DISTANT);
  const layers = useFlowNodes(distant);
  const notes = useFlowNotes();
  const nodes = useMemo<FlowThing[]>(() => [...notes, ...layers], [notes, layers]);
  const edges = useFlowEdges(distant);
  const large = usePicked((state) => isLarge(state.shown));
  const empty = usePicked(({ data, shown }) => data !== null && !shown.nodes.length && !notesOf(shown).length);
  const gliding = usePicked((state) => state.gliding);
  const seeks = usePicked((state) => (state.refused ? (state.seeks ?? "in") : null));
  const chosen = usePicked((state) => state.selected.size + state.notes.size > 0);
  const far = useStore((state) => (state.transform[2] < FAR ? Math.ceil(state.transform[2] * 20) / 20 : 1));
  useStage(box);
  useViews();
  useRewiring(box);
  useTrackpad(box);
  useHand(box);
  return (
    <div
      ref={box}
      className={`surface${gliding ? " surface-gliding" : ""}${seeks ? ` surface-wiring surface-seeks-${seeks}` : ""}${chosen ? " surface-chosen" : ""}${far < 1 ? " surface-far" : ""}`}
      style={{ "--zoom": far } as CSSProperties}
      tabIndex={0}
      role="application"
      aria-label="Drawing. Tab goes to the layers, arrows follow the wires, Ctrl K adds a layer, question mark lists all keys."
      data-testid="canvas"
      onFocus={(event) => focusSelects(editor, event.target)}
      onContextMenu={(event) => menuAtPointer(editor, event)}
    >
      {distant && <DistantWires />}
      <ReactFlow<FlowThing, WireFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={(changes) => nodesChanged(editor, changes)}
        onEdgesChange={(changes) => edgesChanged(editor, changes)}
        onNodeDragStart={(event, node, all) => all.length === 1 && lifted(editor, event, node.id)}
        onEdgeDoubleClick={(_, edge) => insertOn(editor, edge)}
        onConnect={(connection) => connected(editor, connection)}
        isValidConnection={(wire) => allowed(editor, wire as Connection)}
        onConnectStart={(_, { nodeId, handleId, handleType }) => wiring(editor, nodeId, handleId, handleType === "source")}
        onConnectEnd={(event, state) => wired(editor, event, state as FinalConnectionState)}
        onNodeDoubleClick={(_, node) => openBlock(editor, node.id)}
        onPaneClick={() => editor.set({ dialog: null, card: null, preview: null })}
        connectionLineComponent={DrawnWire}
        connectionRadius={26}
        selectionMode={SelectionMode.Partial}
        minZoom={large ? LEAST_ZOOM_LARGE : LEAST_ZOOM}
        maxZoom={MOST_ZOOM}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={ADDING}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        nodesFocusable
        edgesFocusable={false}
        onlyRenderVisibleElements={large}
        elevateNodesOnSelect
        nodeDragThreshold={3}
        panOnDrag={DRAGS_VIEW}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.4} color="var(--ll-dot)" />
        <Overlay />
        <RepairGhost />
      </ReactFlow>
      <Overview />
      <FaultCard />
      <Breadcrumbs />
      <Zoom />
      <LiveChip />
      {empty && <Empty />}
      <Banners />
    </div>
  );
}

/** A layer or note that is reached by keyboard is the selected one. */
function focusSelects(editor: Editor, target: EventTarget & Element): void {
  const key = target.classList.contains("react-flow__node") ? (target as HTMLElement).dataset.id : undefined;
  if (!key || !target.matches(":focus-visible")) return;
  if (isNoteKey(key)) {
    if (!editor.state.notes.has(noteIdOf(key))) editor.selectNotes([noteIdOf(key)]);
  } else if (!editor.state.selected.has(key)) editor.select([key]);
}

function nodesChanged(editor: Editor, changes: NodeChange<FlowThing>[]): void {
  const [selected, notes] = [new Set(editor.state.selected), new Set(editor.state.notes)];
  for (const change of changes) {
    if (change.type !== "select") continue;
    const [set, id] = isNoteKey(change.id) ? [notes, noteIdOf(change.id)] : [selected, change.id];
    set[change.selected ? "add" : "delete"](id);
  }
  if (changes.some((change) => change.type === "select")) editor.set({ selected, notes, wireOf: null });
  const moves = changes.filter((change) => change.type === "position");
  if (moves.length) moved(editor, moves);
}

/** Alt lifts a layer out of its wires. */
function lifted(editor: Editor, event: { altKey: boolean }, id: string): void {
  if (event.altKey && !isNoteKey(id) && !isLoose(editor.design, id)) editor.set({ leaving: id });
}

/** What is dragged stands in line with its neighbours, else on the grid; a lone layer may be over a wire. */
function moved(editor: Editor, moves: readonly NodePositionChange[]): void {
  const raw = new Map(moves.flatMap(({ id, position }) => (position ? [[id, [position.x, position.y] as const] as const] : [])));
  const dragged = new Map([...(editor.state.dragging ?? []), ...raw]);
  const { positions, guides } = inLine(editor, dragged, raw);
  if (moves.every((move) => move.dragging === false)) return editor.drop(positions);
  const [id] = positions.keys();
  const loose = id !== undefined && positions.size === 1 && !isNoteKey(id);
  const free = loose && (editor.state.leaving === id || (isLoose(editor.design, id) && mayPlug(editor, id)));
  const landing = free ? wireUnder(editor.stage, id) : null;
  editor.set({ dragging: positions, guides: landing ? null : guides, landing });
}

/** The places of what is dragged, moved as one so far that it stands in line. */
function inLine(
  editor: Editor,
  dragged: ReadonlyMap<string, Position>,
  raw: ReadonlyMap<string, Position>,
): { positions: Map<string, Position>; guides: readonly Guide[] } {
  const [first] = raw;
  if (!first) return { positions: new Map(dragged), guides: [] };
  const boxes = [...dragged.keys()].map((key) => boxOf(editor, key));
  const lead = boxes.find((box) => box.id === first[0])!;
  const [dx, dy] = [first[1][0] - lead.x, first[1][1] - lead.y];
  const { left, top, right, bottom } = around(boxes);
  const group: Box = { id: "", x: left, y: top, width: right - left, height: bottom - top };
  const others = [
    ...editor.design.nodes.map((node) => node.id),
    ...notesOf(editor.design).map((note) => noteKey(note.id)),
  ].filter((key) => !dragged.has(key));
  const { position, guides } = snapTo(group, [left + dx, top + dy], others.map((key) => boxOf(editor, key))); // prettier-ignore
  const [sx, sy] = [position[0] - left, position[1] - top];
  return { positions: new Map(boxes.map((box) => [box.id, [box.x + sx, box.y + sy] as const])), guides };
}

function insertOn(editor: Editor, { data }: WireFlowEdge): void {
  if (data) editor.set({ dialog: { kind: "add", place: { kind: "on", edge: data.edge } } });
}

function edgesChanged(editor: Editor, changes: EdgeChange<WireFlowEdge>[]): void {
  const wires = new Set(editor.state.wires);
  for (const change of changes) {
    if (change.type === "select") wires[change.selected ? "add" : "delete"](change.id);
  }
  editor.set({ wires });
}

function allowed(editor: Editor, { source, sourceHandle, target, targetHandle }: Connection): boolean {
  return proposed(editor, source, sourceHandle ?? "o0", target, targetHandle, true).ok;
}

function connected(editor: Editor, { source, sourceHandle, target, targetHandle }: Connection): void {
  editor.connect({
    source,
    sourcePort: Number(sourceHandle?.slice(1)) || 0,
    target,
    port: targetHandle ? Number(targetHandle.slice(1)) : undefined,
  });
}

/** A wire begins: every node says whether it would take it. */
function wiring(editor: Editor, id: string | null, handle: string | null, down: boolean): void {
  if (!id) return;
  const refused = new Map<string, string>();
  for (const node of editor.design.nodes) {
    const verdict = proposed(editor, id, handle ?? "o0", node.id, null, down);
    if (!verdict.ok) refused.set(node.id, verdict.reason);
  }
  editor.set({ refused, seeks: down ? "in" : "out" });
}

/** A wire ends: on a port (already drawn), on a node (its first free port), or on nothing (a new layer is asked for). */
function wired(editor: Editor, event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  editor.set({ refused: null, seeks: null });
  if (state.isValid || !state.fromNode || !state.fromHandle) return;
  const point = "changedTouches" in event ? event.changedTouches[0]! : event;
  const over = state.toNode?.id ?? nodeAt(editor.stage, point.clientX, point.clientY);
  const down = state.fromHandle.type === "source";
  const from = state.fromNode.id;
  const handle = Number(state.fromHandle.id?.slice(1)) || 0;
  if (over === from && !state.toHandle) return;
  if (over) {
    editor.connect(
      down ? { source: from, sourcePort: handle, target: over } : { source: over, sourcePort: 0, target: from, port: handle },
    );
  } else if (editor.stage && at(editor.stage, point.clientX, point.clientY, ".surface")) {
    const port = editor.stage.toDrawing(point.clientX, point.clientY);
    const position = cornerAt(editor.design, port, down ? "in" : "out", editor.size);
    const place: Place = { kind: down ? "from" : "into", id: from, port: handle, position };
    editor.set({ dialog: { kind: "add", place, at: [point.clientX, point.clientY] } });
  }
}
