/** One mounted picture: follows its run while it is in view, and draws. */
import { setAttribute, setText } from "../live/dom";
import { applyTheme } from "../live/theme";
import { readLook, type Look } from "./colours";
import type { Picture } from "./decode";
import { Feed } from "./feed";
import { between, valuesOf, type Values } from "./field";
import { fillLegend } from "./legend";
import { Painter } from "./paint";
import { led, type Place } from "./pointing";
import type { LearnedData, Rows } from "./types";
import { UnitsPanel, type Chosen } from "./units";
import { buildView, styleSheet, type View } from "./view";
import { emptyText, epochText, placeText, scoreText, summary, unitName, unitText } from "./words";

/** From one picture to the next takes about as long as until the one after, within these bounds. */
const LEAST_MS = 60;
const MOST_MS = 250;

/** Address of the app, also behind a base path: everything before Streamlit's own part of this file's address. */
function basePath(moduleUrl: string): string {
  return moduleUrl.includes("/_stcore/") ? moduleUrl.split("/_stcore/")[0]! : "";
}

/** What is known of the run that is shown. */
interface Known {
  picture: Picture | null;
  before: Values | null;
  best: string;
  state: string;
  rows: Rows | null;
  count: number;
}

const nothing = (): Known => ({ picture: null, before: null, best: "", state: "", rows: null, count: 0 });

export class Learned {
  readonly view: View = buildView();
  private data: LearnedData = { api: "", run: "", active: false };
  private known = nothing();
  private feed: Feed | null = null;
  private chosen: Chosen | null = null;
  private pointed: Place | null = null;
  private isLed = false;
  private cameAt = 0;
  private takes = MOST_MS;
  private frame = 0;
  private isInView = true;
  private readonly painter = new Painter(this.view.canvas);
  private readonly panel = new UnitsPanel(this.view.units, { chosen: (unit) => this.choose(unit) });
  private readonly sizes: ResizeObserver | null;
  private readonly sight: IntersectionObserver | null;

  constructor(parent: ShadowRoot | HTMLElement) {
    parent.append(styleSheet(), this.view.root);
    this.connect();
    this.sizes = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(() => this.schedule());
    this.sizes?.observe(this.view.root);
    this.sight = typeof IntersectionObserver === "undefined" ? null : new IntersectionObserver((seen) => this.seen(seen.at(-1)!.isIntersecting));
    this.sight?.observe(this.view.root);
  }

  /** Take what the page says. Called again for each rerun that changes it, and for each change of theme. */
  update(data: LearnedData): void {
    const isOther = data.run !== this.data.run;
    const goesOn = data.active && !this.data.active;
    this.data = data;
    if (isOther) this.follow(`${basePath(import.meta.url)}${data.api}${encodeURIComponent(data.run)}/`);
    else if (goesOn) this.feed?.again();
    this.look();
    this.schedule();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.feed?.pause();
    this.sizes?.disconnect();
    this.sight?.disconnect();
    document.removeEventListener("visibilitychange", this.look);
    window.removeEventListener("online", this.look);
  }

  private follow(prefix: string): void {
    this.feed?.pause();
    this.known = nothing();
    this.choose(null);
    const feed = new Feed(prefix, {
      picture: (picture) => this.take(picture),
      state: (state, best) => this.hear(state, best),
    }, calm);
    feed.units = !this.view.units.hidden;
    this.feed = feed;
    void this.fetchRows(prefix, feed);
  }

  private async fetchRows(prefix: string, feed: Feed): Promise<void> {
    const response = await fetch(`${prefix}rows2d`).catch(() => null);
    if (!response?.ok || this.feed !== feed) return;
    this.known.rows = (await response.json()) as Rows;
    this.schedule();
  }

  private take(picture: Picture): void {
    const now = performance.now();
    const { known } = this;
    known.before = this.shownField(now);
    this.takes = calm() ? 0 : Math.min(MOST_MS, Math.max(LEAST_MS, now - this.cameAt));
    this.cameAt = now;
    if (!picture.layers.length && known.picture && !this.view.units.hidden) picture.layers = known.picture.layers;
    known.picture = picture;
    known.count += 1;
    this.schedule();
  }

  /** The field as it is on the screen now: the next picture sets out from there. */
  private shownField(now: number): Values | null {
    const { picture, before } = this.known;
    if (!picture || picture.frame.kind === "classes") return null;
    const field = valuesOf(picture.field);
    return before ? between(before, field, this.share(now)) : field;
  }

  private share(now: number): number {
    return this.takes ? Math.min(1, (now - this.cameAt) / this.takes) : 1;
  }

