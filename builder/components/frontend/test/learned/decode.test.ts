import { describe, expect, it } from "vitest";
import { at, decode, nearest, probability } from "../../src/learned/decode";
import { frame, packed, SLOPE } from "./examples";

const units = { layer: "hidden", type: "Dense", of: 9, width: 2, height: 2, middle: 0, reach: [1.5, 0] };

describe("a picture that comes over the line", () => {
  it("has the field that was sent", () => {
    const picture = decode(packed(frame(), [{ width: 4, values: SLOPE }]));
    expect([...picture.field.values]).toEqual(SLOPE);
    expect(picture.frame.epoch).toBe(62);
    expect([picture.lead, picture.layers]).toEqual([null, []]);
  });

  it("has the likeliest class, its lead, and each hidden unit in order", () => {
    const winners = SLOPE.map((_, i) => i % 3);
    const sent = [{ width: 4, values: winners }, { width: 4, values: SLOPE }, { width: 2, values: [1, 255, 128, 7] }, { width: 2, values: [128, 128, 128, 128] }];
    const picture = decode(packed(frame({ kind: "classes", units: [units] }), sent));
    expect([...picture.field.values]).toEqual(winners);
    expect([...picture.lead!.values]).toEqual(SLOPE);
    expect(picture.layers[0]!.grids.map((grid) => [...grid.values])).toEqual([[1, 255, 128, 7], [128, 128, 128, 128]]);
  });

  it("is refused where it is cut off", () => {
    const whole = packed(frame(), [{ width: 4, values: SLOPE }]);
    expect(() => decode(whole.subarray(0, whole.length - 1))).toThrow(RangeError);
  });
});

describe("a value between the grid's own", () => {
  const grid = { width: 4, height: 3, values: Uint8Array.from(SLOPE) };

  it("is mixed of its four neighbours", () => {
    expect(at(grid, 0, 0)).toBe(0);
    expect(at(grid, 1, 1)).toBe(255);
    expect(at(grid, 1 / 6, 0)).toBeCloseTo(40);
    expect(at(grid, 1 / 6, 1 / 4)).toBeCloseTo(45);
  });

  it("stays inside the grid", () => {
    expect([at(grid, -3, 9), nearest(grid, -3, 9)]).toEqual([20, 20]);
  });
});

it("log odds become probabilities", () => {
  expect(probability(127.5)).toBeCloseTo(0.5);
  expect(probability(255)).toBeCloseTo(0.9975, 3);
  expect(probability(0) + probability(255)).toBeCloseTo(1);
});
