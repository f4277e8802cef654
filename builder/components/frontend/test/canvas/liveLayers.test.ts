/** Are the figures of a run read, judged, coloured and asked for as they should be? */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Newest, ShownRun } from "../../src/canvas/live-layers/answer";
import { type Badges, NO_BADGES, badges } from "../../src/canvas/live-layers/badges";
import { EVERY_MS, LiveLayers } from "../../src/canvas/live-layers/live";
import { added, address, isBehind } from "../../src/canvas/live-layers/pictures";
import { colour, part, reading, small } from "../../src/canvas/live-layers/quantity";
import { ridgeAt, ridges, scaleOf, ticks } from "../../src/canvas/live-layers/ridges";
import { epochWords, runWords } from "../../src/canvas/live-layers/words";
import { row, shot, told } from "./liveFigures";

const OTHERS = { largest: 0.1, middle: 0.01, rows: 256 };
const only = (more: Partial<Parameters<typeof reading>[1]>) => ({ gradient: null, weights: null, update: null, dead: null, saturated: null, units: null, ...more });
const RUN: ShownRun = { id: "r", number: 7, state: "running", epoch: 2, epochs: 40, same: true, url: "/api/runs/r/layers" };

describe("numbers", () => {
  it("are written short, with a true minus and thin spaces", () => {
    expect([0, 0.00123, 0.0181, 12.34, 2.34e-5, 3.2e7].map(small)).toEqual(["0", "0.0012", "0.018", "12", "2.3e\u22125", "3.2e7"]);
    expect([0.00278, 0.123, 1, 1e-9, 0].map(part)).toEqual(["0.28\u2009%", "12\u2009%", "100\u2009%", "<\u20090.0001\u2009%", "0\u2009%"]);
    expect(part(0.0000016)).toBe("0.00016\u2009%");
  });
});

describe("a figure", () => {
  it("of an update is usual from 0.01 to 1 %, and marked an order beyond", () => {
    const mark = (update: number) => reading("update", only({ update }), OTHERS)!.mark;
    expect([1e-6, 2e-5, 1e-3, 0.02, 0.06].map(mark)).toEqual(["small", "usual", "usual", "usual", "large"]);
    expect(reading("update", only({ update: 0.001 }), OTHERS)!.words).toContain("moves the weights by 0.1\u2009% of their size; usual are 0.01 to 1\u2009%");
  });

  it("of a gradient is judged by those of the other layers", () => {
    const mark = (gradient: number) => reading("gradient", only({ gradient }), OTHERS)!.mark;
    expect([0, 1e-5, 1e-3, 0.1, 11].map(mark)).toEqual(["small", "small", "usual", "usual", "large"]);
    expect(reading("gradient", only({ gradient: 0.01 }), OTHERS)!.words).toContain("0.1, 10 times as much");
    expect(reading("gradient", only({ gradient: 0 }), OTHERS)!.words).toContain("does not learn");
  });

  it("of dead units counts them, and of flat ones tells the share", () => {
    const dead = reading("units", only({ dead: 0.75, units: 16 }), OTHERS)!;
    expect([dead.text, dead.mark]).toEqual(["12 of 16", "large"]);
    expect(dead.words).toContain("12 of 16 units give 0 for each of 256 rows");
    expect(reading("units", only({ saturated: 0.12 }), OTHERS)).toMatchObject({ text: "12\u2009% flat", mark: "usual" });
    expect(reading("units", only({ gradient: 1 }), OTHERS)).toBeNull();
  });

  it("lies on a logarithmic scale between 0 and 1", () => {
    const level = (update: number) => reading("update", only({ update }), OTHERS)!.level;
    expect(level(1e-3)).toBeCloseTo(0.5);
    expect(level(1e-2) - level(1e-3)).toBeCloseTo(level(1e-3) - level(1e-4));
    expect([level(0), level(1e-9), level(9)]).toEqual([0, 0, 1]);
  });

  it("has a colour that grows lighter with the level", () => {
    const light = (level: number) => colour(level).match(/\d+/g)!.map(Number).reduce((sum, channel, index) => sum + channel * [0.2, 0.7, 0.1][index]!, 0);
    const levels = [0, 0.2, 0.4, 0.6, 0.8, 1].map(light);
    expect(levels).toEqual([...levels].sort((one, other) => one - other));
    expect(colour(0)).toBe("rgb(68 1 84)");
    expect(colour(2)).toBe(colour(1));
  });
});

