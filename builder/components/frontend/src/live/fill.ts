/** Fill the parts of the page from what is known of a run; elements stay, only their text changes. */
import { element, icon, setAttribute, setText } from "./dom";
import { epochsDone, type Series } from "./series";
import type { RunState } from "./types";
import type { View } from "./view";
import { figures, progressText, stateWords, stepsDone, type Tone } from "./words";

const ICONS: Record<Tone, string> = {
  fine: "M3.5 8.5l3 3 6-7",
  info: "M8 7.5v4M8 4.6v.1",
  calm: "M4.5 4.5h7v7h-7z",
  warn: "M8 2.5l6 11H2zM8 7v3M8 11.8v.1",
  fault: "M5 5l6 6M11 5l-6 6",
};
const PAUSE = "M5.5 4v8M10.5 4v8";
const DOT = "M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z";

/** State of a run as a word with its own shape and colour. */
export function fillChip(chip: HTMLElement, state: RunState | null): void {
  const { word, tone } = state ? stateWords(state) : { word: "", tone: "calm" as Tone };
  if (chip.dataset.state === (state ?? "")) return;
  chip.dataset.state = state ?? "";
  chip.className = `chip ${tone}`;
  chip.hidden = !state;
  const glyph = state === "running" ? icon(DOT, 12, true) : icon(state === "paused" ? PAUSE : ICONS[tone], 12);
  chip.replaceChildren(glyph, word);
}

export function fillHeading(view: View, series: Series, wanted: boolean): void {
  view.heading.hidden = !wanted;
  if (!wanted || !series.status) return;
  if (!view.heading.childElementCount) view.heading.append(element("h2"), element("span", { class: "number" }));
  if (view.chip.parentElement !== view.heading) view.heading.append(view.chip);
  setText(view.heading.children[0]!, series.status.name);
  setText(view.heading.children[1]!, `run ${series.status.number}`);
}

/** The row of numbers. */
export function fillFigures(list: HTMLElement, series: Series, metric: string | null): void {
  const wanted = figures(series, metric);
  while (list.childElementCount > wanted.length) list.lastElementChild!.remove();
  wanted.forEach((figure, i) => {
    if (!list.children[i]) list.append(element("div", {}, element("dt"), element("dd", {}, element("b"), element("span"))));
    const box = list.children[i]!;
    setText(box.querySelector("dt")!, figure.label);
    setText(box.querySelector("b")!, figure.value);
    setText(box.querySelector("span")!, figure.detail);
  });
}

export function fillProgress(view: View, series: Series, batchSize: number | null): void {
  const steps = stepsDone(series);
  const share = steps && steps.total ? (100 * steps.done) / steps.total : 0;
  view.filled.style.width = `${share.toFixed(2)}%`;
  setAttribute(view.bar, "aria-valuenow", share.toFixed(0));
  const text = progressText(series, batchSize);
  setAttribute(view.bar, "aria-valuetext", `${text || "not started"}, epoch ${epochsDone(series)} of ${series.status?.epochs ?? "?"}`);
  setText(view.steps, text);
}

/** Words above the charts; `tone` "fault" for a run that failed. */
export function fillMessage(box: HTMLElement, words: string, tone: Tone): void {
  box.hidden = !words;
  if (box.dataset.words === words + tone) return;
  box.dataset.words = words + tone;
  box.className = `message ${tone}`;
  box.replaceChildren(...(words ? [icon(ICONS[tone], 16), element("p", {}, words)] : []));
}
