import type { Drawing } from "../../src/live/axes";
import { describe, expect, it } from "vitest";
import { lossDrawing, metricDrawing, shownBest, wholeRange } from "../../src/live/live";
import type { Entry } from "../../src/live/entries";
import { overlayDrawing, sharedRange } from "../../src/live/overlay";
import { read } from "../../src/live/reading";
import type { Series } from "../../src/live/series";
import { example, sight, values } from "./examples";

const words = (drawing: Drawing): string[] => (drawing.layout.annotations as { text: string }[]).map((one) => one.text);
const named = (drawing: Drawing, name: string): Record<string, unknown> | undefined => drawing.traces.find((trace) => trace.name === name);
const axis = (drawing: Drawing, name: string): { range: number[]; type: string } => drawing.layout[name] as { range: number[]; type: string };
const ends = (drawing: Drawing): string[] => ((drawing.traces.find((trace) => trace.mode === "text")?.text ?? []) as string[]).map((text) => text.trim());
const shapes = (drawing: Drawing): Record<string, unknown>[] => drawing.layout.shapes as Record<string, unknown>[];

describe("the loss chart", () => {
  it("draws training clean and blue, validation orange, Keras' mean and batches faint", () => {
    const drawing = lossDrawing(example(), sight());
    expect(named(drawing, "training")!.line).toMatchObject({ color: "rgba(31,95,196,1)", width: 2 });
    expect(named(drawing, "validation")!.line).toMatchObject({ color: "rgba(184,80,10,1)", width: 2.4 });
    expect(named(drawing, "Keras’ running mean")!.line).toMatchObject({ color: "rgba(31,95,196,0.45)", width: 1 });
    expect(drawing.traces[0]).toMatchObject({ x: [0.5, 1.5, 1.5], y: [0.6, 0.4, null], hoverinfo: "skip" });
  });

  it("reaches from epoch 0 to the planned end and from 0 upwards", () => {
    const drawing = lossDrawing(example(), sight());
    expect(axis(drawing, "xaxis").range).toEqual([0, 120]);
    expect(axis(drawing, "yaxis").range[0]).toBe(0);
  });

  it("shades what is still to come, and says so", () => {
    const drawing = lossDrawing(example(), sight());
    expect(shapes(drawing)[0]).toMatchObject({ type: "rect", x0: 4.5, x1: 120 });
    expect(words(drawing)).toContain("to come");
  });

  it("says that the rest was not run when the run is over", () => {
    const drawing = lossDrawing(example({ state: "stopped", epochs: 10 }), sight());
    expect(words(drawing)).toContain("not run");
  });

  it("marks the best epoch with a dotted line, an open ring and words", () => {
    const drawing = lossDrawing(example(), sight());
    expect(words(drawing)).toContain("best, epoch 2");
    expect(shapes(drawing)[1]).toMatchObject({ type: "line", x0: 2, x1: 2 });
    expect(drawing.traces.find((trace) => trace.mode === "markers" && (trace.x as number[])[0] === 2)).toMatchObject({ y: [0.19] });
  });

  it("marks no best epoch at the front of a running run, where it would flicker", () => {
    expect(shownBest(example({ best: { epoch: 4, val_loss: 0.1 } }))).toBeNull();
    expect(shownBest(example({ best: { epoch: 4, val_loss: 0.1 }, state: "finished" }))!.epoch).toBe(4);
  });

  it("has words at the line ends", () => {
    expect(ends(lossDrawing(example(), sight()))).toEqual(["training 0.148", "validation 0.237"]);
  });

  it("leaves out words whose line end is not in sight", () => {
    const zoomed = lossDrawing(example(), sight({ zoom: { x: [0, 2], loss: null, metric: null } }));
    expect(ends(zoomed)).toEqual([]);
    expect(words(zoomed)).not.toContain("to come");
  });

  it("keeps the chosen part, and fits the height to it", () => {
    const drawing = lossDrawing(example(), sight({ zoom: { x: [2, 4], loss: null, metric: null } }));
    expect(axis(drawing, "xaxis").range).toEqual([2, 4]);
    expect(axis(drawing, "yaxis").range[1]).toBeCloseTo(0.35 * 1.04);
    expect(axis(lossDrawing(example(), sight({ zoom: { x: null, loss: [0.1, 0.2], metric: null } })), "yaxis").range).toEqual([0.1, 0.2]);
  });

  it("has a log scale", () => {
    const drawing = lossDrawing(example(), sight({ scale: "log" }));
    expect(axis(drawing, "yaxis").type).toBe("log");
    expect(axis(drawing, "yaxis").range[0]).toBeLessThan(Math.log10(0.148));
  });

  it("is an empty frame before the first point", () => {
    const drawing = lossDrawing(example({ epoch: [], batch: [] }), sight());
    expect(drawing.traces).toEqual([]);
    expect(axis(drawing, "yaxis").range).toEqual([0, 1]);
  });

  it("is scaled by its batches before the first epoch", () => {
    expect(axis(lossDrawing(example({ epoch: [], batch: [[0.1, 2], [0.2, 1.8]] }), sight()), "yaxis").range[1]).toBeCloseTo(2.08);
  });
});

