/** The parts of the component on the page, made once and then only filled. */
import tokens from "../tokens.css?inline";
import { element } from "../live/dom";
import styles from "./learned.css?inline";

export interface View {
  root: HTMLElement;
  corner: HTMLElement;
  /** Takes the keyboard: arrows ask about a place. */
  frame: HTMLElement;
  canvas: HTMLCanvasElement;
  empty: HTMLElement;
  legend: HTMLElement;
  toggle: HTMLButtonElement;
  status: HTMLElement;
  units: HTMLElement;
}

export function buildView(): View {
  const corner = element("span", { class: "corner", "data-testid": "learned-epoch" });
  const canvas = element("canvas", { role: "img", class: "field", "data-testid": "learned-field" });
  const keys = { tabindex: "0", role: "group", "aria-label": "Answers by place", "aria-keyshortcuts": "ArrowLeft ArrowRight ArrowUp ArrowDown Escape" };
  const empty = element("p", { class: "empty" });
  const legend = element("ul", { class: "legend", "aria-label": "Points" });
  const toggle = element("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-controls": "units", title: "What each hidden unit responds to" }, "Hidden units");
  const status = element("p", { class: "status", "data-testid": "learned-status" });
  const units = element("div", { id: "units", class: "units", role: "group", "aria-label": "Hidden units, by layer in the order of the network" });
  units.hidden = true;
  const frame = element("div", { class: "frame", ...keys }, canvas, empty);
  const root = element(
    "section", { class: "ll learned", "data-testid": "learned", "data-pictures": "0" },
    element("header", {}, element("h3", {}, "What it has learned"), corner),
    frame,
    element("div", { class: "under" }, legend, toggle), status, units,
  );
  return { root, corner, frame, canvas, empty, legend, toggle, status, units };
}

export function styleSheet(): HTMLStyleElement {
  return element("style", {}, `${tokens}\n${styles}`);
}
