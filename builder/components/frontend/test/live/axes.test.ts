import { describe, expect, it } from "vitest";
import { plain, valueAt, yPixel, type Frame } from "../../src/live/axes";
import { choosePart, pressKey, rescale, showAll, toggleRun } from "../../src/live/choosing";
import { separate } from "../../src/live/labels";
import { forgetAll, rememberedChoices } from "../../src/live/memory";
import { rangeIn } from "../../src/live/plots";
import { lastEpoch, linearRange, logRange, metricRange, moved } from "../../src/live/ranges";
import { alpha, isDark, palette, parseColour } from "../../src/live/theme";
import { linearTicks, logTicks } from "../../src/live/ticks";

describe("ranges", () => {
  it("show all planned epochs while a run goes on", () => {
    expect(lastEpoch(120, 7.5, false)).toBe(120);
  });

  it("show only what was run when a run ended early", () => {
    expect(lastEpoch(1000, 80, true)).toBe(80);
    expect(lastEpoch(120, 62, true)).toBe(120);
    expect(lastEpoch(120, 0, true)).toBe(120);
  });

  it("begin at 0 for a loss", () => {
    expect(linearRange([0.2, 0.7])).toEqual([0, 0.728]);
    expect(linearRange([])).toEqual([0, 1]);
    expect(linearRange([-1, 1])[0]).toBeLessThan(-1);
  });

  it("leave out what has no logarithm", () => {
    const [low, high] = logRange([0, -1, 0.1, 10]);
    expect(low).toBeLessThan(-1);
    expect(high).toBeGreaterThan(1);
    expect(logRange([0])).toEqual([-2, 0]);
  });

  it("go from a whole ten to 100 per cent for shares", () => {
    expect(metricRange("proportion", [0.86, 0.94])).toEqual([80, 101]);
    expect(metricRange("fraction", [])).toEqual([0, 101]);
    expect(metricRange("error", [40])).toEqual([0, 41.6]);
    expect(metricRange("score", [-0.2, 0.4])[0]).toBeLessThan(-0.2);
  });

  it("move and stretch within the run", () => {
    expect(moved([0, 100], 0.2, 0.5, [0, 100])).toEqual([45, 95]);
    expect(moved([0, 50], -0.5, 1, [0, 100])).toEqual([0, 50]);
    expect(moved([0, 60], 0, 2, [0, 100])).toBeNull();
    expect(moved([-1, 1], -0.5, 1, [-1.5, 2])).toEqual([-1.5, 0.5]);
  });
});

describe("the right end of the epochs", () => {
  it("is the planned one, of a long run twice as far whenever the curves come near it", () => {
    expect([lastEpoch(120, 3, false), lastEpoch(3000, 112, false), lastEpoch(3000, 250, false), lastEpoch(3000, 2000, false)]).toEqual([120, 300, 600, 3000]);
    expect(lastEpoch(3000, 2990, true)).toBe(3000);
  });
});

describe("ticks", () => {
  it("are steps of 1, 2 or 5", () => {
    expect(linearTicks([0, 0.72], 4).ticktext).toEqual(["0.0", "0.2", "0.4", "0.6"]);
    expect(linearTicks([70, 101], 3, 0, " %").ticktext).toEqual(["70 %", "80 %", "90 %", "100 %"]);
    expect(linearTicks([0, 29_000], 4).ticktext).toEqual(["0", "10\u00a0k", "20\u00a0k"]);
  });

  it("are whole epochs at least", () => {
    expect(linearTicks([0, 3], 10, 1).tickvals).toEqual([0, 1, 2, 3]);
  });

  it("of a log scale are plain numbers", () => {
    expect(logTicks([-1.1, 0]).ticktext).toEqual(["0.1", "0.2", "0.3", "0.5", "0.7", "1"]);
    expect(logTicks([0, 20]).tickvals.length).toBeLessThan(10);
  });
});