describe("badges", () => {
  const first = told({ conv: row({ update: 0.001 }), digit: row({ update: 0.002 }) });

  it("stay the same objects where they say the same", () => {
    const before = badges(first, "update", false, NO_BADGES);
    const after = badges({ ...first, seq: 2, layers: { conv: row({ update: 0.00101 }), digit: row({ update: 0.004 }) } }, "update", false, before);
    expect(after.get("conv")).toBe(before.get("conv"));
    expect(after.get("digit")).not.toBe(before.get("digit"));
  });

  it("of a closed network tell of the layer inside that stands out most", () => {
    const inside = told({ "block/a": row({ update: 1e-3 }), "block/b": row({ update: 1e-7 }), "block/c": row({ update: 2e-3 }) });
    const badge = badges(inside, "update", false, NO_BADGES).get("block")!;
    expect([badge.layer, badge.mark]).toEqual(["block/b", "small"]);
    expect(badge.words).toMatch(/^b: One step/);
  });

  it("are not there where nothing is known or nothing is asked for", () => {
    expect(badges(first, "off", false, NO_BADGES).size).toBe(0);
    expect(badges(null, "update", false, NO_BADGES).size).toBe(0);
    expect(badges(told({ norm: row({ gradient: 1 }) }), "units", false, NO_BADGES).size).toBe(0);
  });

  it("are grey where the run trains another drawing", () => {
    const grey: Badges = badges(first, "update", true, NO_BADGES);
    expect(grey.get("conv")!.grey).toBe(true);
  });
});

describe("asking", () => {
  let asked: string[];
  let answers: (Newest | "missing" | Error)[];
  let hidden: boolean;
  let live: LiveLayers;
  const pass = async (ms: number) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers();
    [asked, answers, hidden] = [[], [], false];
    const fetched = (url: string) => {
      asked.push(url);
      const next = answers.length > 1 ? answers.shift()! : answers[0]!;
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    };
    live = new LiveLayers(fetched, () => hidden);
    live.show("update");
  });
  afterEach(() => {
    live.stop();
    vi.useRealTimers();
  });

  it("goes on once a second with what is known, and tells listeners only of news", async () => {
    const heard = vi.fn();
    live.subscribe(heard);
    answers = [told({ conv: row({ update: 0.001 }) }, { seq: 4 }), { number: 7, state: "running", epoch: 2, epochs: 40, seq: 4 }];
    live.follow(RUN);
    await pass(0);
    const first = heard.mock.calls.length;
    await pass(2 * EVERY_MS);
    expect(asked).toEqual([`${RUN.url}?after=0`, `${RUN.url}?after=4`, `${RUN.url}?after=4`]);
    expect(heard.mock.calls.length).toBe(first);
    expect(live.badge("conv")!.text).toBe("0.1\u2009%");
    expect(live.nearest("conv")).toBe("conv");
  });

  it("rests while nobody looks, and goes on at once when somebody does", async () => {
    answers = [told({}, { seq: 1 })];
    live.follow(RUN);
    await pass(0);
    hidden = true;
    await pass(5 * EVERY_MS);
    const while_hidden = asked.length;
    expect(while_hidden).toBeLessThanOrEqual(2);
    hidden = false;
    live.wake();
    await pass(0);
    expect(asked.length).toBe(while_hidden + 1);
  });

  it("ends with the run, after its last figures, and begins again when the page tells that it goes on", async () => {
    answers = [told({ conv: row({}) }, { seq: 9, state: "finished", epoch: 40 }), { number: 7, state: "finished", epoch: 40, epochs: 40, seq: 9 }];
    live.follow(RUN);
    await pass(10 * EVERY_MS);
    expect(asked.length).toBe(2);
    expect(runWords(live.run!)).toBe("Run 7 is finished, epoch 40 of 40");
    live.follow({ ...RUN });
    await pass(3 * EVERY_MS);
    expect(asked.length).toBe(2);
    answers = [{ number: 7, state: "running", epoch: 41, epochs: 50, seq: 9 }];
    live.follow({ ...RUN, state: "queued", epoch: 40, epochs: 50 });
    await pass(0);
    expect(asked.length).toBe(3);
    expect(runWords(live.run!)).toBe("Run 7, epoch 41 of 50");
  });

  it("waits longer after each failure, and stops where the run is gone", async () => {
    answers = [new Error("down")];
    live.follow(RUN);
    await pass(EVERY_MS * 3.5);
    expect(asked.length).toBe(2);
    answers = ["missing"];
    await pass(EVERY_MS * 60);
    expect(asked.length).toBe(3);
  });

  it("forgets the figures of another run, and takes no late answer for this one's", async () => {
    let answer: (newest: Newest) => void = () => undefined;
    const slow = new LiveLayers(() => new Promise((resolve) => (answer = resolve)), () => false);
    slow.show("update");
    slow.follow(RUN);
    const late = answer;
    slow.follow({ ...RUN, id: "s", number: 8, url: "/api/runs/s/layers" });
    late(told({ conv: row({ update: 1 }) }));
    await pass(0);
    expect(slow.badge("conv")).toBeNull();
    answer(told({ conv: row({ update: 0.001 }) }));
    await pass(0);
    expect(slow.badge("conv")!.text).toBe("0.1\u2009%");
    slow.follow(null);
    expect(slow.run).toBeNull();
    expect(slow.badge("conv")).toBeNull();
  });

  it("greys the badges as soon as the page tells of a changed drawing", async () => {
    answers = [told({ conv: row({ update: 0.001 }) }, { seq: 1 })];
    live.follow(RUN);
    await pass(0);
    live.follow({ ...RUN, same: false });
    expect(live.badge("conv")!.grey).toBe(true);
    live.follow({ ...RUN });
    expect(live.badge("conv")!.grey).toBe(false);
  });
});

