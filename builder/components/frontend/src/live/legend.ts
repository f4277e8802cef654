/** Above a chart: which line is what. */
import { element, swatch } from "./dom";
import { kindOf } from "./metrics";
import { UNIT, whole } from "./numbers";
import { column, type Series } from "./series";
import type { Entry } from "./entries";
import { isFinal, type RunView } from "./types";
import { stateWords } from "./words";

export interface Mark {
  words: string;
  kind: "line" | "dashed" | "band";
  colour: string;
  width: number;
  opacity?: number;
}

/** Which lines the loss of one run has, in the order of their weight. */
export function lossMarks(series: Series, ghosts: readonly RunView[] = []): Mark[] {
  const has = (name: string): boolean => column(series, name).x.length > 0;
  const train = "var(--ll-data-train)";
  const marks: Mark[] = [{ words: "training, measured cleanly", kind: "line", colour: train, width: 2 }];
  if (has("keras_loss")) marks.push({ words: "Keras’ running mean", kind: "line", colour: train, width: 1, opacity: 0.45 });
  if (series.batches.length > 1) marks.push({ words: "batches", kind: series.isThinned ? "band" : "line", colour: train, width: 1, opacity: 0.25 });
  if (has("val_loss") || !series.epochs.length) marks.push({ words: "validation", kind: "line", colour: "var(--ll-data-val)", width: 2.4 });
  if (has("val_loss_se")) marks.push({ words: `90${UNIT}% interval`, kind: "band", colour: "var(--ll-band)", width: 0 });
  if (series.sampled && has("val_loss")) marks.push({ words: "epochs between", kind: "band", colour: "var(--ll-band)", width: 0 });
  if (ghosts.length) marks.push({ words: listed(ghosts.map((ghost) => ghost.label)), kind: "dashed", colour: "var(--ll-data-ghost)", width: 1.4 });
  return marks;
}

/** "run 5, 6 and 7" of "run 5", "run 6", "run 7". */
export function listed(labels: readonly string[]): string {
  const numbers = labels.map((label) => /^run (\d+)$/.exec(label)?.[1]);
  if (labels.length < 2 || !numbers.every(Boolean)) return labels.join(", ");
  return `runs ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
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

/** One button a run or a series, which hides and shows it, and how its two lines differ. */
export function fillRunLegend(list: HTMLElement, entries: readonly Entry[], hidden: ReadonlySet<string>, toggle: (key: string) => void): void {
  const stamp = JSON.stringify([entries.map((entry) => [entry.key, entry.label, entry.colour, stateOf(entry)]), [...hidden]]);
  if (list.dataset.stamp === stamp) return;
  list.dataset.stamp = stamp;
  const focused = (list.getRootNode() as Document | ShadowRoot).activeElement?.getAttribute("data-run");
  const ink = "currentColor";
  list.replaceChildren(
    ...entries.map((entry) => element("li", {}, entryButton(entry, hidden, toggle))), ...keys(entries, ink),
  );
  if (focused) list.querySelector<HTMLElement>(`[data-run="${CSS.escape(focused)}"]`)?.focus();
}

function keys(entries: readonly Entry[], ink: string): HTMLElement[] {
  const key = (mark: SVGElement, words: string): HTMLElement => element("li", { class: "key" }, mark, words);
  const groups = entries.some((entry) => entry.members.length > 1);
  return [
    key(swatch("line", ink, 2.2), "validation"),
    ...(entries.some((entry) => entry.members.length === 1) ? [key(swatch("dashed", ink, 1.4), "training")] : []),
    ...(groups ? [key(swatch("band", ink, 0, 0.3), `90${UNIT}% interval of the mean`), key(swatch("band", ink, 0, 0.14), "lowest to highest")] : []),
  ];
}

/** The state of a run; of a series how many of its runs go on. */
function stateOf({ members }: Entry): string {
  if (members.length > 1) {
    const going = members.filter(({ status }) => status && !isFinal(status.state)).length;
    return going ? `, ${going} of ${members.length} go on` : "";
  }
  const state = members[0]!.status?.state;
  return !state || state === "finished" ? "" : state === "running" ? ", goes on" : `, ${stateWords(state).word}`;
}

function entryButton(entry: Entry, hidden: ReadonlySet<string>, toggle: (key: string) => void): HTMLElement {
  const button = element("button", { type: "button", "aria-pressed": String(!hidden.has(entry.key)), "data-run": entry.key },
    swatch("line", entry.colour, 3), entry.label + stateOf(entry));
  button.onclick = () => toggle(entry.key);
  return button;
}
