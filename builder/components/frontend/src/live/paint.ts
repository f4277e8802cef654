/** Bring the page part and the plots to what is known now. */
import type { Drawing } from "./axes";
import { setAttribute, setText } from "./dom";
import type { Entry } from "./entries";
import type { Feed } from "./feed";
import { fillChip, fillFigures, fillHeading, fillMessage, fillProgress } from "./fill";
import { fillLegend, fillRunLegend, lossMarks, metricMarks } from "./legend";
import { lossDrawing, metricDrawing, type Ghost, type Sight } from "./live";
import type { Choices } from "./memory";
import { secondMetrics, titleOf } from "./metrics";
import { duration } from "./numbers";
import { fillOptions } from "./options";
import { allMetrics, overlayDrawing } from "./overlay";
import type { Plot } from "./plots";
import { rateChanges, rateDrawing } from "./rate";
import { column, pointCount } from "./series";
import { fillHappened, fillRunTable, fillTable } from "./table";
import { isFinal, type LiveData } from "./types";
import { setOptions, type View } from "./view";
import { capital, chartSummary, machineText, type Tone } from "./words";

/** The three places of a drawing. */
export type Place = "loss" | "metric" | "rate";

export interface Scene {
  view: View;
  data: LiveData;
  feeds: Feed[];
  entries: Entry[];
  ghosts: Ghost[];
  metric: string | null;
  choices: Choices;
  sight: Sight;
  heights: Record<Place, number>;
  plots: Record<Place, Plot> | null;
  loadFailed: boolean;
  toggle(key: string): void;
}

/** What lies above, between and below the plots on the page of a run, in pixels. */
const AROUND_PX = 344;
const LOSS_SHARE = 0.66;
const RATE_PX = 84;

/** Heights of the plots: as told, or as the window allows; 0 for one that is not shown. */
export function plotHeights(told: number | null, windowHeight: number, second: boolean, rate: boolean): Record<Place, number> {
  const whole = told ?? Math.min(620, Math.max(360, windowHeight - AROUND_PX));
  const strip = rate ? RATE_PX : 0;
  if (!second) return { loss: Math.round(whole * 0.8), metric: 0, rate: strip };
  return { loss: Math.round(whole * LOSS_SHARE), metric: Math.round(whole * (1 - LOSS_SHARE)), rate: strip };
}

/** Whether the learning rate has its strip: as chosen, else where it changes. */
export function showsRate(data: LiveData, feeds: readonly Feed[], choices: Choices): boolean {
  const series = feeds[0]?.series;
  return data.mode === "live" && series !== undefined && hasRate(feeds) && (choices.rate ?? rateChanges(series));
}

function hasRate(feeds: readonly Feed[]): boolean {
  return column(feeds[0]!.series, "learning_rate").x.length > 0;
}

/** Fill everything; returns what was drawn, for the pointer. */
export function paint(scene: Scene): Partial<Record<Place, Drawing>> {
  const live = scene.data.mode === "live";
  scene.view.root.classList.toggle("overlay", !live);
  if (live) paintRun(scene);
  else paintRuns(scene);
  paintControls(scene, live);
  paintSaid(scene);
  return paintPlots(scene, live);
}

function paintRun({ view, data, feeds, metric, ghosts }: Scene): void {
  const { series } = feeds[0]!;
  fillHeading(view, series, data.heading ?? false);
  // A page that shows the state itself says which one.
  fillChip(view.chip, data.states?.[series.run] ? null : series.status?.state ?? null);
  fillFigures(view.figures, series, metric);
  fillProgress(view, series, data.batch_size ?? null);
  fillLegend(view.loss.legend, lossMarks(series, ghosts));
  fillLegend(view.metric.legend, metricMarks(series, metric));
  fillTable(view.table, series, metric);
  fillHappened(view.happened, series);
}

function paintRuns({ view, entries, metric, choices, toggle }: Scene): void {
  fillRunLegend(view.loss.legend, entries, choices.hidden, toggle);
  fillRunTable(view.table, entries, metric);
}

