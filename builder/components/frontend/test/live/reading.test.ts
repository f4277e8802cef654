import { describe, expect, it } from "vitest";
import { placing, wholeAxis } from "../../src/live/across";
import { bandOf } from "../../src/live/bands";
import { entriesOf } from "../../src/live/entries";
import { sharedPasts } from "../../src/live/forks";
import { happenings, resumedWords, wordsNear } from "../../src/live/happenings";
import { meanInterval, student } from "../../src/live/interval";
import { lossDrawing } from "../../src/live/live";
import { freshChoices } from "../../src/live/memory";
import { nearest, read, stepped } from "../../src/live/reading";
import { shortened } from "../../src/live/overlay";
import { rateChanges, rateDrawing, rateText } from "../../src/live/rate";
import { smoothed } from "../../src/live/smoothing";
import { emptySeries, merge } from "../../src/live/series";
import { unpack, type Packet } from "../../src/live/unpack";
import type { Origin } from "../../src/live/types";
import { answer, example, sight, values } from "./examples";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const of = (run: string, origin: Partial<Origin> | null = null): ReturnType<typeof example> =>
  ({ ...example({ run, origin: origin && { run: "a1", number: 3, epoch: 2, change: "", ...origin } }), run });

describe("the numbers at the pointer", () => {
  const drawing = lossDrawing(example({ rows: { train: 200, validation: 100, measured: 64 }, epoch: [
    [0, { ...values(0.69, 0.7), val_loss_se: 0.02 }], [1, { ...values(0.4, 0.42), loss_se: 0.01, val_loss_se: 0.02 }],
  ] }), sight());

  it("are those of the nearest epoch, validation with its interval first", () => {
    const reading = read(drawing, 1.4)!;
    expect(reading.title).toBe("Epoch 1");
    expect(reading.rows.map(({ name, words }) => `${name} ${plain(words)}`)).toEqual(
      ["validation 0.420 (0.387 to 0.453)", "training 0.400 (0.384 to 0.416), on 64 rows", "Keras’ running mean 0.450"]);
  });

  it("tell on how many rows training was measured where the doubt is known", () => {
    const series = example({ rows: { train: 200, validation: 100, measured: 64 }, epoch: [[1, { loss: 0.4, loss_se: 0.01 }]] });
    expect(read(lossDrawing(series, sight()), 1)!.rows[0]!.words).toBe("0.400 (0.384 to 0.416), on 64 rows");
  });

  it("are none far from any point, except for what happened there", () => {
    expect(read(drawing, 60)).toBeNull();
    expect(read(drawing, 60, ["Paused"])!.notes).toEqual(["Paused"]);
  });

  it("go from point to point by key, from the last one on", () => {
    expect(stepped(drawing, null, -1)).toBe(1);
    expect(stepped(drawing, 1, -1)).toBe(0);
    expect(stepped(drawing, 0, -1)).toBe(0);
  });

  it("leave out a line that has ended long before", () => {
    const ghost = { id: "g", label: "run 5", series: example() };
    const long = example({ epoch: Array.from({ length: 60 }, (_, epoch): [number, ReturnType<typeof values>] => [epoch, values(0.3, 0.4)]) });
    const both = lossDrawing(long, sight(), [ghost]);
    expect(read(both, 3)!.rows.map(({ name }) => name)).toContain("run 5");
    expect(read(both, 50)!.rows.map(({ name }) => name)).not.toContain("run 5");
  });

  it("find the nearest of growing values", () => {
    expect([nearest([1, 2, 4], 2.9), nearest([1, 2, 4], 3.1), nearest([1, 2, 4], -9), nearest([1, 2, 4], 99)]).toEqual([1, 2, 0, 2]);
  });
});

describe("smoothing", () => {
  it("leaves a constant as it is, from the first value on", () => {
    expect(smoothed({ x: [0, 1, 2, 3], y: [5, 5, 5, 5] }, 0.9, 4).y).toEqual([5, 5, 5, 5]);
  });

  it("weighs what came before by its distance, without the pull of a start value", () => {
    expect(smoothed({ x: [0, 1, 2], y: [1, 0, 0] }, 0.5, 3).y).toEqual([1, 0.5 / 1.5, 0.25 / 1.75]);
    expect(smoothed({ x: [0, 2], y: [1, 0] }, 0.5, 3).y[1]).toBeCloseTo(0.25 / 1.25);
  });

  it("takes a two hundredth of a long run for one step", () => {
    expect(smoothed({ x: [0, 100], y: [1, 0] }, 0.5, 20_000).y[1]).toBeCloseTo(0.5 / 1.5);
  });

  it("keeps the raw line faint behind, and tells both values", () => {
    const drawing = lossDrawing(example(), sight({ smoothing: 0.6 }));
    expect(drawing.traces.find((trace) => trace.name === "validation, not smoothed")).toBeDefined();
    expect(read(drawing, 4)!.rows[0]!.words).toMatch(/^0\.\d+ smoothed, 0\.237$/);
  });
});

