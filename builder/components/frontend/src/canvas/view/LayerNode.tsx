/** One layer as it stands on the canvas: what it is, what comes out, and what is wrong with it. */

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { type CSSProperties, type MouseEvent, memo, useEffect, useRef, useState } from "react";
import { glyphOf } from "../design/catalog";
import type { Node } from "../design/document";
import { extraHeight, isExpanded } from "../design/inside";
import { portShare } from "../design/lanes";
import type { InPort } from "../design/ports";
import type { Issue } from "../protocol";
import { openCard, showCard } from "../state/mending";
import { firstShape, grouped, shape } from "../words/numbers";
import { useEditor } from "../state/context";
import type { Editor } from "../state/editor";
import { calledPath } from "../state/watching";
import { Glyph, Tile } from "./Glyph";
import type { LayerData, LayerFlowNode } from "./flow";
import { InsideBlock } from "./InsideBlock";
import { issueHeight, shortMessage, shownIssue } from "./issues";
import { LiveBadge } from "./LiveBadge";
import { parameters } from "./Strip";

export const LayerNode = memo(function LayerNode({ data, selected }: NodeProps<LayerFlowNode>) {
  const issue = shownIssue(data.annotation, data.misfit);
  const line = issue ? issueHeight(issue, data.node.id) : 0;
  const state = stateOf(data, issue);
  const { node, spec } = data;
  const editor = useEditor();
  const family = spec?.family ?? (node.graph || node.type === "Call" ? "block" : undefined);
  if (data.distant) return <DistantNode node={node} family={family} state={state} selected={selected} />;
  return (
    <div
      className={`layer layer-${state}${selected ? " layer-selected" : ""}${data.takes === false ? " layer-refuses" : ""}${data.arrived ? " layer-arrived" : ""}${data.right ? " layer-right" : ""}${data.leaving ? " layer-leaving" : ""}${node.bypass ? " layer-bypassed" : ""}`}
      data-testid="node"
      data-node-id={node.id}
      data-type={node.type}
      data-state={state}
      onClick={(event) => clicked(editor, event, node.id, state)}
    >
      <Badge data={data} />
      {node.bypass && <span className="layer-through" aria-hidden="true" />}
      <div className="layer-face">
        <Tile name={glyphOf(node.type, spec?.family)} family={family} size="m" />
        <div className="layer-words">
          <div className="layer-name">{node.id}</div>
          <div className="layer-sub">{data.subtitle}</div>
        </div>
        <Answer data={data} state={state} />
      </div>
      <LiveBadge path={calledPath(editor, node.id)} node={node.id} />
      {data.inside && <InsideBlock picture={data.inside} open={(id) => editor.jumpTo(`${editor.prefixed(node.id)}/${id}`)} />}
      {issue && <IssueLine issue={issue} id={node.id} misfit={issue === data.misfit} />}
      {data.ports.map((port) => (
        <Input key={port.index} port={port} of={data.ports.length} right={data.right} />
      ))}
      {Array.from({ length: data.outs }, (_, index) => (
        <Output key={index} index={index} of={data.outs} line={data.right ? 0 : line} right={data.right} />
      ))}
    </div>
  );
});

/** From far away: a box in the colour of its family, without words or ports. */
function DistantNode({ node, family, state, selected }: Distant) {
  return (
    <div
      className={`layer-distant layer-distant-${state} fam-${family ?? "io"}${selected ? " layer-distant-selected" : ""}`}
      data-testid="node"
      data-node-id={node.id}
      data-type={node.type}
      data-state={state}
      title={node.id}
      style={isExpanded(node) ? { height: DISTANT_HEIGHT + extraHeight(node) } : undefined}
    />
  );
}

const DISTANT_HEIGHT = 52;

interface Distant {
  readonly node: Node;
  readonly family: string | undefined;
  readonly state: NodeState;
  readonly selected: boolean;
}

/** A click on the message goes into its card; one on the rest of a faulty layer shows the card and keeps the keyboard where it is. */
function clicked(editor: Editor, event: MouseEvent<HTMLElement>, id: string, state: NodeState): void {
  if ((event.target as HTMLElement).closest(".layer-issue")) return;
  if (onLine(event)) openCard(editor, id);
  else if (state === "fault" && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) showCard(editor, id);
}

/** The port below reaches up over the fault line, so that it can be dragged from there: a click there means the line. */
function onLine(event: MouseEvent<HTMLElement>): boolean {
  if (!(event.target as HTMLElement).closest(".port-out")) return false;
  const line = event.currentTarget.querySelector(".layer-issue")?.getBoundingClientRect();
  return line !== undefined && event.clientY > line.top && event.clientY < line.bottom - line.height / 4;
}

type NodeState = "normal" | "checking" | "fault" | "warning" | "blocked";

function stateOf(data: LayerData, issue: Issue | null): NodeState {
  if (data.stale) return "checking";
  if (issue?.severity === "error" && issue !== data.misfit) return "fault";
  if (data.annotation?.blocked_by) return "blocked";
  return issue ? "warning" : "normal";
}

