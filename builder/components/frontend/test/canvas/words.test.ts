import { describe, expect, it, test } from "vitest";
import { EMPTY } from "../../src/canvas/design/document";
import { wire } from "../../src/canvas/design/edits";
import { luminance } from "../../src/canvas/page/theme";
import { bytes, count, firstShape, grouped, plain, shape, shapeList } from "../../src/canvas/words/numbers";
import { settings, subtitle } from "../../src/canvas/words/subtitle";
import { parse, written } from "../../src/canvas/words/values";
import { catalog, chain, node, param } from "./drawings";

describe("numbers", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [4640, "4\u2009640"],
    [9999, "9\u2009999"],
    [12345, "12.3\u2009k"],
    [999_499, "999\u2009k"],
    [4_200_000, "4.2\u2009M"],
    [15_052_900_000, "15.1\u2009G"],
    [-5, "\u22125"],
  ])("%s is written %s", (value, text) => expect(count(value)).toBe(text));

  it("writes every digit where asked, and sizes", () => {
    expect(grouped(12448)).toBe("12\u2009448");
    expect(bytes(28_480)).toBe("28.5\u2009kB");
    expect(bytes(12)).toBe("12\u2009B");
    expect(plain(1 / 16, true)).toBe("1/16");
    expect(plain(0.001)).toBe("0.001");
    expect(plain(-0.5)).toBe("\u22120.5");
  });

  it("writes shapes of one sample, unknown lengths as n", () => {
    expect(shape([28, 28, 16])).toBe("28×28×16");
    expect(shape([null, 8])).toBe("n×8");
    expect(shape([])).toBe("1 value");
    expect(shapeList([[4], [5]])).toEqual([[4], [5]]);
    expect(firstShape([64])).toEqual([64]);
    expect(firstShape(null)).toBeNull();
  });
});

describe("subtitles", () => {
  const told = (type: string, params: object): string => settings(catalog.layer(type), type, params as never);

  test.each([
    ["Dense", { units: 64, activation: "relu" }, "64 units, relu"],
    ["Conv2D", { filters: 16, kernel_size: 3, activation: "relu" }, "16 of 3×3, relu"],
    ["Conv2D", { filters: 16, kernel_size: [3, 5], padding: "same" }, "16 of 3×5, same"],
    ["Rescaling", { scale: 0.0625 }, "× 1/16"],
    ["Rescaling", { scale: 2, offset: -1 }, "× 2 \u2212 1"],
    ["Dropout", { rate: 0.2 }, "0.2"],
    ["InputLayer", { shape: [8, 8, 1] }, "8×8 images"],
    ["InputLayer", { shape: [64] }, "64 values"],
    ["InputLayer", { shape: [null, 3] }, "n steps of 3"],
    ["Dense", { units: 1, use_bias: false }, "1 unit, no bias"],
    ["Dense", { units: 8, use_bias: true }, "8 units"],
    ["NoSuch", { strength: 0.5, on: true }, "strength 0.5, on"],
  ])("%s %o", (type, params, text) => expect(told(type, params)).toBe(text));

  it("name what a merge joins and what a call shares", () => {
    const net = {
      ...chain("a", "b"),
      nodes: [...chain("a", "b").nodes, node("sum", "Add"), node("again", "Call", { of: "b" })],
      edges: [wire("a", "sum"), wire("b", "sum")],
    };
    expect(subtitle(net, catalog, net.nodes[2]!)).toBe("Add · a + b");
    expect(subtitle(net, catalog, net.nodes[3]!)).toBe("Dense · shares b");
    expect(subtitle(EMPTY, null, node("x", "Odd"))).toBe("Odd");
  });
});

describe("typed settings", () => {
  const units = param("units", "int", { minimum: 1, required: true });

  it("reads whole numbers and says what is needed", () => {
    expect(parse(units, "64")).toEqual({ ok: true, value: 64 });
    expect(parse(units, "0")).toEqual({ ok: false, reason: "units must be a whole number from 1; it is 0." });
    expect(parse(units, "1.5")).toMatchObject({ ok: false });
    expect(parse(units, "")).toEqual({ ok: false, reason: "units must be a whole number from 1; it is empty." });
    expect(parse(units, "9".repeat(12))).toMatchObject({ ok: false, reason: expect.stringContaining("too large") });
  });

  it("reads numbers, fractions, lists and unknown lengths", () => {
    expect(parse(param("scale", "float"), "1/16")).toEqual({ ok: true, value: 0.0625 });
    expect(parse(param("rate", "float", { maximum: 1 }), "1e3")).toMatchObject({ ok: false });
    expect(parse(param("shape", "shape"), "8, 8, 1")).toEqual({ ok: true, value: [8, 8, 1] });
    expect(parse(param("shape", "shape"), "(n, 3)")).toEqual({ ok: true, value: [null, 3] });
    expect(parse(param("shape", "shape"), "8, x8.5")).toMatchObject({ ok: false });
    expect(parse(param("size", "ints", { length: 2 }), "3")).toEqual({ ok: true, value: 3 });
    expect(parse(param("size", "ints", { length: 2 }), "3 3 3")).toMatchObject({ ok: false });
    expect(parse(param("factor", "json"), "0.1, 0.2")).toEqual({ ok: true, value: [0.1, 0.2] });
    expect(parse(param("factor", "json"), "{oops")).toMatchObject({ ok: false });
    expect(parse(param("seed", "int", { nullable: true }), "")).toEqual({ ok: true, value: null });
  });

  it("writes values as they are typed", () => {
    expect(written(param("shape", "shape"), [8, null, 1])).toBe("8, n, 1");
    expect(written(units, 64)).toBe("64");
    expect(written(param("x", "json"), { a: 1 })).toBe('{"a":1}');
    expect(written(units, null)).toBe("");
  });
});

test("the theme is read from the luminance of the background", () => {
  expect(luminance("#141816")).toBeLessThan(0.5);
  expect(luminance("rgb(255, 255, 255)")).toBeGreaterThan(0.5);
  expect(luminance("#fff")).toBeCloseTo(1);
  expect(luminance("unset")).toBe(1);
});
