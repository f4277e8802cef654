/** Are the rows of the analysis ordered, filtered, fetched and worded as they should be? */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ALL, BASIC, COLUMNS, percent, seen } from "../../src/canvas/analysis/columns";
import { readAnalysis, toggledColumn } from "../../src/canvas/analysis/kept";
import { type Asked, around, lines, sortedNext } from "../../src/canvas/analysis/order";
import type { Analysis, AnalysisRow, WeightRow } from "../../src/canvas/analysis/report";
import { type Figures, Source, type Wanted } from "../../src/canvas/analysis/source";
import { EMPTY } from "../../src/canvas/design/document";
import { extent } from "../../src/canvas/words/numbers";
import { formula } from "../../src/canvas/words/formula";
import { analysed, line } from "./figures";

const rows: readonly AnalysisRow[] = [
  line("image", "InputLayer", { params: 0 }),
  line("block", "Model", { params: 300, nested: true }),
  line("block/b", "Dense", { params: 100 }),
  line("block/a", "Dense", { params: 200 }),
  line("conv10", "Conv2D", { params: 50 }),
  line("conv9", "Conv2D", { params: null }),
];
const column = (id: string) => COLUMNS.find((one) => one.id === id)!;
const asked = (more: Partial<Asked> = {}): Asked => ({ sorting: null, columns: COLUMNS, open: new Set(), filter: "", ...more });
const shown = (more: Partial<Asked> = {}): readonly string[] => lines(rows, asked(more)).map(({ row }) => row.id);

describe("the order of lines", () => {
  it("is that of the calls, with networks closed", () => {
    expect(shown()).toEqual(["image", "block", "conv10", "conv9"]);
  });

  it("shows what is inside an open network one step further in", () => {
    const found = lines(rows, asked({ open: new Set(["block"]) }));
    expect(found.map(({ row, depth }) => [row.id, depth])).toEqual([
      ["image", 0],
      ["block", 0],
      ["block/b", 1],
      ["block/a", 1],
      ["conv10", 0],
      ["conv9", 0],
    ]);
    expect(found.map(({ open }) => open)).toEqual([null, true, null, null, null, null]);
  });

  it("sorts figures among their like and leaves what is unknown at the end, both ways", () => {
    const open = new Set(["block"]);
    expect(shown({ open, sorting: { column: "params", down: true } })).toEqual([
      "block",
      "block/a",
      "block/b",
      "conv10",
      "image",
      "conv9",
    ]);
    expect(shown({ sorting: { column: "params", down: false } }).at(-1)).toBe("conv9");
  });

  it("sorts names as people count", () => {
    expect(shown({ sorting: { column: "name", down: false } })).toEqual(["block", "conv9", "conv10", "image"]);
  });

  it("begins with the largest figure, or with a, and comes back to the order of calls", () => {
    const first = sortedNext(null, column("params"));
    expect(first).toEqual({ column: "params", down: true });
    expect(sortedNext(first, column("params"))).toEqual({ column: "params", down: false });
    expect(sortedNext({ column: "params", down: false }, column("params"))).toBeNull();
    expect(sortedNext(first, column("name"))).toEqual({ column: "name", down: false });
  });

  it("keeps with a filter what matches and the networks around it", () => {
    expect(shown({ filter: "dense" })).toEqual(["block", "block/b", "block/a"]);
    expect(shown({ filter: "CONV 50" })).toEqual(["conv10"]);
    expect(shown({ filter: "nothing like this" })).toEqual([]);
  });

  it("knows which networks are around a layer", () => {
    expect(around("a/b/conv")).toEqual(["a", "a/b"]);
    expect(around("conv")).toEqual([]);
  });
});