function paintControls({ view, data, feeds, metric, choices, heights }: Scene, live: boolean): void {
  const second = secondMetrics(allMetrics(feeds.map((feed) => feed.series)));
  const zoomed = Object.values(choices.zoom).some((range) => range !== null);
  view.whole.style.visibility = zoomed ? "visible" : "hidden";
  if (view.scale.value !== choices.scale) view.scale.value = choices.scale;
  setOptions(view.chooser, second.map((name) => [name, titleOf(name)]));
  if (metric && view.chooser.value !== metric) view.chooser.value = metric;
  view.chooser.hidden = second.length < 2;
  view.metric.title.classList.toggle("unseen", second.length >= 2);
  setText(view.metric.title, metric ? titleOf(metric) : "");
  view.metric.box.hidden = heights.metric === 0;
  view.rate.box.hidden = heights.rate === 0;
  const earlier = live && (data.ghosts ?? []).length > 0;
  fillOptions(view.options, choices, { ghosts: earlier, rate: live && hasRate(feeds), rateShown: heights.rate > 0 });
}

/** Messages in words, and the figures that tests and the page may read off the root. */
function paintSaid({ view, data, feeds, loadFailed }: Scene): void {
  const offline = feeds.some((feed) => feed.trouble === "offline");
  const [words, tone] = loadFailed ? (["The charts could not be loaded. Reload the page.", "warn"] as const) : messageOf(data, feeds, offline);
  fillMessage(view.message, words, tone);
  view.root.classList.toggle("nothing", feeds.every((feed) => feed.trouble === "missing" && !feed.series.status));
  const away = offline && data.mode === "live";
  setText(view.note, away ? OFFLINE : noteText(feeds[0]!));
  view.note.classList.toggle("away", away);
  setAttribute(view.root, "data-run", feeds.map((feed) => feed.run).join(" "));
  setAttribute(view.root, "data-state", feeds.map((feed) => feed.series.status?.state ?? "").join(" "));
  setAttribute(view.root, "data-seq", feeds.map((feed) => String(feed.series.seq)).join(" "));
}

const OFFLINE = "Not connected. The run goes on; its curves come when the line is back.";

/** "12 s so far · CPU, 1.9 cores busy, 212 MB". */
function noteText({ series }: Feed): string {
  const seconds = series.status?.progress?.elapsed;
  const going = series.status && !isFinal(series.status.state);
  return [seconds && going ? `${duration(seconds)} so far` : "", machineText(series.status)].filter(Boolean).join(" · ");
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

function paintPlots({ view, feeds, entries, ghosts, metric, choices, sight, heights, plots }: Scene, live: boolean): Partial<Record<Place, Drawing>> {
  const all = feeds.map((feed) => feed.series);
  const at = (place: Place): Sight => ({ ...sight, height: heights[place] });
  for (const place of ["loss", "metric", "rate"] as const) view[place].frame.style.height = `${heights[place]}px`;
  setAttribute(view.loss.frame, "aria-label", chartSummary(all, "loss"));
  if (metric) setAttribute(view.metric.frame, "aria-label", chartSummary(all, metric));
  if (heights.rate) setAttribute(view.rate.frame, "aria-label", "Learning rate by epoch");
  if (!plots) return {};
  const visible = entries.filter((entry) => !choices.hidden.has(entry.key));
  const drawn: Partial<Record<Place, Drawing>> = {};
  drawn.loss = live ? lossDrawing(all[0]!, at("loss"), ghosts) : overlayDrawing(visible, "loss", all, at("loss"));
  if (metric) drawn.metric = live ? metricDrawing(all[0]!, metric, at("metric"), ghosts) : overlayDrawing(visible, metric, all, at("metric"));
  if (heights.rate) drawn.rate = rateDrawing(all[0]!, at("rate"));
  for (const [place, drawing] of Object.entries(drawn)) plots[place as Place].draw(drawing);
  setAttribute(view.root, "data-points", String(all.reduce((sum, one) => sum + pointCount(one), 0)));
  return drawn;
}
