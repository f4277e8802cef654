/** Above a chart: which line is what. */
import { element, swatch } from "./dom";
import { kindOf } from "./metrics";
import { UNIT, whole } from "./numbers";
import { batchLines, column, type Series } from "./series";
import type { Shown } from "./overlay";
import { stateWords } from "./words";

export interface Mark {
  words: string;
  kind: "line" | "dashed" | "band";
  colour: string;
  width: number;
  opacity?: number;
}

/** Which lines the loss of one run has, in the order of their weight. */
export function lossMarks(series: Series): Mark[] {
  const has = (name: string): boolean => column(series, name).x.length > 0;
  const train = "var(--ll-data-train)";
  const marks: Mark[] = [{ words: "training, measured cleanly", kind: "line", colour: train, width: 2 }];
  if (has("keras_loss")) marks.push({ words: "Keras’ running mean", kind: "line", colour: train, width: 1, opacity: 0.45 });
  if (batchLines(series).x.length) marks.push({ words: "each batch", kind: "line", colour: train, width: 1, opacity: 0.25 });
  if (has("val_loss") || !series.epochs.length) marks.push({ words: "validation", kind: "line", colour: "var(--ll-data-val)", width: 2.4 });
  return marks;
}

/** The lower chart has the same lines; only its band needs words. */
export function metricMarks(series: Series, metric: string | null): Mark[] {
  const rows = series.status?.rows?.validation;
  if (!metric || !rows || kindOf(metric) !== "proportion" || !column(series, `val_${metric}`).x.length) return [];
  return [{ words: `90${UNIT}% interval, ${whole(rows)} validation rows`, kind: "band", colour: "var(--ll-band)", width: 0 }];
}

export function fillLegend(list: HTMLElement, marks: Mark[]): void {
  const stamp = JSON.stringify(marks);
  if (list.dataset.stamp === stamp) return;
  list.dataset.stamp = stamp;
  list.replaceChildren(...marks.map((mark) => element("li", {}, swatch(mark.kind, mark.colour, mark.width, mark.opacity), mark.words)));
}

/** One button a run, which hides and shows it, and how its two lines differ. */
export function fillRunLegend(list: HTMLElement, runs: Shown[], hidden: ReadonlySet<string>, toggle: (run: string) => void): void {
  const stamp = JSON.stringify([runs.map((run) => [run.series.run, run.label, run.colour, run.series.status?.state]), [...hidden]]);
  if (list.dataset.stamp === stamp) return;
  list.dataset.stamp = stamp;
  const focused = (list.getRootNode() as Document | ShadowRoot).activeElement?.getAttribute("data-run");
  const ink = "currentColor";
  list.replaceChildren(
    ...runs.map((run) => element("li", {}, runButton(run, hidden, toggle))),
    element("li", { class: "key" }, swatch("line", ink, 2.2), "validation"),
    element("li", { class: "key" }, swatch("dashed", ink, 1.4), "training"),
  );
  if (focused) list.querySelector<HTMLElement>(`[data-run="${CSS.escape(focused)}"]`)?.focus();
}

function runButton(run: Shown, hidden: ReadonlySet<string>, toggle: (run: string) => void): HTMLElement {
  const state = run.series.status?.state;
  const word = !state || state === "finished" ? "" : state === "running" ? ", goes on" : `, ${stateWords(state).word}`;
  const button = element("button", { type: "button", "aria-pressed": String(!hidden.has(run.series.run)), "data-run": run.series.run },
    swatch("line", run.colour, 3), run.label + word);
  button.onclick = () => toggle(run.series.run);
  return button;
}
