/** Runs to test with: as the points route tells them. */
import type { Sight } from "../../src/live/live";
import { freshChoices, type Choices } from "../../src/live/memory";
import { emptySeries, merge, type Series } from "../../src/live/series";
import type { Answer, Values } from "../../src/live/types";

export function answer(rest: Partial<Answer> = {}): Answer {
  return {
    run: "a1", number: 7, name: "moons-mlp", state: "running", seq: 1, epochs: 120, steps: 7,
    progress: { epoch: 1, step: 0, steps_per_s: 48.2, seconds_left: 8.2, elapsed: 3 },
    epoch: [], batch: [], metrics: ["loss", "accuracy"], best: null, message: null, rows: { train: 200, validation: 100 }, ...rest,
  };
}

export function values(loss: number, validation: number, accuracy = 0.9): Values {
  return { loss, val_loss: validation, accuracy, val_accuracy: accuracy, keras_loss: loss + 0.05 };
}

/** A run whose validation loss is lowest at epoch 2 of 4. */
export function example(rest: Partial<Answer> = {}): Series {
  const series = emptySeries("a1");
  merge(series, answer({
    seq: 20, epoch: [[0, values(0.69, 0.7, 0.5)], [1, values(0.4, 0.42, 0.8)], [2, values(0.3, 0.19)], [3, values(0.2, 0.25)], [4, values(0.148, 0.237)]],
    batch: [[0.5, 0.6], [1.5, 0.4], [4.5, 0.2]], progress: { epoch: 5, step: 3, steps_per_s: 48.2, seconds_left: 8.2, elapsed: 3 }, ...rest,
  }));
  return series;
}

export const colours = {
  dark: false, font: "Inter", surface: "#ffffff", raised: "#ffffff", future: "#f5f6f4", line: "#dfe2dc", lineStrong: "#b9bfb6",
  ink: "#1a1f1d", ink2: "#4c5551", ink3: "#646d69", train: "#1f5fc4", validation: "#b8500a", ghost: "#646d69", band: 0.16, runs: ["#1f5fc4", "#b8500a"],
};

/** How a chart of 846 by 360 pixels is looked at. */
export function sight(choices: Partial<Choices> = {}): Sight {
  return { width: 846, height: 360, colours, drag: true, choices: { ...freshChoices(), ...choices } };
}