describe("words at line ends", () => {
  it("stay where they are when they have room", () => {
    expect(separate([100, 20], 17, 0, 300)).toEqual([100, 20]);
  });

  it("are moved apart, in their order, when they touch", () => {
    const [lower, upper] = separate([101, 100], 17, 0, 300) as [number, number];
    expect(lower - upper).toBeCloseTo(17);
  });

  it("stay inside at the edges", () => {
    const placed = separate([299, 300, 298], 17, 4, 300);
    expect(Math.max(...placed)).toBeLessThanOrEqual(300);
    expect(separate([0, 1], 17, 4, 300)[0]).toBeGreaterThanOrEqual(4);
    expect(separate([], 17, 0, 300)).toEqual([]);
  });

  it("go to pixels and back on both scales", () => {
    for (const scale of ["linear", "log"] as const) {
      const frame = { width: 800, height: 300, x: [0, 1], y: [-1, 1], scale } as unknown as Frame;
      expect(valueAt(frame, yPixel(frame, 0.4))).toBeCloseTo(0.4);
    }
  });

  it("cannot become tags", () => {
    expect(plain("<b>a & b</b> %{x}")).toBe("&lt;b&gt;a &amp; b&lt;/b&gt; % {x}");
  });
});

describe("what a person chooses", () => {
  it("is kept by the runs it was chosen for", () => {
    forgetAll();
    choosePart(rememberedChoices(["a1"]), { x: [3, 9], y: null }, "loss");
    expect(rememberedChoices(["a1"]).zoom).toEqual({ x: [3, 9], loss: null, metric: null });
    expect(rememberedChoices(["b2"]).zoom.x).toBeNull();
  });

  it("keeps the heights of the two charts apart", () => {
    const choices = rememberedChoices(["c3"]);
    choosePart(choices, { x: null, y: [0, 1] }, "metric");
    choosePart(choices, { x: null, y: [0, 2] }, "loss");
    expect(choices.zoom).toEqual({ x: null, loss: [0, 2], metric: [0, 1] });
    rescale(choices, "log");
    expect(choices.zoom.loss).toBeNull();
    showAll(choices);
    expect(choices.zoom.metric).toBeNull();
  });

  it("can be done with keys", () => {
    const choices = rememberedChoices(["d4"]);
    expect(pressKey(choices, "+", [0, 100])).toBe(true);
    expect(choices.zoom.x).toEqual([25, 75]);
    pressKey(choices, "ArrowRight", [0, 100]);
    expect(choices.zoom.x).toEqual([35, 85]);
    pressKey(choices, "-", [0, 100]);
    expect(choices.zoom.x).toBeNull();
    expect(pressKey(choices, "q", [0, 100])).toBe(false);
  });

  it("hides a run and shows it again", () => {
    const choices = rememberedChoices(["e5", "f6"]);
    toggleRun(choices, "e5");
    expect([...choices.hidden]).toEqual(["e5"]);
    toggleRun(choices, "e5");
    expect(choices.hidden.size).toBe(0);
  });

  it("is read from either form of Plotly's event", () => {
    expect(rangeIn({ "xaxis.range[0]": 1, "xaxis.range[1]": 2 }, "xaxis")).toEqual([1, 2]);
    expect(rangeIn({ "yaxis.range": [0, 5] }, "yaxis")).toEqual([0, 5]);
    expect(rangeIn({ "xaxis.autorange": true }, "xaxis")).toBeNull();
  });
});

describe("colours", () => {
  it("are read in the notations of the page", () => {
    expect(parseColour("#fff")).toEqual([255, 255, 255]);
    expect(parseColour("rgb(31, 95, 196)")).toEqual([31, 95, 196]);
    expect(parseColour("unset")).toBeNull();
  });

  it("tell dark pages from light ones", () => {
    expect([isDark("#141816"), isDark("#FFFFFF"), isDark("")]).toEqual([true, false, false]);
  });

  it("get an opacity that Plotly understands", () => {
    expect(alpha("#1F5FC4", 0.45)).toBe("rgba(31,95,196,0.45)");
    expect(alpha("red", 0.5)).toBe("red");
  });

  it("of the runs come from the page, else from the theme", () => {
    expect(palette("#111111,rgb(1, 2, 3)")).toEqual(["#111111", "rgb(1, 2, 3)"]);
    expect(palette("").length).toBe(10);
  });
});
