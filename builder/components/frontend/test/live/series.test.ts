import { describe, expect, it } from "vitest";
import { BATCH_LIMIT, batchLines, bestEpoch, column, emptySeries, epochsDone, merge, pointCount, reached, thin } from "../../src/live/series";
import { answer, example, values } from "./examples";

describe("answers are merged", () => {
  it("by appending what is new", () => {
    const series = example();
    expect(merge(series, answer({ seq: 25, epoch: [[5, values(0.1, 0.3)]], batch: [[4.9, 0.15]] }))).toBe(true);
    expect(column(series, "loss").x).toEqual([0, 1, 2, 3, 4, 5]);
    expect(reached(series)).toBe(5);
    expect(series.seq).toBe(25);
  });

  it("without doubling a row that comes twice", () => {
    const series = example();
    merge(series, answer({ seq: 20, epoch: [[4, values(0.5, 0.6)]], batch: [[1.5, 0.9]] }));
    expect(column(series, "loss").y.at(-1)).toBe(0.5);
    expect(pointCount(series)).toBe(8);
  });

  it("in the order of x, whatever order they come in", () => {
    const series = emptySeries("a1");
    merge(series, answer({ batch: [[2, 0.2], [1, 0.1], [3, 0.3]] }));
    expect(series.batches.map(([x]) => x)).toEqual([1, 2, 3]);
  });

  it("as no news when only the progress changed", () => {
    const series = example();
    expect(merge(series, answer({ seq: 20 }))).toBe(false);
    expect(epochsDone(series)).toBe(4);
  });

  it("from the beginning when the store was replaced", () => {
    const series = example();
    expect(merge(series, answer({ seq: 3 }))).toBe(true);
    expect([series.seq, pointCount(series)]).toEqual([0, 0]);
  });

  it("leaving out what is not a number", () => {
    const series = emptySeries("a1");
    merge(series, answer({ epoch: [[1, { loss: null, val_loss: 0.4 }]], batch: [[0.5, null]] }));
    expect(column(series, "loss").x).toEqual([]);
    expect(column(series, "val_loss").y).toEqual([0.4]);
    expect(series.batches).toEqual([]);
  });
});

describe("thinning", () => {
  it("keeps the highest and the lowest point of each part", () => {
    const points = Array.from({ length: 1000 }, (_, i): [number, number] => [i, i === 500 ? 99 : i % 7]);
    const kept = thin(points, 100);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept).toContainEqual([500, 99]);
    expect(kept.map(([x]) => x)).toEqual([...kept.map(([x]) => x)].sort((a, b) => a - b));
  });

  it("bounds the batch points of a long run", () => {
    const series = emptySeries("a1");
    for (let at = 0; at < 10; at += 1) {
      merge(series, answer({ seq: at + 1, batch: Array.from({ length: 1000 }, (_, i): [number, number] => [at + i / 1000, i]) }));
    }
    expect(series.batches.length).toBeLessThanOrEqual(BATCH_LIMIT);
    expect(reached(series)).toBeCloseTo(9.999);
  });
});

describe("batch losses", () => {
  it("are joined where they are dense, and never across what is not known", () => {
    const series = example({ batch: [[0.1, 1], [0.6, 2], [1.2, 3], [4, 4], [4.2, 5]] });
    expect(batchLines(series)).toEqual({ x: [0.1, 0.6, 1.2, 1.2, 4, 4.2, 4.2], y: [1, 2, 3, null, 4, 5, null] });
  });

  it("are not drawn at all where only one in many epochs is known", () => {
    expect(batchLines(example({ batch: [[0.1, 1], [2, 2], [4, 3]] })).x).toEqual([]);
  });
});

describe("the best epoch", () => {
  it("is the one the store tells", () => {
    expect(bestEpoch(example({ best: { epoch: 3, val_loss: 0.25 } }))).toEqual({ epoch: 3, value: 0.25, metric: "val_loss" });
  });

  it("is the lowest validation loss where the store tells none", () => {
    expect(bestEpoch(example())).toEqual({ epoch: 2, value: 0.19, metric: "val_loss" });
  });

  it("is the lowest training loss where there is no validation", () => {
    expect(bestEpoch(example({ epoch: [[0, { loss: 0.1 }], [1, { loss: 0.4 }], [2, { loss: 0.3 }]] }))?.epoch).toBe(2);
  });

  it("is none before the first epoch", () => {
    expect(bestEpoch(emptySeries("a1"))).toBeNull();
  });
});