describe("the x axis", () => {
  const timed = example({ epoch: [0, 1, 2].map((e): [number, ReturnType<typeof values>] => [e, values(0.4, 0.5)]), at: [1, 3, 11], epochs: 4, batch: [] });

  it("counts the time that passed, between known epochs and beyond", () => {
    const place = placing(timed, "time");
    expect([place(0), place(1), place(1.5), place(2), place(3)]).toEqual([1, 3, 7, 11, 16]);
  });

  it("never goes back, though clocks do", () => {
    const place = placing(example({ epoch: timed.epochs, at: [5, 2, 9], batch: [] }), "time");
    expect(place(1)).toBe(5);
  });

  it("begins on a log scale with the first that is known", () => {
    const [low, high] = wholeAxis([example({ batch: [[0.1, 1], [0.2, 1]] })], "log");
    expect([low, high]).toEqual([-1, Math.log10(120)]);
  });

  it("has no place for epoch 0 on a log scale", () => {
    const drawing = lossDrawing(timed, sight({ across: "log" }));
    expect(drawing.told.every(({ x }) => x[0] === 1)).toBe(true);
    expect(rateDrawing(example({ epoch: [[0, { learning_rate: 0.1 }], [1, { learning_rate: 0.1 }]] }), sight({ across: "log" })).told[0]!.x).toEqual([0.5, 1]);
  });

  it("is drawn in each of its ways", () => {
    const axis = (across: "log" | "time"): { type: string; ticktext: string[] } =>
      lossDrawing(timed, sight({ across })).layout.xaxis as { type: string; ticktext: string[] };
    expect(axis("log").type).toBe("log");
    expect(axis("time").ticktext.map(plain)).toContain("10 s");
  });
});

describe("what happened", () => {
  const series = example({ marks: [[2, "kept", "Kept epoch 2."], [2.5, "change", "Learning rate 0.01 to 0.001"], [4.2, "resumed", "Goes on."]] });

  it("stands as ticks on the curve, a change the highest", () => {
    const shapes = lossDrawing(series, sight()).layout.shapes as { x0: number; y1: number; type: string }[];
    const tick = (x: number): number => shapes.find((shape) => shape.x0 === x && shape.y1 < 0.5)!.y1;
    expect(tick(2.5)).toBeGreaterThan(tick(2));
  });

  it("is read where the pointer is near it", () => {
    const { frame } = lossDrawing(series, sight());
    expect(wordsNear(series, frame, (x) => x, (2.5 / 120) * 674)).toEqual(["Kept epoch 2.", "Learning rate 0.01 to 0.001"]);
    expect(wordsNear(series, frame, (x) => x, 300)).toEqual([]);
  });

  it("says shortly after that a run was resumed", () => {
    expect(resumedWords(series, 4.5)).toBe("Resumed from epoch 4");
    expect(resumedWords(series, 40)).toBe("");
  });

  it("includes the fork from which a run began", () => {
    expect(happenings(of("b2", { change: "l2 0 to 0.01" }))[0]).toEqual([2, "change", "Forked from run 3 after epoch 2: l2 0 to 0.01"]);
  });
});

describe("forks", () => {
  it("are drawn from where they part from a run that is shown", () => {
    expect(sharedPasts([of("a1"), of("b2", {}), of("c3", { epoch: 3 })])).toEqual([0, 2, 3]);
  });

  it("of a parent that is not shown share what both have of it", () => {
    expect(sharedPasts([of("b2", { epoch: 3 }), of("c3", { epoch: 2 })])).toEqual([0, 2]);
    expect(sharedPasts([of("b2", {})])).toEqual([0]);
  });
});

describe("a series of runs", () => {
  it("is a mean with its interval by Student's t, and the lowest and the highest", () => {
    const band = bandOf([[[1, 1], [2, 2]], [[1, 3], [2, 4]]]);
    expect([band.x, band.mean, band.lowest, band.highest]).toEqual([[1, 2], [2, 3], [1, 2], [3, 4]]);
    expect(band.high[0]).toBeCloseTo(2 + 6.3138 * Math.SQRT2 / Math.SQRT2);
  });

  it("counts at each epoch the runs that have come so far", () => {
    expect(bandOf([[[0, 1], [1, 1], [2, 1]], [[0, 2], [1, 2]]]).runs).toEqual([2, 2, 1]);
  });

  it("reads between the epochs that a thinned run tells", () => {
    expect(bandOf([[[0, 0], [1, 0], [2, 0]], [[0, 2], [2, 4]]]).mean).toEqual([1, 1.5, 2]);
  });

  it("knows the quantiles of t", () => {
    expect(student(4)).toBe(2.1318);
    expect(student(30)).toBeCloseTo(1.6973, 3);
    expect(meanInterval([3])).toEqual({ mean: 3, low: 3, high: 3 });
  });

  it("stands where its first run stood; a series of one is a run", () => {
    const known = new Map(["a", "b", "c"].map((id) => [id, emptySeries(id)]));
    const runs = ["a", "b", "c"].map((id) => ({ id, label: `run ${id}` }));
    const entries = entriesOf(runs, [{ label: "2 seeds", runs: ["b", "c"] }, { label: "one", runs: ["a"] }], known, ["red", "blue"]);
    expect(entries.map(({ label, colour, members }) => [label, colour, members.length])).toEqual([["run a", "red", 1], ["2 seeds", "blue", 2]]);
  });

  it("has a short name at its line's end", () => {
    expect([shortened("run 7, moons", 10), shortened("5 seeds of digits", 10), shortened("averylongname", 8)]).toEqual(["run 7", "5 seeds", "averylo…"]);
  });
});

