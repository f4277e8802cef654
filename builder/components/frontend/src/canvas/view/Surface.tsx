/** The zoomable surface with the drawing on it. */

import {
  Background,
  BackgroundVariant,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useStore,
} from "@xyflow/react";
import { type CSSProperties, useRef } from "react";
import { GRID } from "../design/grid";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import { openBlock } from "../state/commands/blocks";
import { Banners } from "./Banners";
import { Breadcrumbs } from "./Breadcrumbs";
import { Empty } from "./Empty";
import { menuAtPointer } from "./ContextMenu";
import { LayerNode } from "./LayerNode";
import { DrawnWire, WireEdge, proposed } from "./WireEdge";
import { Zoom } from "./Zoom";
import { at, nodeAt } from "./dragging";
import { useStage, useViews } from "./views";
import { type LayerFlowNode, isLarge, useFlowNodes } from "./flow";
import { type WireFlowEdge, useFlowEdges } from "./flowEdges";
import { shownIssue } from "./issues";

const nodeTypes = { layer: LayerNode };
const edgeTypes = { wire: WireEdge };
const SNAP: [number, number] = [GRID, GRID];
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
  const nodes = useFlowNodes();
  const edges = useFlowEdges();
  const large = usePicked((state) => isLarge(state.shown));
  const empty = usePicked((state) => state.data !== null && state.shown.nodes.length === 0);
  const gliding = usePicked((state) => state.gliding);
  const drawing = usePicked((state) => state.refused !== null);
  const chosen = usePicked((state) => state.selected.size > 0);
  const far = useStore((state) => (state.transform[2] < FAR ? Math.ceil(state.transform[2] * 20) / 20 : 1));
  useStage(box);
  useViews();
  return (
    <div
      ref={box}
      className={`surface${gliding ? " surface-gliding" : ""}${drawing ? " surface-wiring" : ""}${chosen ? " surface-chosen" : ""}${far < 1 ? " surface-far" : ""}`}
      style={{ "--zoom": far } as CSSProperties}
      tabIndex={0}
      role="application"
      aria-label="Drawing. Tab goes to the layers, arrows follow the wires, Ctrl K adds a layer, question mark lists all keys."
      data-testid="canvas"
      onFocus={(event) => focusSelects(editor, event.target)}
      onContextMenu={(event) => menuAtPointer(editor, event)}
    >
      <ReactFlow<LayerFlowNode, WireFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={(changes) => nodesChanged(editor, changes)}
        onEdgesChange={(changes) => edgesChanged(editor, changes)}
        onConnect={(connection) => connected(editor, connection)}
        isValidConnection={(wire) => allowed(editor, wire as Connection)}
        onConnectStart={(_, { nodeId, handleId, handleType }) => wiring(editor, nodeId, handleId, handleType === "source")}
        onConnectEnd={(event, state) => wired(editor, event, state as FinalConnectionState)}
        onNodeDoubleClick={(_, node) => openBlock(editor, node.id)}
        onPaneClick={() => editor.set({ dialog: null })}
        connectionLineComponent={DrawnWire}
        connectionRadius={26}
        selectionMode={SelectionMode.Partial}
        snapToGrid
        snapGrid={SNAP}
        minZoom={0.1}
        maxZoom={2}
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
        <MiniMap<LayerFlowNode>
          pannable
          zoomable
          nodeColor={mapColour}
          nodeStrokeWidth={0}
          nodeBorderRadius={10}
          className="map"
          ariaLabel="Overview"
        />
      </ReactFlow>
      <Breadcrumbs />
      <Zoom />
      {empty && <Empty />}
      <Banners />
    </div>
  );
}

function mapColour({ data, selected }: LayerFlowNode): string {
  const issue = data.stale ? null : shownIssue(data.annotation);
  if (issue?.severity === "error") return "var(--ll-sev-fault)";
  return selected ? "var(--ll-accent)" : "var(--ll-line-strong)";
}

/** A node that is reached by keyboard is the selected one. */
function focusSelects(editor: Editor, target: EventTarget & Element): void {
  const id = target.classList.contains("react-flow__node") ? (target as HTMLElement).dataset.id : undefined;
  if (id && target.matches(":focus-visible") && !editor.state.selected.has(id)) editor.select([id]);
}

function nodesChanged(editor: Editor, changes: NodeChange<LayerFlowNode>[]): void {
  const selected = new Set(editor.state.selected);
  for (const change of changes) {
    if (change.type === "select") selected[change.selected ? "add" : "delete"](change.id);
  }
  const moves = changes.filter((change) => change.type === "position");
  if (changes.some((change) => change.type === "select")) editor.set({ selected });
  if (!moves.length) return;
  const dragging = new Map(editor.state.dragging ?? []);
  for (const move of moves) if (move.position) dragging.set(move.id, [move.position.x, move.position.y]);
  if (moves.every((move) => move.dragging === false)) editor.drop(dragging);
  else editor.set({ dragging });
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
  editor.set({ refused });
}

/** A wire ends: on a port (already drawn), on a node (its first free port), or on nothing (a new layer is asked for). */
function wired(editor: Editor, event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  editor.set({ refused: null });
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
    const [x, y] = editor.stage.toDrawing(point.clientX, point.clientY);
    const position = [x - editor.size.width / 2, down ? y : y - editor.size.height] as const;
    editor.set({
      dialog: {
        kind: "add",
        place: { kind: down ? "from" : "into", id: from, port: handle, position },
        at: [point.clientX, point.clientY],
      },
    });
  }
}
