/** From a grid of bytes to the pixels of a picture, smoothly. */
import type { Ramp } from "./colours";
import type { Grid } from "./decode";

/** Pixels that are worked out; the browser smooths them up to the size on screen. */
export const PIXELS = { width: 200, height: 150 } as const;

/** A grid as decimal numbers, on its way from one picture to the next. */
export interface Values {
  width: number;
  height: number;
  values: Float32Array;
}

export function valuesOf(grid: Grid): Values {
  return { width: grid.width, height: grid.height, values: Float32Array.from(grid.values) };
}

/** The part `share` of the way from one field to another; the other where they differ in size. */
export function between(from: Values, to: Values, share: number): Values {
  if (from.width !== to.width || from.height !== to.height || share >= 1) return to;
  const values = to.values.map((value, i) => from.values[i]! + (value - from.values[i]!) * share);
  return { ...to, values };
}

/** Fill `image` with values between those of the grid, through a ramp of 256 colours. */
export function fillByValue(image: ImageData, field: Values, ramp: Ramp): void {
  eachPixel(image, field, (i, weights, corners) => {
    let value = 0;
    for (let k = 0; k < 4; k += 1) value += weights[k]! * field.values[corners[k]!]!;
    const colour = Math.round(value) * 3;
    for (let part = 0; part < 3; part += 1) image.data[i + part] = ramp[colour + part]!;
  });
}

/** Fill `image` with colours between those of the grid's cells. */
export function fillByColour(image: ImageData, size: { width: number; height: number }, colours: Ramp): void {
  eachPixel(image, size, (i, weights, corners) => {
    for (let part = 0; part < 3; part += 1) {
      let sum = 0;
      for (let k = 0; k < 4; k += 1) sum += weights[k]! * colours[corners[k]! * 3 + part]!;
      image.data[i + part] = sum;
    }
  });
}

type Four = [number, number, number, number];

/** The four cells around each pixel, with their weights. The grid's outer values lie on the image's edge. */
function eachPixel(image: ImageData, grid: { width: number; height: number }, fill: (i: number, weights: Four, corners: Four) => void): void {
  const [weights, corners]: [Four, Four] = [[0, 0, 0, 0], [0, 0, 0, 0]];
  for (let y = 0; y < image.height; y += 1) {
    const row = (y / (image.height - 1)) * (grid.height - 1);
    const top = Math.min(Math.floor(row), grid.height - 2);
    const down = row - top;
    for (let x = 0; x < image.width; x += 1) {
      const column = (x / (image.width - 1)) * (grid.width - 1);
      const left = Math.min(Math.floor(column), grid.width - 2);
      const across = column - left;
      corners[0] = top * grid.width + left;
      corners[1] = corners[0] + 1;
      corners[2] = corners[0] + grid.width;
      corners[3] = corners[2] + 1;
      weights[0] = (1 - across) * (1 - down);
      weights[1] = across * (1 - down);
      weights[2] = (1 - across) * down;
      weights[3] = across * down;
      const i = (y * image.width + x) * 4;
      fill(i, weights, corners);
      image.data[i + 3] = 255;
    }
  }
}
