/** One layer as it stands on the canvas: what it is, what comes out, and what is wrong with it. */

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { type CSSProperties, memo, useEffect, useRef, useState } from "react";
import { glyphOf } from "../design/catalog";
import { portShare } from "../design/lanes";
import type { InPort } from "../design/ports";
import type { Issue } from "../protocol";
import { firstShape, grouped, shape } from "../words/numbers";
import { Glyph, Tile } from "./Glyph";
import type { LayerData, LayerFlowNode } from "./flow";
import { issueHeight, shortMessage, shownIssue } from "./issues";
import { parameters } from "./Strip";

export const LayerNode = memo(function LayerNode({ data, selected }: NodeProps<LayerFlowNode>) {
  const issue = shownIssue(data.annotation, data.misfit);
  const line = issue ? issueHeight(issue, data.node.id) : 0;
  const state = stateOf(data, issue);
  const { node, spec } = data;
  return (
    <div
      className={`layer layer-${state}${selected ? " layer-selected" : ""}${data.takes === false ? " layer-refuses" : ""}${data.arrived ? " layer-arrived" : ""}`}
      data-testid="node"
      data-node-id={node.id}
      data-type={node.type}
      data-state={state}
    >
      <Badge data={data} />
      <div className="layer-face">
        <Tile name={glyphOf(node.type, spec?.family)} family={spec?.family} size="m" />
        <div className="layer-words">
          <div className="layer-name">{node.id}</div>
          <div className="layer-sub">{data.subtitle}</div>
        </div>
        <Answer data={data} state={state} />
      </div>
      {issue && <IssueLine issue={issue} id={node.id} misfit={issue === data.misfit} />}
      {data.ports.map((port) => (
        <Input key={port.index} port={port} of={data.ports.length} />
      ))}
      {Array.from({ length: data.outs }, (_, index) => (
        <Output key={index} index={index} of={data.outs} line={line} />
      ))}
    </div>
  );
});

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
  const severity = misfit ? "warning" : issue.severity;
  const text = `${issue.message}${issue.fix ? ` ${issue.fix}` : ""}`;
  return (
    <div
      className={`layer-issue sev-${severity}`}
      data-testid={misfit ? "node-misfit" : "node-issue"}
      title={text}
      style={{ "--issue": `${issueHeight(issue, id)}px` } as CSSProperties}
    >
      <Glyph name={severity === "error" ? "fault" : "warn"} size={15} />
      <span>{shortMessage(issue, id)}</span>
    </div>
  );
}

function Badge({ data: { node } }: { data: LayerData }) {
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
  return null;
}

function Input({ port, of }: { port: InPort; of: number }) {
  const place = portShare(port.index, of);
  const spread = of === 1 && port.many && port.edges.length > 1;
  return (
    <>
      {spread &&
        port.edges.map((_, index) => (
          <span key={index} className="port-dot" style={{ left: `${portShare(index, port.edges.length) * 100}%` }} />
        ))}
      <Handle
        type="target"
        position={Position.Top}
        id={`i${port.index}`}
        style={{ left: `${place * 100}%` }}
        data-testid="port-in"
        data-port={port.name}
        className={`port port-in${port.edges.length ? " port-full" : ""}${spread ? " port-append" : ""}${port.optional ? " port-optional" : ""}`}
      />
      {of > 1 && (
        <span className="port-name port-name-in" style={{ left: `${place * 100}%` }}>
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
function Output({ index, of, line }: { index: number; of: number; line: number }) {
  const left = `${portShare(index, of) * 100}%`;
  const reach = { left, "--above": `${line}px`, "--below": `${useGrace(line)}px` } as CSSProperties;
  return (
    <>
      <Handle
        type="source"
        position={Position.Bottom}
        id={`o${index}`}
        style={reach}
        className="port port-out"
        data-testid="port-out"
        data-port={index}
      />
      {of > 1 && (
        <span className="port-name port-name-out" style={{ left }}>
          {index}
        </span>
      )}
    </>
  );
}