describe("pictures", () => {
  it("are added to, and those that were given up go", () => {
    const first = added(null, "conv", { newest: 3, kept: [1, 2, 3], pictures: [shot(1), shot(2), shot(3)] });
    const second = added(first, "conv", { newest: 5, kept: [1, 3, 5], pictures: [shot(5)] });
    expect(second.shots.map((one) => one.id)).toEqual([1, 3, 5]);
    expect(added(second, "other", { newest: 1, kept: [1], pictures: [shot(1)] }).shots.length).toBe(1);
    expect(isBehind(second, { newest: 2, kept: [1, 2], pictures: [] })).toBe(true);
  });

  it("are asked for by full path, after the newest that is known", () => {
    const album = added(null, "block/a b", { newest: 3, kept: [3], pictures: [shot(3)] });
    expect(address("/r/layers", "block/a b", album)).toBe("/r/layers/block/a%20b/histograms?after=3");
    expect(address("/r/layers", "conv", album)).toBe("/r/layers/conv/histograms?after=0");
  });
});

describe("ridges", () => {
  const frame = { width: 100, height: 80, rise: 20 };

  it("stand below each other in the order of epochs, on one scale", () => {
    const drawn = [shot(1).weights, null, [-2, 2, Array(32).fill(255)] as const];
    const scale = scaleOf(drawn)!;
    expect(scale).toEqual({ low: -2, high: 2 });
    const lines = ridges(drawn, scale, frame);
    expect(lines.map((ridge) => [ridge.index, ridge.base])).toEqual([[0, 20], [2, 80]]);
    expect(lines[0]!.line.startsWith("M25.0,20.0")).toBe(true);
    expect(lines[1]!.line).toContain("60.0");
    expect(ridgeAt(lines, 30)).toBe(0);
    expect(ridgeAt(lines, 70)).toBe(2);
    expect(scaleOf([null])).toBeNull();
    expect(ridgeAt([], 3)).toBeNull();
  });

  it("have round numbers below them", () => {
    expect(ticks({ low: -0.49, high: 0.47 })).toEqual([-0.25, 0, 0.25]);
    expect(ticks({ low: 0, high: 2.1 })).toEqual([0, 1, 2]);
    expect(ticks({ low: 3, high: 3 })).toEqual([3]);
  });
});

describe("words", () => {
  it("say where a run is", () => {
    expect(runWords(RUN)).toBe("Run 7, epoch 2 of 40");
    expect(runWords({ ...RUN, state: "queued", epoch: 0 })).toBe("Run 7 waits for its turn");
    expect(runWords({ ...RUN, same: false, epochs: 4000 })).toBe("Run 7, drawing changed since, epoch 2 of 4\u2009000");
    expect(runWords({ ...RUN, same: false, state: "finished" })).toBe("Run 7, drawing changed since, is finished, epoch 2 of 40");
    expect([0, 12, 2.375, 12.34].map(epochWords)).toEqual(["before training", "epoch 12", "epoch 2.38", "epoch 12.3"]);
  });
});

