import { describe, expect, it } from "vitest";
import { contour, type Segments } from "../../src/learned/contour";

const pairs = (segments: Segments): string[] => {
  const ends: string[] = [];
  for (let i = 0; i < segments.length; i += 2) ends.push(`${segments[i]!.toFixed(3)} ${segments[i + 1]!.toFixed(3)}`);
  return ends;
};

describe("the line where a field crosses a level", () => {
  it("lies between the neighbours by proportion", () => {
    expect(contour([0, 4, 0, 4], 2, 1)).toEqual([0.25, 0, 0.25, 1]);
    expect(contour([0, 0, 4, 4], 2, 3)).toEqual([1, 0.75, 0, 0.75]);
  });

  it("is not there where all is above or below", () => {
    expect([...contour([1, 2, 3, 4], 2, 0), ...contour([1, 2, 3, 4], 2, 9)]).toEqual([]);
  });

  it("cuts off each single corner on its own two sides", () => {
    const low = [0, 0, 0, 0];
    for (let corner = 0; corner < 4; corner += 1) {
      const values = low.with(corner, 2);
      const [a, b, c, d] = contour(values, 2, 1) as [number, number, number, number];
      const [x, y] = [corner % 2, corner < 2 ? 0 : 1];
      expect(Math.hypot(a - x, b - y) + Math.hypot(c - x, d - y), `corner ${corner}`).toBeCloseTo(1);
      const other = contour(values.map((value) => 2 - value), 2, 1);
      expect(new Set(pairs(other)), `all but corner ${corner}`).toEqual(new Set(pairs([a, b, c, d])));
    }
  });

  it("joins opposite corners where the middle is above, and parts them where it is below", () => {
    const near = (segments: Segments, x: number, y: number): boolean => {
      const [a, b, c, d] = segments as [number, number, number, number];
      return Math.hypot(a - x, b - y) < 1 && Math.hypot(c - x, d - y) < 1;
    };
    const joined = contour([9, 0, 0, 9], 2, 1);
    expect([near(joined.slice(0, 4), 1, 0), near(joined.slice(4), 0, 1)]).toEqual([true, true]);
    const parted = contour([3, 0, 0, 3], 2, 2);
    expect([near(parted.slice(0, 4), 0, 0), near(parted.slice(4), 1, 1)]).toEqual([true, true]);
  });

  it("is a closed ring around a hill, as round as the hill", () => {
    const size = 41;
    const hill = Array.from({ length: size * size }, (_, i) => Math.hypot((i % size) - 20, Math.floor(i / size) - 20));
    const ring = contour(hill, size, 10.13);
    const met = new Map<string, number>();
    for (const end of pairs(ring)) met.set(end, (met.get(end) ?? 0) + 1);
    expect(new Set(met.values())).toEqual(new Set([2]));
    for (let i = 0; i < ring.length; i += 2) expect(Math.hypot(ring[i]! - 20, ring[i + 1]! - 20)).toBeCloseTo(10.13, 1);
  });
});
