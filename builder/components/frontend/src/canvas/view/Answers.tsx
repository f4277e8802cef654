/** What the check answered for one node: shapes in and out, parameters, work. */

import type { Node } from "../design/document";
import { into } from "../design/graph";
import type { Annotation } from "../protocol";
import { usePicked } from "../state/context";
import type { State } from "../state/state";
import { bytes, count, grouped, shape, shapeList } from "../words/numbers";
import { Glyph } from "./Glyph";

export function Shapes({ node, annotation }: { node: Node; annotation: Annotation | undefined }) {
  const incoming = usePicked((state) => incomingShapes(state, node.id));
  const outgoing = shapeList(annotation?.shape).map(shape);
  if (!outgoing.length && !incoming) return null;
  return (
    <div className="panel">
      <div className="row-head">
        <h3>Shape</h3>
        {annotation?.dtype && <span className="quiet">{[annotation.dtype].flat().join(", ")}</span>}
      </div>
      <div className="shapes" data-testid="inspector-shapes">
        {incoming && (
          <>
            <span className="shape-list">
              {incoming.split("\n").map((line, index) => (
                <code key={index}>{line}</code>
              ))}
            </span>
            <Glyph name="arrow" size={16} />
          </>
        )}
        <span className="shape-list">
          {outgoing.length ? (
            outgoing.map((line, index) => (
              <code key={index} className="shape-out">
                {line}
              </code>
            ))
          ) : (
            <code>unknown</code>
          )}
        </span>
      </div>
    </div>
  );
}

/** The shapes that come in, a line each; one text, so that an unchanged answer draws nothing anew. */
function incomingShapes({ shown, answers }: State, id: string): string {
  return into(shown, id)
    .map((edge) => {
      const sizes = shapeList(answers[edge.source]?.shape)[edge.source_port ?? 0];
      return sizes ? shape(sizes) : "unknown";
    })
    .join("\n");
}

export function Amounts({ node, annotation, stale }: { node: Node; annotation: Annotation | undefined; stale: boolean }) {
  const whole = usePicked((state) => state.data?.totals?.params ?? 0);
  const params = annotation?.params ?? 0;
  if (!annotation || annotation.shape === null) return null;
  return (
    <div className={`panel amounts${stale ? " amounts-stale" : ""}`}>
      <div className="row-head">
        <h3>Parameters</h3>
        <b data-testid="inspector-params">{node.type === "Call" ? "shared" : grouped(params)}</b>
      </div>
      {annotation.trainable_params !== null && annotation.trainable_params !== params && (
        <Amount label="Of these learn" value={grouped(annotation.trainable_params)} />
      )}
      {params > 0 && whole > 0 && <Amount label="Share of the network" value={`${share(params / whole)} %`} />}
      {annotation.flops ? <Amount label="Multiply-adds, one row" value={count(annotation.flops / 2)} /> : null}
      {params > 0 && <Amount label="Weights in memory" value={bytes(params * 4)} />}
    </div>
  );
}

function share(part: number): string {
  const percent = part * 100;
  return percent > 0 && percent < 1 ? "under 1" : String(Math.round(percent));
}

function Amount({ label, value }: { label: string; value: string }) {
  return (
    <div className="amount">
      <span>{label}</span>
      <span>{value}</span>
    </div>
  );
}
