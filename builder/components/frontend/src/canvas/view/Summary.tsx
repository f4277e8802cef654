/** The network as a whole, shown while nothing is selected. */

import type { Issue } from "../protocol";
import { useEditor, usePicked } from "../state/context";
import { faultsOf } from "../state/faults";
import { bytes, count, counted, grouped } from "../words/numbers";
import { IssueBox } from "./IssueBox";

export function Summary() {
  const editor = useEditor();
  const data = usePicked((state) => state.data);
  const layers = usePicked((state) => state.shown.nodes.length);
  const name = usePicked((state) => state.shown.name);
  const faults = usePicked(faultsOf);
  /** Of the block that is open, as its node tells it. */
  const block = usePicked((state) => (state.path.length ? (state.data?.annotations[state.path.join("/")] ?? null) : null));
  if (!data) return null;
  const advice = data.data ? data.fit.map(asAdvice) : [];
  const totals = block ?? data.totals;
  return (
    <>
      <div className="panel">
        <h2>{name}</h2>
        <p className="quiet">{counted(layers, "layer")}</p>
        <dl className="facts">
          <Fact name="Parameters" value={grouped(totals?.params ?? 0)} />
          {totals && totals.trainable_params !== totals.params && (
            <Fact name="Of these learn" value={grouped(totals.trainable_params ?? 0)} />
          )}
          {totals?.flops ? <Fact name="Multiply-adds, one row" value={count(totals.flops / 2)} /> : null}
          {!block && data.totals?.size_bytes ? <Fact name="Weights in memory" value={bytes(data.totals.size_bytes)} /> : null}
        </dl>
      </div>
      <div className="panel">
        <h3>Data</h3>
        {data.data ? (
          <p>
            {data.data.title} <span className="quiet">{counted(data.data.rows, "row")}</span>
          </p>
        ) : (
          <>
            <p className="quiet">No data is chosen yet: training needs some.</p>
            <button type="button" className="button" data-testid="choose-data" onClick={() => editor.act({ name: "data" })}>
              Choose data
            </button>
          </>
        )}
      </div>
      {faults.length > 0 && <Issues title={counted(faults.length, "fault")} issues={faults} />}
      {advice.length > 0 && <Issues title="Network and data" issues={advice} />}
      <div className="panel panel-last quiet hints">
        <p>Select a layer to see its settings.</p>
        <p>Drag from a port to draw a wire; drop it on empty canvas to add a layer there.</p>
        <p>
          Press <kbd>?</kbd> for all keys.
        </p>
      </div>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="amount">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Issues({ title, issues }: { title: string; issues: readonly Issue[] }) {
  const editor = useEditor();
  return (
    <div className="panel">
      <h3>{title}</h3>
      {issues.slice(0, 12).map((issue, index) =>
        issue.node ? (
          <button key={index} type="button" className="issue-jump" onClick={() => editor.jumpTo(issue.node!)}>
            <IssueBox issue={issue} />
          </button>
        ) : (
          <IssueBox key={index} issue={issue} />
        ),
      )}
    </div>
  );
}

/** The network itself is sound: what the data still need is amber, as on the nodes. */
function asAdvice(issue: Issue): Issue {
  return issue.severity === "error" ? { ...issue, severity: "warning" } : issue;
}
