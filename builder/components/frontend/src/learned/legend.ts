/** Below the picture: which mark is which class, with its rows; for numbers, which colour is how much. */
import { element } from "../live/dom";
import { whole } from "../live/numbers";
import { classColour, css, valueColour, type Look } from "./colours";
import { mark, shapeOf } from "./shapes";
import type { Rows } from "./types";
import { number } from "./words";

const STEPS = 9;

/** Fill the legend; nothing is touched while it says the same. */
export function fillLegend(list: HTMLElement, rows: Rows | null, look: Look): void {
  const stamp = JSON.stringify([rows && [rows.classes, rows.values, rows.train.rows, rows.validation.rows], look.dark]);
  if (list.dataset.stamp === stamp) return;
  list.dataset.stamp = stamp;
  list.replaceChildren(...(rows ? [...(rows.classes.length ? classes(rows, look) : [scale(rows, look)]), ...validation(rows)] : []));
}

function classes(rows: Rows, look: Look): HTMLElement[] {
  return rows.classes.map((name, i) => {
    const count = (rows.train.class_rows[i] ?? 0) + (rows.validation.class_rows[i] ?? 0);
    const colour = css(classColour(look, i, rows.classes.length));
    return element("li", { title: `${name}: ${count} rows` }, mark(shapeOf(i), colour), element("span", { class: "name" }, name), count_(count));
  });
}

function validation(rows: Rows): HTMLElement[] {
  if (!rows.validation.rows) return [];
  const shape = mark(shapeOf(0), "currentColor", true);
  return [element("li", { title: "Rows that are measured and not learnt from" }, shape, "validation", count_(rows.validation.rows))];
}

function count_(count: number): HTMLElement {
  return element("span", { class: "count" }, whole(count));
}

/** From the least to the greatest target, with both as numbers. */
function scale(rows: Rows, look: Look): HTMLElement {
  const [low, high] = rows.values;
  const stops = Array.from({ length: STEPS }, (_, i) => css(valueColour(look, i / (STEPS - 1))));
  const bar = element("span", { class: "scale" });
  bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
  return element("li", { title: `Colours of ${rows.target}` }, rows.target, element("span", { class: "count" }, number(low)), bar, element("span", { class: "count" }, number(high)));
}
