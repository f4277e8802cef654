/** The strip below the drawing: what the network amounts to, and when that was last checked. */

import { indexOf } from "../design/document";
import { useEditor, usePicked } from "../state/context";
import type { State } from "../state/state";
import { bytes, count, counted, grouped } from "../words/numbers";
import { Glyph } from "./Glyph";

export function Strip() {
  const totals = usePicked((state) => state.data?.totals ?? null);
  const soFar = usePicked((state) => state.data !== null && waiting(state) > 0);
  const words = usePicked(checkWords);
  return (
    <footer className="strip" aria-label="The whole network">
      <span>
        Parameters{" "}
        <b data-testid="total-params" title={totals ? grouped(totals.params) : undefined}>
          {totals ? parameters(totals.params) : "0"}
        </b>
        {soFar && <i> so far</i>}
      </span>
      <Shares />
      {totals?.flops ? (
        <span>
          FLOPs <b>{count(totals.flops)}</b>
        </span>
      ) : null}
      {totals?.size_bytes ? (
        <span>
          Weights <b>{bytes(totals.size_bytes)}</b>
        </span>
      ) : null}
      {totals?.training_bytes ? (
        <span className="strip-memory" data-testid="training-memory" title="What training needs on top of the program, on the CPU">
          Training memory <b>about {bytes(totals.training_bytes)}</b> <i>at batch {totals.batch_size}</i>
        </span>
      ) : null}
      <span className="spring" />
      <span className="strip-check" data-testid="check-words">
        {words}
      </span>
      <span className="strip-line" />
      <AnalysisButton />
    </footer>
  );
}

function AnalysisButton() {
  const editor = useEditor();
  const open = usePicked((state) => state.analysis.open);
  return (
    <button
      type="button"
      className="strip-button"
      aria-expanded={open}
      title="What each layer holds, costs and sees (A)"
      data-testid="analysis-button"
      onClick={() => editor.arrangeAnalysis({ open: !open })}
    >
      Analysis
      <Glyph name={open ? "down" : "up"} size={14} />
    </button>
  );
}

/** In full as long as it is read at a glance. */
export function parameters(value: number): string {
  return value < 10_000_000 ? grouped(value) : count(value);
}

function waiting(state: State): number {
  return awaited(state).length;
}

/** For each layer that waits, what it waits for. */
function awaited({ shown, answers }: State): readonly string[] {
  return shown.nodes.flatMap((node) => answers[node.id]?.blocked_by ?? []);
}

/** ", 3 wait for join". */
function waits(state: State): string {
  const held = awaited(state);
  if (!held.length) return "";
  const one = held.every((id) => id === held[0]) ? ` for ${held[0]}` : "";
  return `, ${held.length} ${held.length === 1 ? "waits" : "wait"}${one}`;
}

function checkWords(state: State): string {
  const { data, shown } = state;
  const layers = counted(shown.nodes.length, "layer");
  if (!data) return layers;
  const wait = waits(state);
  if (state.sync === "checking" || data.elapsed_ms === null) return `${layers}${wait}`;
  return `${layers}${wait}. Checked in ${took(data.elapsed_ms)}`;
}

function took(ms: number): string {
  if (ms >= 9950) return `${Math.round(ms / 1000)} s`;
  return ms < 1 ? "under 1 ms" : `${Math.round(ms)} ms`;
}

/** Which layers hold the parameters: one bar, a part for each layer, the selected one outlined. */
function Shares() {
  const annotations = usePicked((state) => state.answers);
  const nodes = usePicked((state) => state.shown.nodes);
  const selected = usePicked((state) => state.selected);
  const catalog = usePicked((state) => state.catalog);
  const design = usePicked((state) => state.shown);
  if (!annotations || nodes.length > 300) return null;
  const parts = nodes.flatMap((node) => {
    const params = annotations[node.id]?.params ?? 0;
    return params > 0
      ? [{ id: node.id, params, family: catalog?.of(design, indexOf(design).get(node.id)!)?.family ?? "io" }]
      : [];
  });
  const sum = parts.reduce((total, part) => total + part.params, 0);
  if (!sum) return null;
  return (
    <span className="shares" aria-hidden="true">
      {parts.map((part) => (
        <span
          key={part.id}
          title={`${part.id}: ${grouped(part.params)}`}
          className={`share fam-${part.family}${selected.has(part.id) ? " share-on" : ""}`}
          style={{ flexGrow: part.params }}
        />
      ))}
    </span>
  );
}
