import { describe, expect, it } from "vitest";
import { Announcer, PAUSE_MS } from "../../src/live/announce";
import { emptySeries } from "../../src/live/series";
import { announcement, chartSummary, figures, machineText, progressText, stateWords, stepsDone } from "../../src/live/words";
import { titleWords } from "../../src/live/tab";
import { example } from "./examples";

const plain = (text: string): string => text.replaceAll("\u202f", " ").replaceAll("\u00a0", " ");
const row = (series = example(), metric: string | null = "accuracy"): string[] =>
  figures(series, metric).map(({ label, value, detail }) => plain(`${label}: ${value} ${detail}`.trim()));

describe("the row of numbers", () => {
  it("says epoch, losses, accuracy with its interval, speed and time", () => {
    expect(row()).toEqual(["Epoch: 4 of 120", "Validation loss: 0.237 best 0.190", "Validation accuracy: 90.0 % 84 to 94 %", "Speed: 48 steps/s", "Time left: 8 s"]);
  });

  it("says how long it took once it is over", () => {
    expect(row(example({ state: "finished" })).at(-1)).toBe("Took: 3 s");
  });

  it("has an error without an interval for a regression", () => {
    const series = example({ metrics: ["loss", "mean_absolute_error"], epoch: [[1, { loss: 2900, val_loss: 3100, mean_absolute_error: 41.26, val_mean_absolute_error: 43.21 }]] });
    expect(row(series, "mean_absolute_error").slice(1, 3)).toEqual(["Validation loss: 3 100 best 3 100", "Validation mean absolute error: 43.2"]);
  });

  it("speaks of training where there is no validation", () => {
    const series = example({ epoch: [[1, { loss: 0.4, accuracy: 0.8 }]] });
    expect(row(series).slice(1, 3)).toEqual(["Training loss: 0.400 best 0.400", "Training accuracy: 80.0 %"]);
  });

  it("keeps its places while nothing is known", () => {
    expect(figures(emptySeries("a1"), null).length).toBe(5);
  });
});

describe("progress", () => {
  it("counts steps over the whole run", () => {
    expect(stepsDone(example())).toEqual({ done: 31, total: 840 });
    expect(plain(progressText(example(), 32))).toBe("Step 31 of 840, batches of 32");
    expect(plain(progressText(example(), null))).toBe("Step 31 of 840");
  });

  it("never falls behind the epochs that are in", () => {
    const series = example({ progress: { epoch: 2, step: 1, steps_per_s: null, seconds_left: null, elapsed: null } });
    expect(stepsDone(series)!.done).toBe(28);
  });

  it("never passes the end", () => {
    const series = example({ progress: { epoch: 120, step: 99, steps_per_s: null, seconds_left: null, elapsed: null } });
    expect(stepsDone(series)!.done).toBe(840);
  });

  it("says the place in the queue, and about how long it takes", () => {
    const waits = (wait_s: number | null): string => plain(progressText(example({ state: "queued", queue: { place: 3, of: 5, wait_s } }), null));
    expect([waits(130), waits(12), waits(null)]).toEqual(["Place 3 of 5, about 2 min", "Place 3 of 5, about 15 s", "Place 3 of 5"]);
  });

  it("says what its process does before the first step", () => {
    expect(progressText(example({ state: "starting", steps: null, phase: "Reading the rows" }), null)).toBe("Reading the rows");
  });

  it("says for a while that it was resumed", () => {
    const series = example({ marks: [[4.2, "resumed", "Goes on from epoch 4."]] });
    expect(plain(progressText(series, null))).toBe("Step 31 of 840. Resumed from epoch 4");
  });

  it("says what it computes with while it goes on", () => {
    const choices = [{ what: "device", value: "CPU, 2 cores", reason: "", chosen_by: "rule" }];
    const series = example({ choices, vitals: { cpu_percent: 187, memory_mb: 212.4 } });
    expect(plain(machineText(series.status))).toBe("CPU, 2 cores, 1.9 cores busy, 212 MB");
    expect(plain(machineText(example({ vitals: { cpu_percent: 100, memory_mb: 1412 } }).status))).toBe("CPU, 1.0 core busy, 1.4 GB");
    expect(machineText(example({ choices, state: "finished" }).status)).toBe("");
  });

  it("stands in the tab's title", () => {
    expect(titleWords(example(), false)).toBe("3 % moons-mlp");
    expect(titleWords(example({ state: "paused" }), false)).toBe("Paused, 3 % moons-mlp");
    expect(titleWords(example({ state: "queued", queue: { place: 3, of: 5, wait_s: null } }), false)).toBe("Place 3, moons-mlp");
    expect(titleWords(example({ state: "failed" }), true)).toBe("Failed: moons-mlp");
    expect(titleWords(example({ state: "failed" }), false)).toBeNull();
  });

  it("says what it waits for before the first step", () => {
    expect(progressText(example({ state: "queued" }), null)).toBe("Waits for a free place");
    expect(progressText(example({ state: "starting", steps: null }), null)).toBe("Building the network");
    expect(progressText(emptySeries("a1"), null)).toBe("");
  });
});

describe("words for states", () => {
  it("are plain, and each has its tone", () => {
    expect(plain(stateWords("starting").word)).toBe("starting, about 1 s");
    expect(stateWords("running")).toEqual({ word: "training", tone: "fine" });
    expect(stateWords("failed").tone).toBe("fault");
    expect(stateWords("lost").tone).toBe("warn");
  });
});

describe("those who listen", () => {
  it("hear epoch, loss and accuracy", () => {
    expect(plain(announcement(example(), "accuracy"))).toBe("Epoch 4 of 120. Validation loss 0.237. Validation accuracy 90.0 %.");
    expect(plain(chartSummary([example()], "loss"))).toBe("Loss by epoch. moons-mlp training 0.148, validation 0.237");
  });

  it("hear an epoch at most every five seconds, a change of state at once", () => {
    const said: string[] = [];
    let now = 0;
    const announcer = new Announcer((words) => said.push(words), () => now);
    announcer.tell("running", 0, "training", () => "none");
    announcer.tell("running", 1, "training", () => "one");
    now = 1000;
    announcer.tell("running", 2, "training", () => "two");
    now = PAUSE_MS + 1;
    announcer.tell("running", 3, "training", () => "three");
    announcer.tell("finished", 3, "finished", () => "three");
    expect(said).toEqual(["one", "three", "finished. three"]);
  });
});
