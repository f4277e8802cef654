/** Making elements without HTML strings: what comes from outside is only ever text. */

type Child = Node | string;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Record<string, string> = {}, ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Set text only when it differs, so that nothing is announced or laid out anew without need. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

const SVG = "http://www.w3.org/2000/svg";

/** A small picture from path data; `stroke` paths only, in the colour of the text. */
export function icon(path: string, size = 14, filled = false): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 16 16", width: String(size), height: String(size), "aria-hidden": "true", focusable: "false" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, "path");
  const paint = filled
    ? { fill: "currentColor" }
    : { fill: "none", stroke: "currentColor", "stroke-width": "1.6", "stroke-linecap": "round", "stroke-linejoin": "round" };
  for (const [name, value] of Object.entries({ d: path, ...paint })) shape.setAttribute(name, value);
  svg.append(shape);
  return svg;
}

/** A piece of line as it is drawn in the chart, for the legend. */
export function swatch(kind: "line" | "dashed" | "band", colour: string, width: number, opacity = 1): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 18 10", width: "18", height: "10", "aria-hidden": "true", focusable: "false", class: "swatch" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, kind === "band" ? "rect" : "line");
  const place = kind === "band"
    ? { x: "0", y: "0", width: "18", height: "10", rx: "2", fill: colour }
    : { x1: "0", y1: "5", x2: "18", y2: "5", stroke: colour, "stroke-width": String(width), ...(kind === "dashed" ? { "stroke-dasharray": "5 3" } : {}) };
  for (const [name, value] of Object.entries({ ...place, opacity: String(opacity) })) shape.setAttribute(name, value);
  svg.append(shape);
  return svg;
}