describe("the metric chart", () => {
  it("draws shares in per cent with the band of validation", () => {
    const drawing = metricDrawing(example(), "accuracy", sight());
    expect((named(drawing, "validation")!.y as number[]).at(-1)).toBe(90);
    expect(drawing.traces[0]).toMatchObject({ fill: "toself", fillcolor: "rgba(184,80,10,0.16)" });
    expect(ends(drawing)).toEqual(["training 90.0\u00a0%", "validation 90.0\u00a0%"]);
  });

  it("has no band where the metric is no share of rows", () => {
    const series = example({ epoch: [[1, { loss: 1, mean_absolute_error: 41, val_mean_absolute_error: 43 }]] });
    const drawing = metricDrawing(series, "mean_absolute_error", sight());
    expect(drawing.traces.some((trace) => trace.fill)).toBe(false);
    expect(axis(drawing, "yaxis").range).toEqual([0, 43 * 1.04]);
  });

  it("is scaled without epoch 0, whose accuracy is luck", () => {
    const drawing = metricDrawing(example({ rows: null, epoch: [[0, values(1, 1, 0.1)], [1, values(1, 1, 0.92)]] }), "accuracy", sight());
    expect(axis(drawing, "yaxis").range).toEqual([90, 101]);
  });
});

describe("several runs over each other", () => {
  const shown = (series: Series, label: string, colour: string): Entry => ({ key: label, label, colour, members: [series] });
  const two = [shown(example({ state: "finished", epochs: 5 }), "run <7>", "#1f5fc4"), shown(example({ epochs: 10 }), "run 8", "#b8500a")];

  it("have a colour each, training dashed, validation solid", () => {
    const drawing = overlayDrawing(two, "loss", two.map((run) => run.members[0]!), sight());
    expect(named(drawing, "run 8 validation")!.line).toMatchObject({ color: "rgba(184,80,10,1)", dash: "solid" });
    expect(named(drawing, "run 8 training")!.line).toMatchObject({ dash: "5px,4px" });
    expect(named(drawing, "run &lt;7&gt; validation")).toBeDefined();
  });

  it("share an axis as long as the longest of them", () => {
    expect(sharedRange(two.map((run) => run.members[0]!))).toEqual([0, 10]);
    expect(wholeRange(two[0]!.members[0]!)).toEqual([0, 5]);
  });

  it("are compared at the pointer, all at one epoch", () => {
    const drawing = overlayDrawing(two, "loss", two.map((run) => run.members[0]!), sight());
    expect(read(drawing, 3.2)!.title).toBe("Epoch 3");
    expect(read(drawing, 3.2)!.rows.map(({ name, words }) => `${name}: ${words}`)).toEqual([
      "run <7> training: 0.200", "run <7> validation: 0.250", "run 8 training: 0.200", "run 8 validation: 0.250",
    ]);
  });

  it("have words only where their end is at the right", () => {
    expect(ends(overlayDrawing(two, "loss", two.map((run) => run.members[0]!), sight()))).toEqual([]);
    expect(ends(overlayDrawing(two, "loss", two.map((run) => run.members[0]!), sight({ zoom: { x: [0, 4], loss: null, metric: null } })))).toEqual(["run &lt;7&gt; 0.237", "run 8 0.237"]);
  });
});
