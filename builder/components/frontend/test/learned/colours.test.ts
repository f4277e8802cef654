import { describe, expect, it } from "vitest";
import { classColour, leadColours, oddsRamp, unitRamp, valueRamp, type Look, type Ramp } from "../../src/learned/colours";
import { REACH } from "../../src/learned/decode";
import { fillByColour, fillByValue } from "../../src/learned/field";
import { SHAPES } from "../../src/learned/shapes";

const look: Look = {
  dark: false, surface: [255, 255, 255], ink: "#000", line: "#ccc", two: [[122, 63, 196], [76, 122, 12]],
  many: [[31, 95, 196], [184, 80, 10], [107, 63, 192]],
};
const colour = (ramp: Ramp, at: number): number[] => [...ramp.slice(at * 3, at * 3 + 3)];
const image = (width: number, height: number): ImageData =>
  ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as unknown as ImageData;

describe("the colours of two classes", () => {
  const ramp = oddsRamp(look, REACH);

  it("are violet and green at the ends and nearly the page's in the middle", () => {
    const [first, middle, last] = [0, 128, 255].map((at) => colour(ramp, at)) as [number[], number[], number[]];
    expect(first[2]! - first[1]!).toBeGreaterThan(40);
    expect(last[1]! - last[2]!).toBeGreaterThan(40);
    expect(Math.min(...middle)).toBeGreaterThan(250);
  });

  it("leave room for points of the same colour", () => {
    for (const part of [0, 1, 2]) expect(Math.abs(colour(ramp, 0)[part]! - look.two[0][part]!)).toBeGreaterThan(30);
  });
});

it("numbers and hidden units are pale at their middle and equally strong on both sides", () => {
  expect(colour(unitRamp(look), 128)).toEqual([255, 255, 255]);
  const [low, high] = [colour(valueRamp(look), 0), colour(valueRamp(look), 255)];
  expect(low).toEqual([149, 101, 208]);
  expect(high).toEqual([112, 149, 61]);
});

it("of several classes the likeliest gives the colour, and its lead the strength", () => {
  const colours = leadColours(look, Uint8Array.from([0, 1, 2]), Uint8Array.from([255, 0, 255]), 3, REACH);
  expect(colour(colours, 1)).toEqual([255, 255, 255]);
  expect(colour(colours, 0)[2]).toBeGreaterThan(colour(colours, 0)[0]!);
});

it("beyond the palette the colours repeat, and ten classes have ten shapes", () => {
  expect(classColour(look, 3, 4)).toEqual(look.many[0]);
  expect(classColour(look, 1, 2)).toEqual(look.two[1]);
  expect(new Set(SHAPES).size).toBe(10);
});

describe("pixels between the values of a grid", () => {
  const field = { width: 2, height: 2, values: Float32Array.from([0, 200, 0, 200]) };
  const grey = Uint8ClampedArray.from({ length: 768 }, (_, i) => Math.floor(i / 3));

  it("run evenly from edge to edge", () => {
    const made = image(5, 2);
    fillByValue(made, field, grey);
    expect([0, 1, 2, 3, 4].map((x) => made.data[x * 4])).toEqual([0, 50, 100, 150, 200]);
    expect(made.data[3]).toBe(255);
  });

  it("run evenly between colours too", () => {
    const made = image(3, 2);
    fillByColour(made, field, Uint8ClampedArray.from([0, 0, 0, 200, 100, 0, 0, 0, 0, 200, 100, 0]));
    expect([...made.data.slice(4, 8)]).toEqual([100, 50, 0, 255]);
  });
});
