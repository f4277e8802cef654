/** Which rows are shown, and in which order? Sorted among their like, open networks with what is inside, filtered. */

import type { Column, Value } from "./columns";
import type { AnalysisRow } from "./report";

export interface Sorting {
  readonly column: string;
  readonly down: boolean;
}

export interface Line {
  readonly row: AnalysisRow;
  /** 0 for the whole drawing, 1 inside one network … */
  readonly depth: number;
  /** Whether what is inside is shown; null where nothing is. */
  readonly open: boolean | null;
}

interface Branch {
  readonly row: AnalysisRow;
  readonly inside: Branch[];
}

export interface Asked {
  readonly sorting: Sorting | null;
  readonly columns: readonly Column[];
  readonly open: ReadonlySet<string>;
  /** Words that a row must have in what is shown of it. */
  readonly filter: string;
}

/** The rows to show. With a filter, rows that match and the networks around them. */
export function lines(rows: readonly AnalysisRow[], asked: Asked): readonly Line[] {
  const { sorting, filter } = asked;
  const column = sorting && asked.columns.find((one) => one.id === sorting.column);
  const compare = column ? comparing(column, sorting.down) : null;
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found: Line[] = [];
  const show = (branches: readonly Branch[], depth: number): void => {
    const ordered = compare ? [...branches].sort((one, other) => compare(one.row, other.row)) : branches;
    for (const { row, inside } of ordered) {
      if (words.length && !has({ row, inside }, words, asked.columns)) continue;
      const open = inside.length ? words.length > 0 || asked.open.has(row.id) : null;
      found.push({ row, depth, open });
      if (open) show(inside, depth + 1);
    }
  };
  show(branched(rows), 0);
  return found;
}

/** Rows as a tree: what lies inside a network hangs on its row. */
function branched(rows: readonly AnalysisRow[]): readonly Branch[] {
  const roots: Branch[] = [];
  const known = new Map<string, Branch>();
  for (const row of rows) {
    const branch: Branch = { row, inside: [] };
    known.set(row.id, branch);
    const end = row.id.lastIndexOf("/");
    const outer = end < 0 ? undefined : known.get(row.id.slice(0, end));
    (outer?.inside ?? roots).push(branch);
  }
  return roots;
}

function has({ row, inside }: Branch, words: readonly string[], columns: readonly Column[]): boolean {
  const text = [row.id, row.type, ...columns.map((column) => column.text(row))].join(" ").toLowerCase();
  return words.every((word) => text.includes(word)) || inside.some((one) => has(one, words, columns));
}

/** Largest or smallest first; what is unknown always last, equal ones in the order of calls. */
function comparing(column: Column, down: boolean): (one: AnalysisRow, other: AnalysisRow) => number {
  return (one, other) => {
    const [a, b] = [column.value(one), column.value(other)];
    if (empty(a) || empty(b)) return Number(empty(a)) - Number(empty(b));
    const order = typeof a === "number" && typeof b === "number" ? (a === b ? 0 : a - b) : named(String(a), String(b));
    return down ? -order : order;
  };
}

function empty(value: Value): boolean {
  return value === null || value === "";
}

const names = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const named = (one: string, other: string): number => names.compare(one, other);

/** A click on a header: figures begin with the largest, words with a; the third click brings back the order of calls. */
export function sortedNext(sorting: Sorting | null, column: Column): Sorting | null {
  const first = column.number === true;
  if (sorting?.column !== column.id) return { column: column.id, down: first };
  return sorting.down === first ? { column: column.id, down: !first } : null;
}

/** The networks that must be open for a row to be seen. */
export function around(id: string): readonly string[] {
  const ids = id.split("/");
  return ids.slice(1).map((_, depth) => ids.slice(0, depth + 1).join("/"));
}
