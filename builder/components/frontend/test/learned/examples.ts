/** Pictures and rows for the tests. */
import type { Frame, Rows } from "../../src/learned/types";

export function frame(rest: Partial<Frame> = {}): Frame {
  return {
    kind: "two", epoch: 62, step: 11, is_epoch_end: true, width: 4, height: 3, low: 0, high: 1,
    train: [329, 350], validation: [69, 75], ...rest,
  };
}

/** The bytes of a picture before gzip: the frame's line and each grid as differences to the plane through its neighbours. */
export function packed(about: Frame, grids: { width: number; values: number[] }[]): Uint8Array {
  const head = new TextEncoder().encode(`${JSON.stringify(about)}\n`);
  const body = grids.flatMap(({ width, values }) => values.map((value, i) => {
    const left = i % width ? values[i - 1]! : 0;
    const above = i >= width ? values[i - width]! : 0;
    const corner = i % width && i >= width ? values[i - width - 1]! : 0;
    return (value - left - above + corner) & 255;
  }));
  return Uint8Array.from([...head, ...body]);
}

export const SLOPE = [0, 80, 160, 240, 10, 90, 170, 250, 20, 100, 180, 255];

export function rows(rest: Partial<Rows> = {}): Rows {
  return {
    axes: ["x", "y"], x: [-4, 4], y: [-3, 3], target: "colour", classes: ["violet", "green"], values: [0, 1],
    train: { rows: 350, class_rows: [175, 175], points: [[0, 0, 0], [1, 1, 1]] },
    validation: { rows: 75, class_rows: [38, 37], points: [[2, -1, 1]] }, ...rest,
  };
}
