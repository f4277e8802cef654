/** One mounted chart: follows its runs, fills the page, draws, keeps what a person chose to look at. */
import { wholeAxis } from "./across";
import { Announcer } from "./announce";
import { Bell } from "./bell";
import { chooseMetric, choosePart, countAcross, pressKey, rescale, showAll, toggleRun } from "./choosing";
import { setText } from "./dom";
import { entriesOf, type Entry } from "./entries";
import { Feed } from "./feed";
import type { Ghost } from "./live";
import { rememberedChoices, type Choices } from "./memory";
import { preferred, secondMetrics } from "./metrics";
import { listenToOptions } from "./options";
import { allMetrics } from "./overlay";
import { paint, plotHeights, showsRate, type Place } from "./paint";
import { loadPlotly, Plot } from "./plots";
import { Pointer } from "./pointer";
import type { Scale } from "./ranges";
import { epochsDone, type Series } from "./series";
import { TabTitle, titleWords } from "./tab";
import { applyTheme, readColours } from "./theme";
import type { LiveData, SendTrigger } from "./types";
import { buildView, styleSheet, type View } from "./view";
import { announcement, stateWords } from "./words";

/** Address of the app, also behind a base path: everything before Streamlit's own part of this file's address. */
export function basePath(moduleUrl: string): string {
  return moduleUrl.includes("/_stcore/") ? moduleUrl.split("/_stcore/")[0]! : "";
}

const CALM_MS = 1000;
const PLACES: readonly Place[] = ["loss", "metric", "rate"];

