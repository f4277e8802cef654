/** Plotly in a shadow root: loaded when needed, drawn in place, telling which part a person chose to look at. */
import type { PlotDiv, PlotlyModule } from "plotly.js-basic-dist-min";
import type { Drawing } from "./axes";
import type { Range } from "./ranges";

let loading: Promise<PlotlyModule> | null = null;

/** 1.2 MB, fetched once and only where a chart is shown. A failed load is tried again at the next call. */
export function loadPlotly(): Promise<PlotlyModule> {
  loading ??= import("plotly.js-basic-dist-min").then((module) => module.default).catch((reason: unknown) => {
    loading = null;
    throw reason;
  });
  return loading;
}

const STYLE_ID = "plotly.js-style-global";

/** Plotly writes its CSS into the document's head, where a shadow root does not see it: copy it. */
export function copyPlotlyStyle(root: Node): void {
  if (!(root instanceof ShadowRoot) || root.getElementById("plotly-style")) return;
  const rules = (document.getElementById(STYLE_ID) as HTMLStyleElement | null)?.sheet?.cssRules;
  if (!rules) return;
  const style = document.createElement("style");
  style.id = "plotly-style";
  style.textContent = Array.from(rules, (rule) => rule.cssText).join("\n");
  root.append(style);
}

/** What a person chose by dragging; null for an axis that was left alone. */
export interface Chosen {
  x: Range | null;
  y: Range | null;
}

const CONFIG = { displayModeBar: false, doubleClick: false, scrollZoom: false, showTips: false, responsive: false, displaylogo: false };

export class Plot {
  private dragging = false;
  private gesture = false;
  private waiting: Drawing | null = null;
  private listening = false;
  private look = "";

  constructor(
    private readonly plotly: PlotlyModule,
    private readonly host: PlotDiv,
    private readonly chosen: (part: Chosen) => void,
    private readonly reset: () => void,
  ) {
    host.addEventListener("pointerdown", this.pressed);
    window.addEventListener("pointerup", this.released, true);
    window.addEventListener("pointercancel", this.released, true);
  }

  /** Draw in place, unless it looks as before. While a person drags, the newest drawing waits for the end of the gesture. */
  draw(drawing: Drawing): void {
    if (this.dragging) {
      this.waiting = drawing;
      return;
    }
    const look = fingerprint(drawing);
    if (look === this.look) return;
    this.look = look;
    void this.plotly.react(this.host, drawing.traces, drawing.layout, CONFIG);
    this.listen();
  }

  destroy(): void {
    this.host.removeEventListener("pointerdown", this.pressed);
    window.removeEventListener("pointerup", this.released, true);
    window.removeEventListener("pointercancel", this.released, true);
    this.plotly.purge(this.host);
  }

  private listen(): void {
    if (this.listening || !this.host.on) return;
    this.listening = true;
    copyPlotlyStyle(this.host.getRootNode());
    this.host.on("plotly_relayout", (change) => {
      const part = { x: rangeIn(change, "xaxis"), y: rangeIn(change, "yaxis") };
      if (this.gesture) this.look = ""; // whatever comes next is drawn, also the same as before
      // Plotly also tells of ranges that a drawing set; only those of a gesture are somebody's choice.
      if (this.gesture && (part.x || part.y)) this.chosen(part);
    });
    this.host.on("plotly_doubleclick", () => this.reset());
  }

  private pressed = (): void => {
    this.dragging = true;
    this.gesture = true;
  };

  private settle(): void {
    if (this.dragging) return;
    this.gesture = false;
    const drawing = this.waiting;
    this.waiting = null;
    if (drawing) this.draw(drawing);
  }

  private released = (): void => {
    if (!this.dragging) return;
    this.dragging = false;
    setTimeout(() => this.settle(), SETTLE_MS);
  };
}

/** Tells drawings apart at a hundredth of what it costs to draw one: ends and sums of the lines, and all that stands around. */
export function fingerprint({ traces, layout }: Drawing): string {
  const lines = traces.map(({ x, y, ...rest }) => [rest, ...[x, y].map((values) => sums(values as (number | null)[]))]);
  return JSON.stringify([lines, layout]);
}

function sums(values: (number | null)[]): (number | null | undefined)[] {
  let [sum, weighted] = [0, 0];
  values.forEach((value, i) => {
    sum += value ?? 0;
    weighted += (value ?? 0) * (i % 97);
  });
  return [values.length, values[0], values.at(-1), sum, weighted];
}

/** Plotly finishes its own gesture in the mouseup that follows ours. */
const SETTLE_MS = 80;

/** The new range of an axis in a relayout event, which Plotly tells in two ways. */
export function rangeIn(change: Record<string, unknown>, axis: string): Range | null {
  const whole = change[`${axis}.range`];
  const pair = Array.isArray(whole) ? whole : [change[`${axis}.range[0]`], change[`${axis}.range[1]`]];
  const [low, high] = pair.map(Number);
  return Number.isFinite(low) && Number.isFinite(high) && low! < high! ? [low!, high!] : null;
}
