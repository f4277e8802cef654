/** The parts of the component on the page, made once and then only filled. */
import tokens from "../tokens.css?inline";
import styles from "./live.css?inline";
import { element } from "./dom";
import { buildOptions, type Options } from "./options";

/** A chart with its heading, legend and controls. */
export interface Block {
  box: HTMLElement;
  title: HTMLElement;
  legend: HTMLElement;
  controls: HTMLElement;
  /** Takes the keyboard focus and carries the words for those who do not see it. */
  frame: HTMLElement;
  host: HTMLElement;
  /** Over the plot: the line, the dots and the table at the pointer. */
  hair: HTMLElement;
  dots: HTMLElement;
  reading: HTMLElement;
}

export interface View {
  root: HTMLElement;
  heading: HTMLElement;
  figures: HTMLElement;
  chip: HTMLElement;
  bar: HTMLElement;
  filled: HTMLElement;
  steps: HTMLElement;
  note: HTMLElement;
  message: HTMLElement;
  loss: Block;
  metric: Block;
  rate: Block;
  options: Options;
  bell: HTMLButtonElement;
  scale: HTMLSelectElement;
  whole: HTMLButtonElement;
  chooser: HTMLSelectElement;
  announcer: HTMLElement;
  table: HTMLTableElement;
  happened: HTMLTableElement;
}

export function buildView(): View {
  const heading = element("div", { class: "heading" });
  const figures = element("dl", { class: "figures" });
  const chip = element("span", { class: "chip" });
  const filled = element("span", { class: "filled" });
  const bar = element("div", { class: "bar", role: "progressbar", "aria-label": "Training", "aria-valuemin": "0", "aria-valuemax": "100" }, filled);
  const steps = element("span");
  const note = element("span", { class: "note" });
  const message = element("div", { class: "message", role: "status" });
  const loss = block("Loss");
  const metric = block("");
  const rate = block("Learning rate");
  rate.box.classList.add("strip");
  const options = buildOptions();
  const bell = element("button", { type: "button", class: "quiet-button bell", "aria-pressed": "false" });
  const scale = chooserOf("Scale of the loss", [["linear", "linear"], ["log", "log"]]);
  const whole = element("button", { type: "button", class: "quiet-button all", title: "Double click in the chart, or press 0" }, "All epochs");
  const chooser = chooserOf("Metric of the lower chart", []);
  loss.box.append(whole);
  loss.controls.append(scale, options.box);
  metric.title.after(chooser);
  const announcer = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
  const table = element("table", { class: "unseen" });
  const happened = element("table", { class: "unseen" });
  const root = element(
    "div", { class: "ll live", "data-testid": "live-curves", "data-points": "0", "data-seq": "0" },
    heading, element("div", { class: "top" }, figures, chip), bar, element("div", { class: "under" }, element("div", {}, steps, bell), note),
    message, loss.box, metric.box, rate.box, announcer, table, happened,
  );
  return {
    root, heading, figures, chip, bar, filled, steps, note, message, loss, metric, rate, options, bell, scale, whole, chooser, announcer, table, happened,
  };
}

export function styleSheet(): HTMLStyleElement {
  return element("style", {}, `${tokens}\n${styles}`);
}

function block(title: string): Block {
  const heading = element("h3", {}, title);
  const legend = element("ul", { class: "legend" });
  const controls = element("div", { class: "controls" });
  const host = element("div", { class: "plot", "aria-hidden": "true" });
  const hair = element("div", { class: "hair", hidden: "" });
  const dots = element("div", { class: "dots" });
  const reading = element("div", { class: "reading", hidden: "", "aria-hidden": "true", "data-testid": "reading" });
  const frame = element("div", {
    class: "frame", tabindex: "0", role: "group", "aria-roledescription": "chart",
    "aria-keyshortcuts": "ArrowLeft ArrowRight + - 0 Shift+ArrowLeft Shift+ArrowRight",
  }, host, hair, dots, reading);
  const box = element("section", {}, element("header", {}, heading, legend, controls), frame);
  return { box, title: heading, legend, controls, frame, host, hair, dots, reading };
}

function chooserOf(label: string, options: [string, string][]): HTMLSelectElement {
  const select = element("select", { "aria-label": label });
  setOptions(select, options);
  return select;
}

/** Replace the options of a select, unless they are the same already. */
export function setOptions(select: HTMLSelectElement, options: [string, string][]): void {
  const present = Array.from(select.options, (option) => option.value).join(" ");
  if (present === options.map(([value]) => value).join(" ")) return;
  select.replaceChildren(...options.map(([value, words]) => element("option", { value }, words)));
}