export class LiveChart {
  readonly view: View = buildView();
  private data: LiveData = { api: "", runs: [], mode: "live", active: false };
  private send: SendTrigger = () => undefined;
  private feeds: Feed[] = [];
  private behind: Feed[] = [];
  private choices: Choices = rememberedChoices([]);
  private plots: Record<Place, Plot> | null = null;
  private loadFailed = false;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private drawnAt = -Infinity;
  private unseenEnd = false;
  private readonly announcer = new Announcer((words) => setText(this.view.announcer, words));
  private readonly pointer = new Pointer(this.view, () => this.only, (words) => setText(this.view.announcer, words));
  private readonly bell = new Bell(this.view.bell);
  private readonly tab = new TabTitle();
  private readonly sizes: ResizeObserver | null;
  private deafen: () => void = () => undefined;

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
    const prefix = basePath(import.meta.url) + data.api;
    const [ids, ghosts] = [data.runs, data.ghosts ?? []].map((runs) => runs.map((run) => run.id)) as [string[], string[]];
    if (differs(ids, this.feeds) || data.mode !== this.data.mode) this.change(ids, prefix, data.mode === "live");
    if (differs(ghosts, this.behind)) this.changeGhosts(ghosts, prefix);
    this.data = data;
    for (const feed of this.feeds) feed.follow(data.active, data.states?.[feed.run]);
    for (const feed of this.behind) feed.follow(false);
    this.schedule();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    if (this.timer !== null) clearTimeout(this.timer);
    for (const feed of [...this.feeds, ...this.behind]) feed.end();
    this.sizes?.disconnect();
    this.deafen();
    this.tab.show(null);
    document.removeEventListener("visibilitychange", this.looked);
    window.removeEventListener("online", this.looked);
    window.removeEventListener("resize", this.resized);
    for (const place of PLACES) this.plots?.[place].destroy();
    this.plots = null;
  }

  private change(ids: string[], prefix: string, live: boolean): void {
    for (const feed of this.feeds) feed.end();
    this.tab.show(null);
    this.choices = rememberedChoices(ids);
    this.feeds = ids.map((id) => new Feed(id, prefix, {
      changed: () => this.news(),
      ended: (run, state) => {
        this.unseenEnd = document.hidden;
        if (this.only) this.bell.ring(this.only);
        this.news();
        this.send("state", { run, state });
      },
      turned: (run, state) => this.send("turn", { run, state }),
    }, live));
  }

  private changeGhosts(ids: string[], prefix: string): void {
    for (const feed of this.behind) feed.end();
    this.behind = ids.map((id) => new Feed(id, prefix, { changed: () => this.schedule(), ended: () => undefined, turned: () => undefined }));
  }

  private async load(): Promise<void> {
    try {
      const plotly = await loadPlotly();
      if (!this.view.root.isConnected) return;
      const make = (place: Place): Plot =>
        new Plot(plotly, this.view[place].host, (part) => this.alter((choices) => choosePart(choices, part, place)), () => this.alter(showAll));
      this.plots = { loss: make("loss"), metric: make("metric"), rate: make("rate") };
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
    this.deafen = listenToOptions(view.options, (change) => this.alter(change), countAcross);
    view.root.onkeydown = (event) => {
      // Streamlit reruns on a bare "r" and clears its cache on "c".
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    };
    for (const place of PLACES) view[place].frame.onkeydown = (event) => this.key(event, place);
  }

  private looked = (): void => {
    for (const feed of [...this.feeds, ...this.behind]) document.hidden ? feed.rest() : feed.wake();
    if (!document.hidden) this.unseenEnd = false;
    this.news();
  };

  private resized = (): void => this.schedule();

  /** Something is new: the tab's title tells it at once, the charts when they are seen. */
  private news(): void {
    if (this.only) this.tab.show(titleWords(this.only, this.unseenEnd));
    this.schedule();
  }

  /** Change what is chosen, then draw. */
  private alter(change: (choices: Choices) => void): void {
    change(this.choices);
    this.schedule();
  }

  private key(event: KeyboardEvent, place: Place): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.readByKey(event, place) && !pressKey(this.choices, event.key, wholeAxis(this.series(), this.choices.across))) return;
    event.preventDefault();
    this.schedule();
  }

  /** Shift and arrows move the reading from point to point, Escape ends it. */
  private readByKey(event: KeyboardEvent, place: Place): boolean {
    const step = event.shiftKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : undefined;
    if (step === undefined && !(event.key === "Escape" && this.pointer.reads)) return false;
    this.pointer.step(place, step ?? null);
    return true;
  }

  private series(): Series[] {
    return this.feeds.map((feed) => feed.series);
  }

  /** The one run that is followed; null in an overlay. */
  private get only(): Series | null {
    return this.data.mode === "live" ? this.feeds[0]?.series ?? null : null;
  }

  private entries(colours: string[]): Entry[] {
    const known = new Map(this.feeds.map((feed) => [feed.run, feed.series]));
    return entriesOf(this.data.runs, this.data.groups ?? [], known, colours);
  }

  private ghosts(): Ghost[] {
    if (!this.choices.ghosts || this.data.mode !== "live") return [];
    return (this.data.ghosts ?? []).map((view, i) => ({ ...view, series: this.behind[i]!.series })).filter((ghost) => ghost.series.epochs.length);
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
    const heights = plotHeights(data.height ?? null, window.innerHeight, metric !== null || this.early(), showsRate(data, this.feeds, this.choices));
    const drawn = paint({
      view, data, metric, heights, choices: this.choices, feeds: this.feeds, entries: this.entries(colours.runs), ghosts: this.ghosts(),
      toggle: (key) => this.alter((choices) => toggleRun(choices, key)), loadFailed: this.loadFailed, plots: width > 0 ? this.plots : null,
      sight: { width, height: 0, colours, choices: this.choices, drag: !(window.matchMedia?.("(pointer: coarse)").matches ?? false) },
    });
    this.pointer.renew(drawn);
    this.bell.offer(this.only);
    this.speak(metric);
  }

  /** No epoch is in yet: keep the place of the lower chart, whose metric is not known. */
  private early(): boolean {
    return this.feeds.some((feed) => !feed.over && !feed.series.epochs.length);
  }

  private speak(metric: string | null): void {
    const series = this.only;
    if (!series?.status) return;
    const { state } = series.status;
    this.announcer.tell(state, epochsDone(series), stateWords(state).word, () => announcement(series, metric));
  }
}

function differs(ids: readonly string[], feeds: readonly Feed[]): boolean {
  return ids.join(" ") !== feeds.map((feed) => feed.run).join(" ");
}
