/** The table of layers. Only the lines in sight are drawn, so that 1000 layers scroll as smoothly as ten. */

import { type KeyboardEvent, memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Column } from "../analysis/columns";
import { type Line, type Sorting, around, lines, sortedNext } from "../analysis/order";
import type { Analysis } from "../analysis/report";
import { nodeAlong, prefix } from "../design/nesting";
import { useEditor, usePicked } from "../state/context";
import type { State } from "../state/state";
import { AnalysisHead } from "./AnalysisHead";
import { AnalysisLine, LINE } from "./AnalysisLine";

const BEYOND = 6;

interface Given {
  readonly analysis: Analysis;
  readonly columns: readonly Column[];
  readonly filter: string;
  /** Whether the figures are those of the drawing as it is. */
  readonly fresh: boolean;
}

/** The full path of the one selected layer; empty where none or several are. */
function chosenPath({ selected, path }: State): string {
  return selected.size === 1 ? prefix(path) + [...selected][0]! : "";
}

export function AnalysisTable({ analysis, columns, filter, fresh }: Given) {
  const editor = useEditor();
  const chosen = usePicked(chosenPath);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const found = useMemo(
    () => lines(analysis.rows, { sorting, columns, open, filter }),
    [analysis, sorting, columns, open, filter],
  );
  const box = useRef<HTMLDivElement>(null);
  const sight = useSight(box, found.length);
  useOpenAround(chosen, setOpen);
  useInSight(box, found, chosen);
  const turn = (id: string, wanted: boolean): void =>
    setOpen((before) => {
      const after = new Set(before);
      if (wanted) after.add(id);
      else after.delete(id);
      return after;
    });
  const select = (id: string): void => {
    if (nodeAlong(editor.whole, id)) editor.jumpTo(id);
  };
  const at = found.findIndex((line) => line.row.id === chosen);
  const keys = (event: KeyboardEvent): void => {
    const to = target(event.key, at, found, sight.page);
    if (to !== null) select(found[to]!.row.id);
    else if (!fold(event.key, found[at], turn)) return;
    event.preventDefault();
  };
  const flat = !analysis.rows.some((row) => row.nested);
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div
      ref={box}
      className={`analysis-table${fresh ? "" : " analysis-stale"}${flat ? " analysis-flat" : ""}`}
      role="treegrid"
      aria-label="Layers"
      aria-rowcount={found.length + 2}
      aria-colcount={columns.length}
      aria-busy={!fresh}
      aria-activedescendant={at >= 0 ? `analysis-${chosen}` : undefined}
      tabIndex={0}
      data-testid="analysis-table"
      onKeyDown={keys}
      onScroll={sight.look}
    >
      <div className="analysis-sheet" style={{ width: `max(100%, ${width}px)` }} role="presentation">
        <AnalysisHead columns={columns} sorting={sorting} sort={(column) => setSorting(sortedNext(sorting, column))} />
        <div role="rowgroup" className="analysis-body" style={{ height: found.length * LINE }}>
          {found.slice(sight.first, sight.last).map((line, index) => (
            <Placed
              key={line.row.id}
              line={line}
              index={sight.first + index}
              columns={columns}
              chosen={line.row.id === chosen}
              select={select}
              turn={turn}
            />
          ))}
        </div>
        {!found.length && <p className="analysis-none">No layer has these words.</p>}
        <Totals columns={columns} analysis={analysis} index={found.length + 2} />
      </div>
    </div>
  );
}

const Placed = memo(AnalysisLine, (one, other) => {
  const same = one.line.row === other.line.row && one.line.open === other.line.open && one.line.depth === other.line.depth;
  return same && one.index === other.index && one.columns === other.columns && one.chosen === other.chosen;
});

/** Which lines are in sight, and how many fit. */
function useSight(box: { current: HTMLDivElement | null }, count: number) {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(240);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => box.current && setHeight(box.current.clientHeight || 240));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, [box]);
  const first = Math.max(0, Math.min(count, Math.floor(top / LINE)) - BEYOND);
  const page = Math.max(1, Math.floor(height / LINE) - 2);
  const look = (): void => setTop(Math.floor((box.current?.scrollTop ?? 0) / LINE) * LINE);
  return { first, last: first + Math.ceil(height / LINE) + 2 * BEYOND, page, look };
}

/** Networks around a layer that was selected on the canvas are opened. */
function useOpenAround(chosen: string, setOpen: (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void) {
  useEffect(() => {
    const outer = around(chosen);
    if (outer.length) setOpen((before) => (outer.every((id) => before.has(id)) ? before : new Set([...before, ...outer])));
  }, [chosen, setOpen]);
}

/** A layer that was selected elsewhere is scrolled into sight, no further than needed. */
function useInSight(box: { current: HTMLDivElement | null }, found: readonly Line[], chosen: string): void {
  const shown = useRef("");
  useEffect(() => {
    const at = found.findIndex((line) => line.row.id === chosen);
    if (at < 0 || shown.current === chosen) return;
    shown.current = chosen;
    const table = box.current!;
    const [above, below] = [at * LINE, (at + 3) * LINE - table.clientHeight];
    if (table.scrollTop > above) table.scrollTop = above;
    else if (table.scrollTop < below) table.scrollTop = below;
  }, [box, found, chosen]);
  useEffect(() => {
    if (!chosen) shown.current = "";
  }, [chosen]);
}

/** The line that a key leads to. */
function target(key: string, at: number, found: readonly Line[], page: number): number | null {
  const steps: { [key: string]: number } = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  const last = found.length - 1;
  if (last < 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return last;
  const step = steps[key];
  if (step === undefined) return null;
  return at < 0 ? 0 : Math.max(0, Math.min(last, at + step));
}

/** Left closes a network, right opens it. */
function fold(key: string, line: Line | undefined, turn: (id: string, open: boolean) => void): boolean {
  if ((key !== "ArrowRight" && key !== "ArrowLeft") || !line) return false;
  if (line.open !== null) turn(line.row.id, key === "ArrowRight");
  return true;
}

function Totals({ columns, analysis, index }: { columns: readonly Column[]; analysis: Analysis; index: number }) {
  return (
    <div className="analysis-line analysis-totals" role="row" aria-rowindex={index} data-testid="analysis-totals">
      {columns.map((column, place) => (
        <span
          key={column.id}
          role={place ? "gridcell" : "rowheader"}
          className={`analysis-cell${column.number ? " analysis-number" : ""}${place ? "" : " analysis-name"}`}
          style={{ flexBasis: column.width }}
        >
          {column.total?.(analysis.totals) ?? ""}
        </span>
      ))}
    </div>
  );
}
