/** The same as a table, for those who do not see the curves. */
import { element } from "./dom";
import { titleOf, valueText } from "./metrics";
import { column, epochsDone, isNumber, type Series } from "./series";
import type { Entry } from "./entries";
import { happenings } from "./happenings";

/** The last ten epochs as a table for those who do not see the curves. */
export function fillTable(table: HTMLTableElement, series: Series, metric: string | null): void {
  const names = ["loss", "val_loss", ...(metric ? [metric, `val_${metric}`] : [])];
  const heads = ["Epoch", ...names.map(headOf)];
  const rows = series.epochs.slice(-10).map(([epoch, values]) => [String(epoch), ...names.map((name) => cell(name, values[name]))]);
  tabulate(table, "The last ten epochs", heads, rows);
}

/** Last values of each run, or the mean of them over a series, for the overlay. */
export function fillRunTable(table: HTMLTableElement, entries: readonly Entry[], metric: string | null): void {
  const names = ["loss", "val_loss", ...(metric ? [`val_${metric}`] : [])];
  const heads = ["Run", "Epochs", ...names.map(headOf)];
  const rows = entries.map(({ members, label }) => [
    members.length > 1 ? `${label}, mean of ${members.length} runs` : label,
    String(Math.max(...members.map(epochsDone))), ...names.map((name) => cell(name, meanOf(members.map((one) => column(one, name).y.at(-1))))),
  ]);
  tabulate(table, "The runs at their last epoch", heads, rows);
}

function meanOf(values: (number | undefined)[]): number | undefined {
  const known = values.filter(isNumber);
  return known.length ? known.reduce((a, b) => a + b, 0) / known.length : undefined;
}

/** Changes, pauses and kept epochs, the newest twenty. */
export function fillHappened(table: HTMLTableElement, series: Series): void {
  const rows = happenings(series).slice(-20).map(([epoch, , words]) => [epoch.toFixed(Number.isInteger(epoch) ? 0 : 1), words]);
  table.hidden = !rows.length;
  tabulate(table, "What happened", ["Epoch", "What"], rows);
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
