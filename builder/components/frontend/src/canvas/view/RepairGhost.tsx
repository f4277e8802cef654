/** What would a repair do? A dashed node where it would go, or a dashed ring around what it would change. */

import { ViewportPortal } from "@xyflow/react";
import { type Position, nodeOf, positionOf } from "../design/document";
import { glyphOf } from "../design/catalog";
import type { Change, Ghost } from "../protocol";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import { anchorOf } from "../state/mending";
import { shape } from "../words/numbers";
import { Tile } from "./Glyph";

const WIDE = 168;
const HIGH = 38;

export function RepairGhost() {
  const editor = useEditor();
  const preview = usePicked((state) => state.preview);
  if (!preview) return null;
  const { ghost } = preview;
  const moves = preview.edits.some((edit) => JSON.stringify(edit).includes('"move_nodes"'));
  const rings = preview.changes.filter((change) => isShown(editor, change.node));
  return (
    <ViewportPortal>
      {ghost && isShown(editor, ghost.near) && <NewNode ghost={ghost} moves={moves} />}
      {rings.map((change) => (
        <Ring key={`${change.node}.${change.param}`} change={change} />
      ))}
    </ViewportPortal>
  );
}

/** Whether a node stands in the open network itself. */
function isShown(editor: Editor, full: string): boolean {
  const anchor = anchorOf(editor.state.path, full);
  return anchor !== null && editor.prefixed(anchor) === full && nodeOf(editor.design, anchor) !== undefined;
}

function NewNode({ ghost, moves }: { ghost: Ghost; moves: boolean }) {
  const editor = useEditor();
  const spec = editor.state.catalog?.layer(ghost.type);
  const { width, height } = editor.size;
  const source = ghost.edge ? nodeOf(editor.design, ghost.edge.source) : undefined;
  const target = nodeOf(editor.design, ghost.edge?.target ?? anchorOf(editor.state.path, ghost.near) ?? "");
  const from = source && ends(positionOf(source), width, height).bottom;
  const to = target && ends(positionOf(target), width, height).top;
  // Where a row must be opened first, the ghost stands on the wire as it is now.
  const middle: Position = moves && from && to ? [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] : centre(ghost.position, width, height);
  return (
    <>
      <svg className="ghost-wires" aria-hidden="true">
        {from && <path d={curve(from, [middle[0], middle[1] - HIGH / 2])} />}
        {to && <path d={curve([middle[0], middle[1] + HIGH / 2], to)} />}
      </svg>
      <div className="ghost" data-testid="repair-ghost" style={{ left: middle[0] - WIDE / 2, top: middle[1] - HIGH / 2, width: WIDE, height: HIGH }}>
        <Tile name={glyphOf(ghost.type, spec?.family)} family={spec?.family} size="s" />
        <span>
          <b>{ghost.type.replace("ops.", "")}</b>
          <small>{ghost.text}</small>
        </span>
      </div>
    </>
  );
}

function Ring({ change }: { change: Change }) {
  const editor = useEditor();
  const [x, y] = positionOf(nodeOf(editor.design, anchorOf(editor.state.path, change.node)!)!);
  const { width, height } = editor.size;
  return (
    <div className="ghost-ring" data-testid="repair-ring" style={{ left: x - 5, top: y - 5, width: width + 10, height: height + 10 }}>
      <span>
        {change.param} {said(change.to)}
      </span>
    </div>
  );
}

/** A value in a few characters. */
function said(value: unknown): string {
  if (Array.isArray(value) && value.every((part) => typeof part === "number")) return shape(value as number[]);
  if (value === null || value === undefined) return "default";
  return typeof value === "boolean" ? (value ? "on" : "off") : typeof value === "object" ? "" : String(value);
}

function ends([x, y]: Position, width: number, height: number): { top: Position; bottom: Position } {
  return { top: [x + width / 2, y], bottom: [x + width / 2, y + height] };
}

function centre([x, y]: Position, width: number, height: number): Position {
  return [x + width / 2, y + height / 2];
}

function curve(from: Position, to: Position): string {
  const bend = Math.max(16, Math.abs(to[1] - from[1]) / 2);
  return `M${from[0]},${from[1]} C${from[0]},${from[1] + bend} ${to[0]},${to[1] - bend} ${to[0]},${to[1]}`;
}