  private hear(state: string, best: string): void {
    if (state === this.known.state && best === this.known.best) return;
    Object.assign(this.known, { state, best });
    this.schedule();
  }

  private connect(): void {
    const { view } = this;
    document.addEventListener("visibilitychange", this.look);
    window.addEventListener("online", this.look);
    view.toggle.onclick = () => this.open(view.units.hidden !== false);
    view.root.onkeydown = (event) => {
      if (event.key === "Escape" && !view.units.hidden) {
        this.open(false);
        view.toggle.focus();
      }
      // Streamlit reruns on a bare "r" and clears its cache on "c".
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    };
    view.canvas.onpointermove = (event) => this.point([event.offsetX / view.canvas.clientWidth, event.offsetY / view.canvas.clientHeight]);
    view.canvas.onpointerleave = () => this.point(null);
    view.frame.onkeydown = (event) => this.lead(event);
    view.frame.onblur = () => this.point(null);
  }

  private open(shown: boolean): void {
    this.view.units.hidden = !shown;
    this.view.toggle.setAttribute("aria-expanded", String(shown));
    if (this.feed) this.feed.units = shown;
    if (!shown) this.choose(null);
    this.schedule();
  }

  private choose(unit: Chosen | null): void {
    this.chosen = unit;
    this.schedule();
  }

  private point(place: Place | null, isLed = false): void {
    this.pointed = place;
    this.isLed = isLed && place !== null;
    setAttribute(this.view.status, "aria-live", this.isLed ? "polite" : "off");
    this.schedule();
  }

  private lead(event: KeyboardEvent): void {
    const place = led(this.pointed, event.key);
    if (event.key === "Escape" && this.pointed) this.point(null);
    else if (place) this.point(place, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private seen(isInView: boolean): void {
    this.isInView = isInView;
    this.look();
  }

  /** Ask for pictures only while somebody can see them. */
  private look = (): void => {
    if (document.hidden || !this.isInView) this.feed?.pause();
    else this.feed?.wake();
  };

  private schedule(): void {
    if (!this.frame) this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  private draw(now: number): void {
    this.frame = 0;
    const { view, known, painter } = this;
    if (!view.root.isConnected) return;
    applyTheme(view.root);
    const look = readLook(view.root);
    this.say(look);
    if (!view.units.hidden) this.panel.show(known.picture?.layers.length ? known.picture : null, look, this.whyNoUnits());
    if (!painter.fit()) return;
    const grid = this.chosen && known.picture?.layers[this.chosen.layer]?.grids[this.chosen.unit];
    if (grid) painter.unit(grid, known.rows, look);
    else if (known.picture) painter.field(known.picture, known.before, this.share(now), known.rows, look);
    else painter.empty(known.rows, look);
    if (this.pointed && this.isLed && !grid) painter.ring(this.pointed, look);
    if (known.picture && known.before && this.share(now) < 1) this.schedule();
  }

  private whyNoUnits(): string {
    if (!this.known.picture || !this.known.picture.frame.is_last) return "Drawn with the next picture.";
    return "This network has no hidden units.";
  }

  private say(look: Look): void {
    const { view, known } = this;
    const frame = known.picture?.frame ?? null;
    fillLegend(view.legend, known.rows, look);
    view.empty.hidden = known.picture !== null;
    setText(view.empty, emptyText(known.state));
    view.toggle.hidden = frame?.is_last === true && !known.picture?.layers.length;
    setText(view.corner, this.cornerText());
    setText(view.status, this.statusText());
    setAttribute(view.canvas, "aria-label", summary(frame, known.best, known.rows));
    setAttribute(view.root, "data-pictures", String(known.count));
    setAttribute(view.root, "data-run", this.data.run);
  }

  private chosenLayer(): [Picture["layers"][number], number] | null {
    const layer = this.chosen ? this.known.picture?.layers[this.chosen.layer] : undefined;
    return layer && this.chosen && this.chosen.unit < layer.grids.length ? [layer, this.chosen.unit] : null;
  }

  private cornerText(): string {
    const unit = this.chosenLayer();
    if (unit) return unitName(...unit);
    return this.known.picture ? epochText(this.known.picture.frame, this.known.best) : "";
  }

  private statusText(): string {
    const unit = this.chosenLayer();
    if (unit) return unitText(...unit);
    const { picture, rows } = this.known;
    if (!picture) return "";
    return this.pointed && rows ? placeText(picture, rows, ...this.pointed) : scoreText(picture.frame);
  }
}

/** Whether little motion is wanted. */
function calm(): boolean {
  return window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
}
