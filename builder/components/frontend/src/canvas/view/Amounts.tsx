/** What one layer holds and costs: parameters with their formula, work, memory. */

import { percent } from "../analysis/columns";
import type { AnalysisRow } from "../analysis/report";
import type { Node } from "../design/document";
import type { Annotation } from "../protocol";
import { usePicked } from "../state/context";
import { formula } from "../words/formula";
import { bytes, count, grouped } from "../words/numbers";

interface Props {
  readonly node: Node;
  readonly annotation: Annotation | undefined;
  readonly figures: AnalysisRow | null;
  readonly stale: boolean;
}

export function Amounts({ node, annotation, figures, stale }: Props) {
  const whole = usePicked((state) => state.data?.totals?.params ?? 0);
  const soFar = usePicked((state) => state.shown.nodes.some((each) => state.answers[each.id]?.blocked_by));
  if (!annotation || annotation.shape === null) return null;
  const params = annotation.params ?? 0;
  const sum = figures && params > 0 ? formula(figures.weights) : "";
  return (
    <div className={`panel amounts${stale ? " amounts-stale" : ""}`}>
      <div className="row-head">
        <h3>Parameters</h3>
        <b data-testid="inspector-params">{node.type === "Call" ? "shared" : grouped(params)}</b>
      </div>
      {sum && (
        <code className="formula" data-testid="inspector-formula">
          {sum}
        </code>
      )}
      {annotation.trainable_params !== null && annotation.trainable_params !== params && (
        <Amount label="Of these learn" value={grouped(annotation.trainable_params)} />
      )}
      {params > 0 && whole > 0 && (
        <Amount label={`Share of the network${soFar ? " so far" : ""}`} value={percent(params / whole)} />
      )}
      {annotation.flops ? <Amount label="Multiply-adds, one row" value={count(annotation.flops / 2)} /> : null}
      {figures?.weights_bytes ? <Amount label="Weights in memory" value={bytes(figures.weights_bytes)} /> : null}
      {figures?.activation_bytes ? (
        <Amount label="Kept for one row in training" value={bytes(figures.activation_bytes)} />
      ) : null}
    </div>
  );
}

function Amount({ label, value }: { label: string; value: string }) {
  return (
    <div className="amount">
      <span>{label}</span>
      <span>{value}</span>
    </div>
  );
}
