/** The same as a table, for those who do not see the curves. */
import { element } from "./dom";
import { titleOf, valueText } from "./metrics";
import { column, epochsDone, isNumber, type Series } from "./series";
import type { Shown } from "./overlay";

/** The last ten epochs as a table for those who do not see the curves. */
export function fillTable(table: HTMLTableElement, series: Series, metric: string | null): void {
  const names = ["loss", "val_loss", ...(metric ? [metric, `val_${metric}`] : [])];
  const heads = ["Epoch", ...names.map(headOf)];
  const rows = series.epochs.slice(-10).map(([epoch, values]) => [String(epoch), ...names.map((name) => cell(name, values[name]))]);
  tabulate(table, "The last ten epochs", heads, rows);
}

/** Last values of each run, for the overlay. */
export function fillRunTable(table: HTMLTableElement, runs: Shown[], metric: string | null): void {
  const names = ["loss", "val_loss", ...(metric ? [`val_${metric}`] : [])];
  const heads = ["Run", "Epochs", ...names.map(headOf)];
  const rows = runs.map(({ series, label }) => [label, String(epochsDone(series)), ...names.map((name) => cell(name, column(series, name).y.at(-1)))]);
  tabulate(table, "The runs at their last epoch", heads, rows);
}

function headOf(name: string): string {
  return titleOf(name.replace(/^val_/, "")) + (name.startsWith("val_") ? ", validation" : ", training");
}

function cell(name: string, value: number | null | undefined): string {
  return isNumber(value) ? valueText(name.replace(/^val_/, ""), value, null) : "";
}

function tabulate(table: HTMLTableElement, caption: string, heads: string[], rows: string[][]): void {
  const stamp = JSON.stringify([heads, rows]);
  if (table.dataset.stamp === stamp) return;
  table.dataset.stamp = stamp;
  const row = (cells: string[], tag: "th" | "td"): HTMLElement => element("tr", {}, ...cells.map((text) => element(tag, {}, text)));
  table.replaceChildren(element("caption", {}, caption), element("thead", {}, row(heads, "th")), element("tbody", {}, ...rows.map((cells) => row(cells, "td"))));
}
