import { describe, expect, it } from "vitest";
import { wilson } from "../../src/live/interval";
import { kindOf, preferred, titleOf, valueText } from "../../src/live/metrics";
import { duration, percent, rate, threeDigits, whole } from "../../src/live/numbers";

const plain = (text: string): string => text.replaceAll("\u202f", " ").replaceAll("\u00a0", " ");

describe("numbers are written", () => {
  it("in full with a thin space up to 9 999, then shortened", () => {
    expect([0, 840, 4640, 9999, 10_000, 12_345, 4_200_000, 2e9].map(whole).map(plain)).toEqual(["0", "840", "4 640", "9 999", "10 k", "12.3 k", "4.2 M", "2 G"]);
  });

  it("with narrow spaces that never break and a true minus sign", () => {
    expect(whole(-4640)).toBe("\u22124\u202f640");
    expect(percent(0.9, 100)).toBe("90.0\u00a0%");
  });

  it("with three digits where they are a loss", () => {
    expect([0.237, 0.19, 0.9996, 2.314, 29.44, 148.2, 2940.4, 0.00412, 0].map(threeDigits).map(plain))
      .toEqual(["0.237", "0.190", "1.00", "2.31", "29.4", "148", "2 940", "0.00412", "0.000"]);
    expect(threeDigits(0.0000031)).toBe("3.1e\u22126");
    expect(threeDigits(-0.5)).toBe("\u22120.500");
  });

  it("with one decimal of a percentage from 100 rows on", () => {
    expect(plain(percent(0.967, 270))).toBe("96.7 %");
    expect(plain(percent(0.967, 30))).toBe("97 %");
    expect(plain(percent(0.967, null))).toBe("96.7 %");
  });

  it("as seconds, minutes and hours", () => {
    expect([0, 0.2, 8.2, 59.4, 59.6, 130, 3600, 3900, 7200].map(duration).map(plain))
      .toEqual(["0 s", "< 1 s", "8 s", "59 s", "1 min", "2 min 10 s", "1 h", "1 h 5 min", "2 h"]);
  });

  it("as steps a second with as many digits as mean something", () => {
    expect([48.2, 1240, 3.42, 0.254].map(rate).map(plain)).toEqual(["48", "1 240", "3.4", "0.25"]);
  });
});

describe("the interval of a share", () => {
  it("is 84 to 94 per cent for 90 of 100 rows", () => {
    const [low, high] = wilson(0.9, 100);
    expect(low).toBeCloseTo(0.8397, 3);
    expect(high).toBeCloseTo(0.9393, 3);
  });

  it("stays within 0 and 1 and is narrower with more rows", () => {
    expect(wilson(1, 10)[1]).toBeLessThanOrEqual(1);
    expect(wilson(0, 10)[0]).toBeGreaterThanOrEqual(0);
    const width = (rows: number): number => wilson(0.5, rows)[1] - wilson(0.5, rows)[0];
    expect(width(1000)).toBeLessThan(width(100));
  });
});

describe("metrics", () => {
  it("are known by their name, with the output's name before it", () => {
    expect([kindOf("accuracy"), kindOf("digit_accuracy"), kindOf("auc"), kindOf("mean_absolute_error"), kindOf("digit_loss"), kindOf("own_thing")])
      .toEqual(["proportion", "proportion", "fraction", "error", "error", "score"]);
  });

  it("have a title in words", () => {
    expect(["accuracy", "mean_absolute_error", "digit_accuracy", "sparse_categorical_accuracy", "auc"].map(titleOf))
      .toEqual(["Accuracy", "Mean absolute error", "Accuracy of digit", "Accuracy", "AUC"]);
  });

  it("are written as their kind demands", () => {
    expect(plain(valueText("accuracy", 0.935, 200))).toBe("93.5 %");
    expect(plain(valueText("mean_absolute_error", 43.21, 200))).toBe("43.2");
  });

  it("prefer a share of rows, and pass over the losses of single outputs", () => {
    expect(preferred(["loss", "left_loss", "mean_absolute_error", "left_accuracy"])).toBe("left_accuracy");
    expect(preferred(["loss", "left_loss", "mean_absolute_error"])).toBe("mean_absolute_error");
    expect(preferred(["loss"])).toBeNull();
  });
});