function Answer({ data, state }: { data: LayerData; state: NodeState }) {
  const { annotation, node } = data;
  if (state === "blocked")
    return (
      <div className="layer-answer">
        <span className="layer-waits">waits</span>
      </div>
    );
  if (state === "fault")
    return (
      <div className="layer-answer layer-mark">
        <Glyph name="fault" size={18} />
      </div>
    );
  const sizes = firstShape(annotation?.shape ?? null);
  const frozen = node.params?.trainable === false;
  const params = annotation?.params ?? 0;
  return (
    <div className="layer-answer">
      <span className="layer-shape" data-testid="node-shape">
        {sizes ? shape(sizes) : ""}
      </span>
      <span className="layer-params" data-testid="node-params" title={params ? grouped(params) : undefined}>
        {node.type === "Call" ? "shared" : params ? `${parameters(params)}${frozen ? " frozen" : ""}` : ""}
      </span>
      {state === "checking" && (
        <span className="layer-bars" aria-hidden="true">
          <i />
          <i />
        </span>
      )}
    </div>
  );
}

function IssueLine({ issue, id, misfit }: { issue: Issue; id: string; misfit: boolean }) {
  const editor = useEditor();
  const severity = misfit ? "warning" : issue.severity;
  const text = `${issue.message}${issue.fix ? ` ${issue.fix}` : ""}`;
  return (
    <div
      className={`layer-issue sev-${severity}`}
      data-testid={misfit ? "node-misfit" : "node-issue"}
      title={text}
      onClick={() => openCard(editor, id)}
      style={{ "--issue": `${issueHeight(issue, id)}px` } as CSSProperties}
    >
      <Glyph name={severity === "error" ? "fault" : "warn"} size={15} />
      <span>{shortMessage(issue, id)}</span>
    </div>
  );
}

function Badge({ data: { node, output } }: { data: LayerData }) {
  if (node.bypass)
    return (
      <span className="badge" data-testid="node-bypassed">
        <Glyph name="bypass" size={12} /> bypassed
      </span>
    );
  if (node.type === "Call" && node.of)
    return (
      <span className="badge badge-shared">
        <Glyph name="link" size={12} /> {node.of}
      </span>
    );
  if (node.params?.trainable === false)
    return (
      <span className="badge badge-frozen">
        <Glyph name="snow" size={12} /> frozen
      </span>
    );
  if (output !== null)
    return (
      <span className="badge" data-testid="node-output">
        <Glyph name="export" size={12} /> {output}
      </span>
    );
  return null;
}

/** How a port lies along its edge of the node: from the left, or from the top of the face where data runs to the right. */
function along(index: number, many: number, right: boolean): CSSProperties {
  const share = portShare(index, many);
  return right ? { top: `calc(var(--face) * ${share})` } : { left: `${share * 100}%` };
}

function Input({ port, of, right }: { port: InPort; of: number; right: boolean }) {
  const place = along(port.index, of, right);
  const spread = of === 1 && port.many && port.edges.length > 1;
  return (
    <>
      {spread &&
        port.edges.map((_, index) => (
          <span key={index} className="port-dot" style={along(index, port.edges.length, right)} />
        ))}
      <Handle
        type="target"
        position={right ? Position.Left : Position.Top}
        id={`i${port.index}`}
        style={place}
        data-testid="port-in"
        data-port={port.name}
        className={`port port-in${port.edges.length ? " port-full" : ""}${spread ? " port-append" : ""}${port.optional ? " port-optional" : ""}`}
      />
      {of > 1 && (
        <span className="port-name port-name-in" style={place}>
          {port.name}
        </span>
      )}
    </>
  );
}

const GRACE_MS = 900;

/** How much room the message line took a moment ago: a hand that aims at the port must not miss it when the line goes. */
function useGrace(line: number): number {
  const [grace, setGrace] = useState(0);
  const before = useRef(line);
  useEffect(() => {
    const gone = before.current - line;
    before.current = line;
    if (gone <= 0) return;
    setGrace(gone);
    const timer = setTimeout(() => setGrace(0), GRACE_MS);
    return () => clearTimeout(timer);
  }, [line]);
  return grace;
}

/** The port below; it can be taken anywhere from the node's face down to where it is seen. */
function Output({ index, of, line, right }: { index: number; of: number; line: number; right: boolean }) {
  const place = along(index, of, right);
  const reach = { ...place, "--above": `${line}px`, "--below": `${useGrace(line)}px` } as CSSProperties;
  return (
    <>
      <Handle
        type="source"
        position={right ? Position.Right : Position.Bottom}
        id={`o${index}`}
        style={reach}
        className="port port-out"
        data-testid="port-out"
        data-port={index}
      />
      {of > 1 && (
        <span className="port-name port-name-out" style={place}>
          {index}
        </span>
      )}
    </>
  );
}
