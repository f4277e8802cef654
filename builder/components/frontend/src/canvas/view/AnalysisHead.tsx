/** The titles of the columns; each sorts by itself. */

import type { Column } from "../analysis/columns";
import type { Sorting } from "../analysis/order";
import { Glyph } from "./Glyph";

interface Given {
  readonly columns: readonly Column[];
  readonly sorting: Sorting | null;
  sort(column: Column): void;
}

export function AnalysisHead({ columns, sorting, sort }: Given) {
  return (
    <div className="analysis-line analysis-head" role="row" aria-rowindex={1}>
      {columns.map((column, index) => (
        <span
          key={column.id}
          role="columnheader"
          aria-sort={order(column, sorting)}
          className={`analysis-cell${column.number ? " analysis-number" : ""}${index ? "" : " analysis-name"}`}
          style={{ flexBasis: column.width }}
        >
          <button type="button" title={column.help} data-testid={`sort-${column.id}`} onClick={() => sort(column)}>
            {column.title}
            {sorting?.column === column.id && <Glyph name={sorting.down ? "down" : "up"} size={12} />}
          </button>
        </span>
      ))}
    </div>
  );
}

function order(column: Column, sorting: Sorting | null): "ascending" | "descending" | "none" {
  if (sorting?.column !== column.id) return "none";
  return sorting.down ? "descending" : "ascending";
}
