import { expect, it } from "vitest";
import { led, type Place } from "../../src/learned/pointing";

it("arrows begin in the middle, move by small steps, and stay in the picture", () => {
  expect(led(null, "ArrowUp")).toEqual([0.5, 0.5]);
  expect(led([0.5, 0.5], "ArrowRight")![0]).toBeCloseTo(0.5 + 1 / 24);
  expect(led([0.5, 0.5], "ArrowDown")![1]).toBeCloseTo(0.5 + 1 / 24);
  let place: Place = [0.5, 0.5];
  for (let i = 0; i < 40; i += 1) place = led(place, "ArrowLeft")!;
  expect(place).toEqual([0, 0.5]);
  expect(led(place, "Enter")).toBeNull();
});
