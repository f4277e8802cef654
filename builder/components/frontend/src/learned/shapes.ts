/** One shape a class, since colour never stands alone: the same order as in the figures of the Data page. */

/** Path data around 0, 0 with a radius of about 1. */
export const SHAPES = [
  "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z", // circle
  "M-.9-.9H.9V.9H-.9Z", // square
  "M0-1.15L1.1.8H-1.1Z", // triangle, point up
  "M0-1.3L1.15 0L0 1.3L-1.15 0Z", // diamond
  "M-.42-1.2H.42V-.42H1.2V.42H.42V1.2H-.42V.42H-1.2V-.42H-.42Z", // cross
  "M-.6-1.15L0-.55L.6-1.15L1.15-.6L.55 0L1.15.6L.6 1.15L0 .55L-.6 1.15L-1.15.6L-.55 0L-1.15-.6Z", // x
  "M0-1.3L.35-.4L1.25-.4L.52.2L.8 1.1L0 .55L-.8 1.1L-.52.2L-1.25-.4L-.35-.4Z", // star
  "M0 1.15L1.1-.8H-1.1Z", // triangle, point down
  "M1.15 0L.58 1H-.58L-1.15 0L-.58-1H.58Z", // hexagon
  "M-1.15-.95L1.15.95V-.95L-1.15.95Z", // bow tie
] as const;

export function shapeOf(classNumber: number): string {
  return SHAPES[classNumber % SHAPES.length]!;
}

const SVG = "http://www.w3.org/2000/svg";

/** A point as it is drawn in the picture, for the legend. */
export function mark(shape: string, colour: string, isHollow = false): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "-1.6 -1.6 3.2 3.2", width: "12", height: "12", "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(name, value);
  }
  const path = document.createElementNS(SVG, "path");
  const paint = isHollow ? { fill: "none", stroke: colour, "stroke-width": "0.5" } : { fill: colour };
  for (const [name, value] of Object.entries({ d: shape, ...paint })) path.setAttribute(name, value);
  svg.append(path);
  return svg;
}
