/** One mounted chart: follows its runs, fills the page, draws, keeps what a person chose to look at. */
import { Announcer } from "./announce";
import { chooseMetric, choosePart, pressKey, rescale, showAll, toggleRun } from "./choosing";
import { setText } from "./dom";
import { Feed } from "./feed";
import { rememberedChoices, type Choices } from "./memory";
import { preferred, secondMetrics } from "./metrics";
import { allMetrics, sharedRange, type Shown } from "./overlay";
import { paint, plotHeights } from "./paint";
import { loadPlotly, Plot } from "./plots";
import type { Scale } from "./ranges";
import { epochsDone, type Series } from "./series";
import { applyTheme, readColours } from "./theme";
import type { LiveData, SendTrigger } from "./types";
import { buildView, styleSheet, type View } from "./view";
import { announcement, stateWords } from "./words";

/** Address of the app, also behind a base path: everything before Streamlit's own part of this file's address. */
export function basePath(moduleUrl: string): string {
  return moduleUrl.includes("/_stcore/") ? moduleUrl.split("/_stcore/")[0]! : "";
}

const CALM_MS = 1000;

export class LiveChart {
  readonly view: View = buildView();
  private data: LiveData = { api: "", runs: [], mode: "live", active: false };
  private send: SendTrigger = () => undefined;
  private feeds: Feed[] = [];
  private choices: Choices = rememberedChoices([]);
  private plots: { loss: Plot; metric: Plot } | null = null;
  private loadFailed = false;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private drawnAt = -Infinity;
  private readonly announcer = new Announcer((words) => setText(this.view.announcer, words));
  private readonly sizes: ResizeObserver | null;

  constructor(parent: ShadowRoot | HTMLElement) {
    parent.append(styleSheet(), this.view.root);
    this.connect();
    this.sizes = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(() => this.schedule());
    this.sizes?.observe(this.view.root);
    void this.load();
  }

  /** Take what the page says. Called again for each rerun that changes it, and for each change of theme. */
  update(data: LiveData, send: SendTrigger): void {
    this.send = send;
    const ids = data.runs.map((run) => run.id);
    if (ids.join(" ") !== this.feeds.map((feed) => feed.run).join(" ")) this.change(ids, basePath(import.meta.url) + data.api);
    this.data = data;
    for (const feed of this.feeds) feed.follow(data.active, data.states?.[feed.run]);
    this.schedule();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    if (this.timer !== null) clearTimeout(this.timer);
    for (const feed of this.feeds) feed.end();
    this.sizes?.disconnect();
    document.removeEventListener("visibilitychange", this.looked);
    window.removeEventListener("online", this.looked);
    window.removeEventListener("resize", this.resized);
    this.plots?.loss.destroy();
    this.plots?.metric.destroy();
    this.plots = null;
  }

  private change(ids: string[], prefix: string): void {
    for (const feed of this.feeds) feed.end();
    this.choices = rememberedChoices(ids);
    this.feeds = ids.map((id) => new Feed(id, prefix, {
      changed: () => this.schedule(),
      ended: (run, state) => this.send("state", { run, state }),
      turned: (run, state) => this.send("turn", { run, state }),
    }));
  }

  private async load(): Promise<void> {
    try {
      const plotly = await loadPlotly();
      if (!this.view.root.isConnected) return;
      const make = (host: HTMLElement, axis: "loss" | "metric"): Plot =>
        new Plot(plotly, host, (part) => this.alter((choices) => choosePart(choices, part, axis)), () => this.alter(showAll));
      this.plots = { loss: make(this.view.loss.host, "loss"), metric: make(this.view.metric.host, "metric") };
    } catch {
      this.loadFailed = true;
    }
    this.schedule();
  }

  private connect(): void {
    const { view } = this;
    document.addEventListener("visibilitychange", this.looked);
    window.addEventListener("online", this.looked);
    window.addEventListener("resize", this.resized);
    view.scale.onchange = () => this.alter((choices) => rescale(choices, view.scale.value as Scale));
    view.chooser.onchange = () => this.alter((choices) => chooseMetric(choices, view.chooser.value));
    view.whole.onclick = () => this.alter(showAll);
    view.root.onkeydown = (event) => {
      // Streamlit reruns on a bare "r" and clears its cache on "c".
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    };
    for (const block of [view.loss, view.metric]) block.frame.onkeydown = (event) => this.key(event);
  }

  private looked = (): void => {
    for (const feed of this.feeds) document.hidden ? feed.pause() : feed.wake();
    this.schedule();
  };

  private resized = (): void => this.schedule();

  /** Change what is chosen, then draw. */
  private alter(change: (choices: Choices) => void): void {
    change(this.choices);
    this.schedule();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!pressKey(this.choices, event.key, sharedRange(this.series()))) return;
    event.preventDefault();
    this.schedule();
  }

  private series(): Series[] {
    return this.feeds.map((feed) => feed.series);
  }

  private shown(colours: string[]): Shown[] {
    return this.data.runs.map((run, i) => ({ series: this.feeds[i]!.series, label: run.label, colour: colours[i % colours.length]! }));
  }

  /** The metric of the lower chart: the chosen one if there is such a one, else the most telling. */
  private metric(): string | null {
    const metrics = allMetrics(this.series());
    const chosen = this.choices.metric;
    return chosen && secondMetrics(metrics).includes(chosen) ? chosen : preferred(metrics);
  }

  /** Draw with the next frame; at most once a second for those who want little motion. */
  private schedule(): void {
    if (this.frame || this.timer !== null) return;
    const calm = window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
    const wait = calm ? CALM_MS - (performance.now() - this.drawnAt) : 0;
    if (wait > 0 && this.feeds.some((feed) => !feed.over)) this.timer = setTimeout(this.nextFrame, wait);
    else this.nextFrame();
  }

  private nextFrame = (): void => {
    this.timer = null;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  };

  private draw(): void {
    const { view, data } = this;
    const width = view.root.clientWidth;
    if (!view.root.isConnected || !this.feeds.length) return;
    this.drawnAt = performance.now();
    applyTheme(view.root);
    const metric = this.metric();
    const colours = readColours(view.root);
    const heights = plotHeights(data.height ?? null, window.innerHeight, metric !== null || this.early());
    paint({
      view, data, metric, heights, choices: this.choices, feeds: this.feeds, shown: this.shown(colours.runs),
      toggle: (run) => this.alter((choices) => toggleRun(choices, run)), loadFailed: this.loadFailed, plots: width > 0 ? this.plots : null,
      sight: { width, height: 0, colours, choices: this.choices, drag: !(window.matchMedia?.("(pointer: coarse)").matches ?? false) },
    });
    this.speak(metric);
  }

  /** No epoch is in yet: keep the place of the lower chart, whose metric is not known. */
  private early(): boolean {
    return this.feeds.some((feed) => !feed.over && !feed.series.epochs.length);
  }

  private speak(metric: string | null): void {
    const [only] = this.feeds;
    if (this.data.mode !== "live" || !only?.series.status) return;
    const { state } = only.series.status;
    this.announcer.tell(state, epochsDone(only.series), stateWords(state).word, () => announcement(only.series, metric));
  }
}
