/** What the check answered for one node: parameters and work. */

import type { Node } from "../design/document";
import type { Annotation } from "../protocol";
import { usePicked } from "../state/context";
import { bytes, count, grouped } from "../words/numbers";

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