describe("the learning rate", () => {
  const rates = (...told: number[]): ReturnType<typeof example> =>
    example({ epoch: told.map((rate, i): [number, Record<string, number>] => [i + 1, { loss: 1, learning_rate: rate }]) });

  it("has a strip of steps on a log axis", () => {
    const { traces, layout } = rateDrawing(rates(0.01, 0.001), sight());
    expect(traces[0]).toMatchObject({ x: [0, 1, 2], y: [0.01, 0.01, 0.001], line: { shape: "vh" } });
    expect((layout.yaxis as { type: string }).type).toBe("log");
  });

  it("shows itself where it changes", () => {
    expect([rateChanges(rates(0.01, 0.01)), rateChanges(rates(0.01, 0.001))]).toEqual([false, true]);
    expect([rateText(0.001), rateText(0.0000025)]).toEqual(["0.001", "2.5e\u22126"]);
  });
});

describe("a packed answer", () => {
  const packet: Packet = {
    seq: 9, stamp: "a.b", whole: true, names: ["loss", "val_loss"], table: [[0, 0.1, 0.7, 0.8], [1, 0.4, 0.5, null]], batch: [[0.5, 0.6]],
    about: { run: "a1", number: 7, name: "moons", epochs: 12, steps: 7, metrics: ["loss"], rows: null }, now: { state: "running", message: null },
    best: null, progress: [1, 7, 48, 3, 2],
  };

  it("is brought back to its full form", () => {
    const told = unpack(packet, emptySeries("a1"))!;
    expect(told.epoch).toEqual([[0, { loss: 0.7, val_loss: 0.8 }], [1, { loss: 0.5 }]]);
    expect([told.at, told.progress!.steps_per_s, told.name, told.state]).toEqual([[0.1, 0.4], 48, "moons", "running"]);
  });

  it("keeps what did not change", () => {
    const series = emptySeries("a1");
    merge(series, unpack(packet, series)!);
    merge(series, unpack({ seq: 10, stamp: "a.c", table: [[2, 0.9, 0.4, 0.6]], now: { state: "paused", message: null } }, series)!);
    expect(series.status).toMatchObject({ name: "moons", state: "paused", epochs: 12, progress: { epoch: 1 } });
    expect([series.epochs.length, series.stamp, series.seq]).toEqual([3, "a.c", 10]);
  });

  it("is not understood by who has forgotten what it builds upon", () => {
    expect(unpack({ seq: 10, stamp: "a.c", table: [] }, emptySeries("a1"))).toBeNull();
  });

  it("in full form stays as it is", () => {
    const told = answer();
    expect(unpack(told, emptySeries("a1"))).toBe(told);
  });
});

describe("a long run", () => {
  it("is a line of every so manieth epoch over the ground of those between", () => {
    const series = emptySeries("a1");
    const epoch = Array.from({ length: 200 }, (_, i): [number, ReturnType<typeof values>] => [i * 5, values(0.3, i % 2 ? 0.9 : 0.4)]);
    merge(series, answer({ whole: true, every: 10, epoch, epochs: 1000, is_thinned: true }));
    const drawing = lossDrawing(series, sight());
    expect((drawing.traces.find((trace) => trace.name === "validation")!.y as number[]).slice(0, 99).every((value) => value === 0.4)).toBe(true);
    expect(Math.max(...(drawing.traces.find((trace) => trace.name === "lowest to highest")!.y as number[]))).toBe(0.9);
  });

  it("never sets more points than the screen has pixels", () => {
    const epoch = Array.from({ length: 2900 }, (_, i): [number, ReturnType<typeof values>] => [i, values(Math.sin(i), 0.5)]);
    const drawing = lossDrawing(example({ epoch, epochs: 2900 }), sight());
    expect(Math.max(...drawing.traces.map((trace) => (trace.x as number[]).length))).toBeLessThanOrEqual(1700);
    expect(freshChoices().smoothing).toBe(0);
  });
});
