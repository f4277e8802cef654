import { describe, expect, it } from "vitest";
import { BATCH_LIMIT, envelope, isCrowded, lineOf, pieces, thin, type BatchPoint } from "../../src/live/batches";
import { bestEpoch, column, emptySeries, epochsDone, merge, pointCount, reached } from "../../src/live/series";
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

  it("into nothing when the run went back and all is told again", () => {
    const series = example({ marks: [[3, "kept", "Kept epoch 3."]] });
    merge(series, answer({ seq: 30, whole: true, epoch: [[0, values(0.7, 0.7)]], marks: [[0.5, "resumed", "Goes on."]] }));
    expect(series.epochs.map(([epoch]) => epoch)).toEqual([0]);
    expect(series.batches).toEqual([]);
    expect(series.marks).toEqual([[0.5, "resumed", "Goes on."]]);
  });

  it("into no more epochs than can be drawn, with the spikes and the best one", () => {
    const series = emptySeries("a1");
    const rows = Array.from({ length: 5000 }, (_, i): [number, ReturnType<typeof values>] => [i, values(0.3, i === 2222 ? 50 : 0.4)]);
    merge(series, answer({ seq: 9, best: { epoch: 1233, val_loss: 0.1 }, epoch: rows, at: rows.map(([epoch]) => epoch / 10) }));
    expect(series.epochs.length).toBeLessThanOrEqual(3000);
    expect(series.epochs.map(([epoch]) => epoch)).toEqual(expect.arrayContaining([0, 1233, 2222, 4999]));
    expect(series.times.length).toBe(series.epochs.length);
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
    expect(lineOf(pieces([[0.1, 1], [0.6, 2], [1.2, 3], [4, 4], [4.2, 5]]))).toEqual({ x: [0.1, 0.6, 1.2, 1.2, 4, 4.2, 4.2], y: [1, 2, 3, null, 4, 5, null] });
  });

  it("are not drawn at all where only one in many epochs is known", () => {
    expect(pieces([[0.1, 1], [2, 2], [4, 3]])).toEqual([]);
  });

  it("are the ground that they cover where they are many, from the first to the last and with every spike", () => {
    const points = Array.from({ length: 2000 }, (_, i): BatchPoint => [i / 10, i === 777 ? 99 : (i % 5) / 10]);
    expect(isCrowded(points.length, 674, false)).toBe(true);
    const { x, low, high } = envelope(points, 674);
    expect(x.length).toBeLessThanOrEqual(674 / 4 + 1);
    expect([x[0], x.at(-1)]).toEqual([0, 199.9]);
    expect([Math.max(...high), Math.min(...low)]).toEqual([99, 0]);
  });

  it("are a line while there is room for one, unless they stand for stretches", () => {
    expect(isCrowded(100, 674, false)).toBe(false);
    expect(isCrowded(100, 674, true)).toBe(true);
  });

  it("are not pinched at the end by a stretch of one point", () => {
    const points = Array.from({ length: 9 }, (_, i): BatchPoint => [i, i % 2]);
    const { low, high } = envelope(points, 8);
    expect(high.map((top, i) => top - low[i]!)).toEqual([1, 1]);
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
