/** Bring the page part and the two plots to what is known now. */
import { setAttribute, setText } from "./dom";
import type { Feed } from "./feed";
import { fillChip, fillFigures, fillHeading, fillMessage, fillProgress } from "./fill";
import { fillLegend, fillRunLegend, lossMarks, metricMarks } from "./legend";
import { lossDrawing, metricDrawing, type Sight } from "./live";
import type { Choices } from "./memory";
import { secondMetrics, titleOf } from "./metrics";
import { duration } from "./numbers";
import { allMetrics, overlayDrawing, type Shown } from "./overlay";
import type { Plot } from "./plots";
import { pointCount } from "./series";
import { fillRunTable, fillTable } from "./table";
import { isFinal, type LiveData } from "./types";
import { setOptions, type View } from "./view";
import { capital, chartSummary, type Tone } from "./words";

export interface Scene {
  view: View;
  data: LiveData;
  feeds: Feed[];
  shown: Shown[];
  metric: string | null;
  choices: Choices;
  sight: Sight;
  heights: [number, number];
  plots: { loss: Plot; metric: Plot } | null;
  loadFailed: boolean;
  toggle(run: string): void;
}

/** What lies above, between and below the plots on the page of a run, in pixels. */
const AROUND_PX = 344;
const LOSS_SHARE = 0.66;

/** Heights of the two plots: as told, or as the window allows; the second is 0 where there is no second metric. */
export function plotHeights(told: number | null, windowHeight: number, second: boolean): [number, number] {
  const whole = told ?? Math.min(620, Math.max(360, windowHeight - AROUND_PX));
  return second ? [Math.round(whole * LOSS_SHARE), Math.round(whole * (1 - LOSS_SHARE))] : [Math.round(whole * 0.8), 0];
}

export function paint(scene: Scene): void {
  const live = scene.data.mode === "live";
  scene.view.root.classList.toggle("overlay", !live);
  if (live) paintRun(scene);
  else paintRuns(scene);
  paintControls(scene);
  paintSaid(scene);
  paintPlots(scene, live);
}

function paintRun({ view, data, feeds, metric }: Scene): void {
  const { series } = feeds[0]!;
  fillHeading(view, series, data.heading ?? false);
  fillChip(view.chip, series.status?.state ?? null);
  fillFigures(view.figures, series, metric);
  fillProgress(view, series, data.batch_size ?? null);
  fillLegend(view.loss.legend, lossMarks(series));
  fillLegend(view.metric.legend, metricMarks(series, metric));
  fillTable(view.table, series, metric);
}

function paintRuns({ view, shown, metric, choices, toggle }: Scene): void {
  fillRunLegend(view.loss.legend, shown, choices.hidden, toggle);
  fillRunTable(view.table, shown, metric);
}

function paintControls({ view, feeds, metric, choices, heights }: Scene): void {
  const second = secondMetrics(allMetrics(feeds.map((feed) => feed.series)));
  const zoomed = Object.values(choices.zoom).some((range) => range !== null);
  view.whole.style.visibility = zoomed ? "visible" : "hidden";
  if (view.scale.value !== choices.scale) view.scale.value = choices.scale;
  setOptions(view.chooser, second.map((name) => [name, titleOf(name)]));
  if (metric && view.chooser.value !== metric) view.chooser.value = metric;
  view.chooser.hidden = second.length < 2;
  view.metric.title.classList.toggle("unseen", second.length >= 2);
  setText(view.metric.title, metric ? titleOf(metric) : "");
  view.metric.box.hidden = heights[1] === 0;
}

/** Messages in words, and the figures that tests and the page may read off the root. */
function paintSaid({ view, data, feeds, loadFailed }: Scene): void {
  const offline = feeds.some((feed) => feed.trouble === "offline");
  const [words, tone] = loadFailed ? (["The charts could not be loaded. Reload the page.", "warn"] as const) : messageOf(data, feeds, offline);
  fillMessage(view.message, words, tone);
  view.root.classList.toggle("nothing", feeds.every((feed) => feed.trouble === "missing" && !feed.series.status));
  const away = offline && data.mode === "live";
  setText(view.note, away ? OFFLINE : elapsedText(feeds[0]!));
  view.note.classList.toggle("away", away);
  setAttribute(view.root, "data-run", feeds.map((feed) => feed.run).join(" "));
  setAttribute(view.root, "data-state", feeds.map((feed) => feed.series.status?.state ?? "").join(" "));
  setAttribute(view.root, "data-seq", feeds.map((feed) => String(feed.series.seq)).join(" "));
}

const OFFLINE = "Not connected. The run goes on; its curves come when the line is back.";

function elapsedText({ series }: Feed): string {
  const seconds = series.status?.progress?.elapsed;
  return seconds && series.status && !isFinal(series.status.state) ? `${duration(seconds)} so far` : "";
}

function messageOf(data: LiveData, feeds: Feed[], offline: boolean): [string, Tone] {
  const missing = feeds.filter((feed) => feed.trouble === "missing").map((feed) => data.runs.find((run) => run.id === feed.run)?.label ?? feed.run);
  if (missing.length) return [`${capital(missing.join(", "))} cannot be found. It may have been deleted.`, "warn"];
  if (data.mode === "overlay") return [offline ? OFFLINE : "", "warn"];
  const status = feeds[0]!.series.status;
  if (status?.state === "failed") return [status.message ?? "Training broke, and left no word about the reason.", "fault"];
  if (status?.state === "lost") return [status.message ?? "Nothing has been heard of this run for a while. Start it again.", "warn"];
  return [status?.message ?? "", "info"];
}

function paintPlots({ view, feeds, shown, metric, choices, sight, heights, plots }: Scene, live: boolean): void {
  const all = feeds.map((feed) => feed.series);
  const loss: Sight = { ...sight, height: heights[0] };
  const second: Sight = { ...sight, height: heights[1] };
  view.loss.frame.style.height = `${heights[0]}px`;
  view.metric.frame.style.height = `${heights[1]}px`;
  setAttribute(view.loss.frame, "aria-label", chartSummary(all, "loss"));
  if (metric) setAttribute(view.metric.frame, "aria-label", chartSummary(all, metric));
  if (!plots) return;
  const visible = shown.filter((run) => !choices.hidden.has(run.series.run));
  plots.loss.draw(live ? lossDrawing(all[0]!, loss) : overlayDrawing(visible, "loss", all, loss));
  if (metric) plots.metric.draw(live ? metricDrawing(all[0]!, metric, second) : overlayDrawing(visible, metric, all, second));
  setAttribute(view.root, "data-points", String(all.reduce((sum, one) => sum + pointCount(one), 0)));
}
