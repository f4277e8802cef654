/** The numbers at the pointer, drawn over a chart: a hair, a dot on each line, and a small table. */
import { MARGIN, plotWidth, xAt, xShare, type Drawing } from "./axes";
import { element, swatch } from "./dom";
import { heights, type Reading } from "./reading";
import type { Block } from "./view";

/** Tell where on the x axis the pointer is, null when it left; not while it drags. */
export function followPointer(block: Block, drawing: () => Drawing | null, moved: (x: number | null, pixel: number) => void): void {
  block.frame.addEventListener("pointermove", (event) => {
    const drawn = drawing();
    if (!drawn || event.buttons || event.pointerType === "touch") return;
    const pixel = event.clientX - block.host.getBoundingClientRect().left - MARGIN.l;
    const inside = pixel >= -8 && pixel <= plotWidth(drawn.frame) + 8;
    moved(inside ? xAt(drawn.frame, Math.max(0, Math.min(pixel, plotWidth(drawn.frame)))) : null, pixel);
  });
  block.frame.addEventListener("pointerleave", () => moved(null, 0));
  block.frame.addEventListener("pointerdown", () => moved(null, 0));
}

/** Show the reading in one block, or only its hair where the pointer is elsewhere; null shows nothing. */
export function showReading(block: Block, drawing: Drawing | null, reading: Reading | null, withTable: boolean): void {
  const share = drawing && reading ? xShare(drawing.frame, reading.x) : -1;
  const visible = share >= 0 && share <= 1;
  block.hair.hidden = !visible;
  block.reading.hidden = !visible || !withTable;
  if (!visible || !drawing || !reading) return void block.dots.replaceChildren();
  const left = MARGIN.l + share * plotWidth(drawing.frame);
  block.hair.style.left = `${left}px`;
  block.dots.replaceChildren(...heights(drawing.frame, reading).map((top, i) => dot(left, top + MARGIN.t, reading.rows[i]!.pen.colour)));
  if (!withTable) return;
  fill(block.reading, reading);
  const right = share > 0.55;
  block.reading.style.left = right ? "auto" : `${left + 12}px`;
  block.reading.style.right = right ? `${drawing.frame.width - left + 12}px` : "auto";
}

function dot(left: number, top: number, colour: string): HTMLElement {
  const made = element("i");
  made.style.cssText = `left:${left}px;top:${top}px;background:${colour}`;
  return made;
}

function fill(box: HTMLElement, reading: Reading): void {
  const stamp = JSON.stringify([reading.title, reading.notes, reading.rows.map((row) => [row.name, row.words, row.pen.colour])]);
  if (box.dataset.stamp === stamp) return;
  box.dataset.stamp = stamp;
  const rows = reading.rows.map(({ name, words, pen }) =>
    element("tr", {}, element("td", {}, swatch(pen.dash ? "dashed" : "line", pen.colour, Math.max(1.4, pen.width), pen.opacity)), element("th", {}, name), element("td", {}, words)));
  box.replaceChildren(element("b", {}, reading.title), element("table", {}, ...rows), ...reading.notes.map((words) => element("p", {}, words)));
}

/** The reading as one sentence, for those who listen. */
export function spoken(reading: Reading): string {
  const rows = reading.rows.map(({ name, words }) => `${name} ${words}`);
  return [reading.title, ...rows, ...reading.notes].join(". ");
}