describe("columns", () => {
  it("are few for a beginner, and the name is always among them", () => {
    expect(BASIC).toEqual(["name", "type", "output", "params", "params_share"]);
    expect(toggledColumn(["name"], "name")).toEqual(["name"]);
    expect(toggledColumn(["name", "flops"], "dtype")).toEqual(["name", "dtype", "flops"]);
    expect(toggledColumn(ALL, "flops")).not.toContain("flops");
  });

  it("are kept from visit to visit, and nonsense is forgotten", () => {
    expect(readAnalysis('{"columns": ["flops", "nope"], "height": 300, "open": true}')).toEqual({
      open: false,
      height: 300,
      columns: ["name", "flops"],
    });
    expect(readAnalysis("{").columns).toEqual(BASIC);
    expect(readAnalysis('{"height": 3}').height).toBeGreaterThan(100);
  });

  it("say shares, fields and sums as UI.md writes numbers", () => {
    expect([0, 0.0004, 0.125, 0.9999, 1].map(percent)).toEqual([
      "0\u2009%",
      "under 0.1\u2009%",
      "12.5\u2009%",
      "100\u2009%",
      "100\u2009%",
    ]);
    expect([seen([7, 7]), seen("whole"), seen(null)]).toEqual(["7×7", "whole", ""]);
    expect([extent([7, 7]), extent([9]), extent([1, 3, 3])]).toEqual(["7×7 pixels", "9 steps", "1×3×3 positions"]);
    expect(column("name").total!(analysed([]).totals)).toBe("Total of 0 layers");
  });
});

describe("the formula of the parameters", () => {
  const array = (name: string, ...shape: number[]): WeightRow => ({ name, shape, dtype: "float32", trainable: true });

  it("is so much for each unit where all arrays end alike", () => {
    expect(formula([array("kernel", 3, 3, 16, 32), array("bias", 32)])).toBe("(3·3·16 weights + 1 bias) · 32");
    expect(formula([array("kernel", 64, 10)])).toBe("64 · 10");
    expect(formula([array("kernel", 8, 64), array("recurrent_kernel", 16, 64), array("bias", 64)])).toBe(
      "(8 + 16 weights + 1 bias) · 64",
    );
  });

  it("is the sum of the arrays elsewhere", () => {
    expect(formula([array("gamma", 16), array("beta", 16), array("moving_mean", 16), array("moving_variance", 16)])).toBe("4 · 16");
    expect(formula([array("depthwise_kernel", 3, 3, 8, 1), array("bias", 8)])).toBe("3·3·8·1 + 8");
    expect(formula([])).toBe("");
  });

  it("gives the number of parameters when it is worked out", () => {
    const worked = formula([array("kernel", 3, 3, 16, 32), array("bias", 32)]).replace(/[a-z]+/g, "").replaceAll("·", "*");
    expect(Function(`return ${worked}`)()).toBe(4640);
  });
});

describe("fetching", () => {
  const wanted: Wanted = { url: "/a", drawing: EMPTY, batch: 32, only: null };
  let asks: { url: string; answer(analysis: Analysis): void; fail(): void }[];
  let last: Figures | null;
  let source: Source;

  beforeEach(() => {
    vi.useFakeTimers();
    [asks, last] = [[], null];
    source = new Source(
      (url) => new Promise((answer, reject) => asks.push({ url, answer, fail: () => reject(new Error()) })),
      (figures) => (last = figures),
    );
  });
  afterEach(() => void vi.useRealTimers());

  const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(500));

  it("asks once for one drawing, however often it is wanted", async () => {
    source.want(wanted);
    source.want({ ...wanted });
    await settle();
    source.want(wanted);
    await settle();
    expect(asks.map(({ url }) => url)).toEqual(["/a"]);
  });

  it("asks again for another drawing and another batch size", async () => {
    for (const next of [wanted, { ...wanted, drawing: { ...EMPTY } }, { ...wanted, batch: 64 }]) {
      source.want(next);
      await settle();
    }
    expect(asks).toHaveLength(3);
  });

  it("keeps the old figures until the new ones are here, and drops an answer that came too late", async () => {
    source.want(wanted);
    await settle();
    asks[0]!.answer(analysed([line("old", "Dense")]));
    await settle();
    source.want({ ...wanted, drawing: { ...EMPTY } });
    await settle();
    source.want({ ...wanted, drawing: { ...EMPTY, name: "newest" } });
    await settle();
    asks[1]!.answer(analysed([line("late", "Dense")]));
    await settle();
    expect(last!.told!.analysis.rows[0]!.id).toBe("old");
    asks[2]!.answer(analysed([line("new", "Dense")]));
    await settle();
    expect(last!.told!.analysis.rows[0]!.id).toBe("new");
  });

  it("tries again after a failure and names one layer only where one is wanted", async () => {
    source.want({ ...wanted, only: "block/a" });
    await settle();
    expect(asks[0]!.url).toBe("/a?node=block%2Fa");
    asks[0]!.fail();
    await settle();
    expect(last!.failed).toBe(true);
    source.want({ ...wanted, only: "block/a" });
    await settle();
    expect(asks).toHaveLength(2);
  });
});
