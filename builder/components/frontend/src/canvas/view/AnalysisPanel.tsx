/** The panel below the drawing: what each layer holds, costs and sees, in step with the selection. */

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { COLUMNS } from "../analysis/columns";
import { LOWEST } from "../analysis/kept";
import { type Live, useAnalysis } from "../analysis/source";
import { useEditor, usePicked } from "../state/context";
import { counted } from "../words/numbers";
import { AnalysisTable } from "./AnalysisTable";
import { AnalysisTools } from "./AnalysisTools";

/** Of the room between bar and strip. */
const MOST = 0.7;
const STEP = 24;

export function AnalysisPanel() {
  const open = usePicked((state) => state.analysis.open);
  return open ? <OpenPanel /> : null;
}

function OpenPanel() {
  const editor = useEditor();
  const { height, columns } = usePicked((state) => state.analysis);
  const live = useAnalysis(null);
  const words = useWords(live);
  const [filter, setFilter] = useState("");
  const panel = useRef<HTMLElement>(null);
  const shown = COLUMNS.filter((column) => columns.includes(column.id));
  const close = (): void => {
    editor.arrangeAnalysis({ open: false });
    editor.focus();
  };
  useEffect(() => {
    if (editor.chosen !== null) editor.jump(editor.chosen); // the panel may have covered it
  }, [editor]);
  const analysis = live.told?.analysis ?? null;
  return (
    <section
      ref={panel}
      className="analysis"
      aria-label="Analysis"
      data-testid="analysis"
      style={{ height }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        editor.focus();
      }}
    >
      <Grip panel={panel} />
      <AnalysisTools analysis={analysis} words={words} filter={filter} setFilter={setFilter} close={close} />
      {analysis && analysis.rows.length > 0 && (
        <AnalysisTable analysis={analysis} columns={shown} filter={filter} fresh={live.fresh} />
      )}
    </section>
  );
}

/** What is to be said where there is no table, or not a whole one. */
function useWords(live: Live): string {
  const empty = usePicked((state) => state.history.present.nodes.length === 0);
  const down = usePicked((state) => state.sync === "engine_down" || state.sync === "offline");
  return said(live, empty, down);
}

function said({ told, failed }: Live, empty: boolean, down: boolean): string {
  if (empty) return "Nothing is drawn yet. Each layer gets a line here.";
  if (failed && !told) return "The figures did not come. They are fetched again with the next change.";
  if (!told) return down ? "The figures wait until the checker answers again." : "Counting what each layer holds and costs.";
  const faulty = told.analysis.rows.filter((row) => row.state === "fault" && !row.nested).length;
  if (!faulty) return "";
  return `${counted(faulty, "layer")} ${faulty === 1 ? "has a fault" : "have faults"}: the sums are those of the sound part.`;
}

/** The upper edge: dragged, or moved with the arrow keys. */
function Grip({ panel }: { panel: { current: HTMLElement | null } }) {
  const editor = useEditor();
  const height = usePicked((state) => state.analysis.height);
  const most = (): number => Math.max(LOWEST, MOST * (panel.current?.parentElement?.clientHeight || 600));
  const set = (wanted: number): void =>
    editor.arrangeAnalysis({ height: Math.round(Math.min(most(), Math.max(LOWEST, wanted))) });
  const grab = (event: PointerEvent<HTMLDivElement>): void => {
    event.preventDefault();
    const grip = event.currentTarget;
    const [from, at] = [height, event.clientY];
    grip.setPointerCapture(event.pointerId);
    grip.onpointermove = (move) => set(from + at - move.clientY);
    grip.onpointerup = grip.onpointercancel = () => {
      grip.onpointermove = grip.onpointerup = grip.onpointercancel = null;
    };
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    set(height + step);
  };
  return (
    <div
      className="analysis-grip"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the analysis"
      aria-valuenow={height}
      aria-valuemin={LOWEST}
      tabIndex={0}
      data-testid="analysis-grip"
      onPointerDown={grab}
      onKeyDown={key}
    />
  );
}
