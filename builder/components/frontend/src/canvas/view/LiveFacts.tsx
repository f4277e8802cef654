/** What the run shows of one layer, in the inspector: all figures, and the way to its histograms. */

import type { Node } from "../design/document";
import { figuresOf } from "../live-layers/answer";
import { part, small } from "../live-layers/quantity";
import { useLive } from "../live-layers/use";
import { greyWords } from "../live-layers/words";
import { useEditor } from "../state/context";
import { calledPath, openHistograms } from "../state/watching";

export function LiveFacts({ node }: { node: Node }) {
  const editor = useEditor();
  const path = calledPath(editor, node.id);
  const layer = useLive((live) => live.nearest(path));
  const row = useLive((live) => live.newest?.layers?.[path] ?? null);
  const run = useLive((live) => live.run);
  if (layer === null || !run) return null;
  return (
    <div className="panel amounts" data-testid="live-facts">
      <h3>In run {run.number}</h3>
      {!run.same && <p className="quiet">{greyWords(run)}</p>}
      {row && lines(row).map(([label, value]) => (
        <div className={`amount${run.same ? "" : " amounts-stale"}`} key={label}>
          <span>{label}</span>
          <span>{value}</span>
        </div>
      ))}
      <button type="button" className="button live-open" title="Histograms (H)" data-testid="open-histograms" onClick={() => openHistograms(editor, layer)}>
        Histograms
      </button>
    </div>
  );
}

/** Every figure that is known, in words. */
export function lines(row: readonly (number | null)[]): readonly (readonly [string, string])[] {
  const { gradient, weights, update, dead, saturated, units } = figuresOf(row);
  const found: [string, string | null][] = [
    ["Gradient", gradient === null ? null : small(gradient)],
    ["Update of one step", update === null ? null : part(update)],
    ["Size of the weights", weights === null ? null : small(weights)],
    ["Dead units", dead === null || units === null ? null : `${Math.round(dead * units)} of ${units}`],
    ["At the flat ends", saturated === null ? null : part(saturated)],
  ];
  return found.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
}
