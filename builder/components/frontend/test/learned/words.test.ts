import { describe, expect, it } from "vitest";
import { decode } from "../../src/learned/decode";
import { emptyText, epochText, number, placeText, scoreText, summary, unitText } from "../../src/learned/words";
import { frame, packed, rows, SLOPE } from "./examples";

const picture = (rest = {}) => decode(packed(frame(rest), [{ width: 4, values: SLOPE }]));
const layer = (values: number[], reach: number, middle = 0) => ({
  frame: { layer: "hidden", type: "Dense", of: 32, width: 2, height: 2, middle, reach: [reach] },
  grids: [{ width: 2, height: 2, values: Uint8Array.from(values) }],
});
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

describe("the corner", () => {
  it("tells the epoch whose end is shown, or in which one it is", () => {
    expect(epochText(frame(), "")).toBe("epoch 62");
    expect(epochText(frame({ is_epoch_end: false }), "")).toBe("in epoch 62");
    expect(epochText(frame({ epoch: 0 }), "")).toBe("before training");
  });

  it("names the best epoch at the end when its weights came back", () => {
    expect(epochText(frame({ is_last: true, is_restored: true }), "28")).toBe("best epoch, 28");
    expect(epochText(frame({ is_last: true, is_restored: true }), "")).toBe("epoch 62");
    expect(epochText(frame({ is_last: true, is_epoch_end: false }), "28")).toBe("in epoch 62");
  });
});

describe("how good the answers are", () => {
  it("is told with the number of points", () => {
    expect(plain(scoreText(frame()))).toBe("Right: training 94.0 % of 350, validation 92 % of 75");
    expect(plain(scoreText(frame({ validation: null })))).toBe("Right: training 94.0 % of 350");
  });

  it("is a distance for numbers", () => {
    expect(scoreText(frame({ kind: "value", train: [0.05, 350], validation: null }))).toBe("Off by, on average: training 0.0500");
  });

  it("is a sentence for those who listen", () => {
    expect(plain(summary(frame(), "", rows()))).toBe(
      "Picture of colour over x and y. At epoch 62 the network is right on 94.0 % of 350 training points and 92 % of 75 validation points.");
    expect(plain(summary(frame({ epoch: 0, validation: null }), "", null))).toBe(
      "Picture of what the network has learned. Before training the network is right on 94.0 % of 350 training points.");
    expect(summary(null, "", rows())).toBe("Picture of colour over x and y. Nothing is drawn yet.");
  });
});

it("pointing at a place tells the answer there", () => {
  expect(plain(placeText(picture(), rows(), 0, 0))).toBe("x \u22124.00, y 3.00: 99.8 % violet");
  expect(plain(placeText(picture(), rows(), 1, 1))).toBe("x 4.00, y \u22123.00: 99.8 % green");
  const numbers = rows({ classes: [], target: "height" });
  expect(placeText(picture({ kind: "value", low: -1, high: 1 }), numbers, 0, 0)).toBe("x \u22124.00, y 3.00: height \u22121.00");
});

it("a hidden unit tells what its colours mean, or that it is silent", () => {
  expect(unitText(layer([128, 255, 128, 200], 3.2), 0)).toBe("Pale at 0, green up to 3.20.");
  expect(unitText(layer([1, 255, 128, 200], 3.2), 0)).toBe("Violet down to \u22123.20, pale at 0, green up to 3.20.");
  expect(unitText(layer([1, 255, 128, 200], 0.5, 0.5), 0)).toBe("Violet towards 0, pale at 0.5, green towards 1.");
  expect(unitText(layer([128, 128, 128, 128], 0), 0)).toContain("Answers 0 everywhere");
});

it("an empty picture says why", () => {
  expect(emptyText("queued")).toContain("turn");
  expect(emptyText("starting")).toContain("first step");
  expect(emptyText("stopped")).toContain("No picture was kept");
});

it("numbers of the plane have two decimals, or as many as matter", () => {
  expect([0, 1.234, -0.5, 12.345, 0.0123].map(number)).toEqual(["0.00", "1.23", "\u22120.50", "12.3", "0.0123"]);
});
