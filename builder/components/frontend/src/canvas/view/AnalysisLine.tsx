/** One line of the table: a layer, or a network that opens. */

import type { Column } from "../analysis/columns";
import type { Line } from "../analysis/order";
import { glyphOf } from "../design/catalog";
import { nodeAlong } from "../design/nesting";
import { usePicked } from "../state/context";
import { Glyph, Tile } from "./Glyph";

/** Height of a line in pixels, as in analysis.css. */
export const LINE = 28;

interface Given {
  readonly line: Line;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly chosen: boolean;
  select(id: string): void;
  turn(id: string, open: boolean): void;
}

export function AnalysisLine({ line, index, columns, chosen, select, turn }: Given) {
  const { row } = line;
  return (
    <div
      id={`analysis-${row.id}`}
      role="row"
      aria-rowindex={index + 2}
      aria-level={line.depth + 1}
      aria-expanded={line.open ?? undefined}
      aria-selected={chosen}
      className={`analysis-line analysis-${row.state}${index % 2 ? " analysis-odd" : ""}`}
      style={{ top: index * LINE }}
      data-testid="analysis-row"
      data-row-id={row.id}
      onClick={() => select(row.id)}
    >
      {columns.map((column) =>
        column.id === "name" ? (
          <Name key="name" line={line} column={column} turn={turn} />
        ) : (
          <Cell key={column.id} line={line} column={column} />
        ),
      )}
    </div>
  );
}

function Name({ line: { row, depth, open }, column, turn }: { line: Line; column: Column; turn: Given["turn"] }) {
  const spec = usePicked((state) => {
    const node = nodeAlong(state.history.present, row.id);
    return node && state.catalog?.of(state.history.present, node);
  });
  return (
    <span role="rowheader" className="analysis-cell analysis-name" style={{ flexBasis: column.width, paddingLeft: 12 + 16 * depth }}>
      {open !== null ? (
        <button
          type="button"
          tabIndex={-1}
          className="analysis-fold"
          aria-label={open ? `Close ${row.id}` : `Open ${row.id}`}
          data-testid="analysis-fold"
          onClick={(event) => {
            event.stopPropagation();
            turn(row.id, !open);
          }}
        >
          <Glyph name={open ? "down" : "right"} size={14} />
        </button>
      ) : (
        <span className="analysis-fold" />
      )}
      <Tile name={glyphOf(row.type, spec?.family)} family={spec?.family} size="s" />
      <span className="analysis-text" title={row.id}>
        {column.text(row)}
      </span>
      {row.state === "fault" && (
        <span className="analysis-mark" title={row.notes[0]} aria-label="has a fault" role="img">
          <Glyph name="fault" size={14} />
        </span>
      )}
    </span>
  );
}

function Cell({ line: { row }, column }: { line: Line; column: Column }) {
  const share = column.share?.(row) ?? null;
  const text = row.state === "waits" && column.id === "output" ? "waits" : column.text(row);
  const full = column.full?.(row);
  const looks = `analysis-cell${column.number ? " analysis-number" : ""}${column.mono ? " analysis-mono" : ""}`;
  return (
    <span role="gridcell" className={looks} style={{ flexBasis: column.width }} title={full && full !== text ? full : column.number ? undefined : text || undefined}>
      {share !== null && share > 0 && (
        <span className="analysis-bar" aria-hidden="true">
          <i style={{ width: `${Math.max(2, 100 * share)}%` }} />
        </span>
      )}
      <span className="analysis-text">{text}</span>
    </span>
  );
}
