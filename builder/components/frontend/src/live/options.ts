/** How the charts are looked at: a small panel behind one button. */
import { ACROSS, type Across } from "./across";
import { element, setText } from "./dom";
import type { Choices } from "./memory";

export interface Options {
  box: HTMLDetailsElement;
  across: HTMLSelectElement;
  smoothing: HTMLInputElement;
  strength: HTMLElement;
  ghosts: HTMLInputElement;
  rate: HTMLInputElement;
}

/** What can be chosen where: without earlier runs or rates there is nothing to switch. */
export interface Offered {
  ghosts: boolean;
  rate: boolean;
  rateShown: boolean;
}

export function buildOptions(): Options {
  const across = element("select", {}, ...ACROSS.map(([value, words]) => element("option", { value }, words)));
  const smoothing = element("input", { type: "range", min: "0", max: "0.99", step: "0.01" });
  const strength = element("output");
  const ghosts = element("input", { type: "checkbox" });
  const rate = element("input", { type: "checkbox" });
  const panel = element("div", { class: "panel" },
    element("label", {}, element("span", {}, "x axis"), across),
    element("label", {}, element("span", {}, "Smoothing"), smoothing, strength),
    element("label", { class: "tick" }, ghosts, "Earlier runs"), element("label", { class: "tick" }, rate, "Learning rate"));
  const box = element("details", { class: "options" }, element("summary", { class: "quiet-button" }, "View"), panel);
  return { box, across, smoothing, strength, ghosts, rate };
}

/** Listen to the panel; a click beside it or Escape closes it. Returns what ends the listening. */
export function listenToOptions(options: Options, alter: (change: (choices: Choices) => void) => void, across: (choices: Choices, to: Across) => void): () => void {
  const { box } = options;
  options.across.onchange = () => alter((choices) => across(choices, options.across.value as Across));
  options.smoothing.oninput = () => alter((choices) => (choices.smoothing = Number(options.smoothing.value)));
  options.ghosts.onchange = () => alter((choices) => (choices.ghosts = options.ghosts.checked));
  options.rate.onchange = () => alter((choices) => (choices.rate = options.rate.checked));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary")!.focus();
  });
  const beside = (event: Event): void => {
    if (box.open && !event.composedPath().includes(box)) box.open = false;
  };
  document.addEventListener("pointerdown", beside, true);
  return () => document.removeEventListener("pointerdown", beside, true);
}

export function fillOptions(options: Options, choices: Choices, offered: Offered): void {
  options.across.value = choices.across;
  if (Number(options.smoothing.value) !== choices.smoothing) options.smoothing.value = String(choices.smoothing);
  setText(options.strength, choices.smoothing ? choices.smoothing.toFixed(2) : "none");
  options.ghosts.checked = choices.ghosts;
  options.rate.checked = offered.rateShown;
  options.ghosts.parentElement!.hidden = !offered.ghosts;
  options.rate.parentElement!.hidden = !offered.rate;
  const altered = choices.across !== "epochs" || choices.smoothing > 0;
  options.box.classList.toggle("altered", altered);
}
