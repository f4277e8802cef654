import { describe, expect, it } from "vitest";
import { EVERY_MS, pauseMs } from "../../src/live/poll";
import type { Status } from "../../src/live/unpack";

function status(told: Partial<Status>): Status {
  return { state: "running", queue: null, progress: null, ...told } as Status;
}

const elapsed = (seconds: number): Status["progress"] => ({ epoch: 1, step: 1, steps_per_s: null, seconds_left: null, elapsed: seconds });

describe("how soon the chart asks again", () => {
  it("asks often right after Train, until there is something to draw", () => {
    for (const state of ["queued", "starting", "running"] as const) {
      expect(pauseMs(status({ state }), 300)).toBeLessThan(EVERY_MS / 2);
    }
    expect(pauseMs(status({ progress: elapsed(2) }), 300)).toBe(EVERY_MS);
  });

  it("asks in peace what takes long, waits for its turn or rests", () => {
    expect(pauseMs(status({ state: "starting" }), 6000)).toBe(EVERY_MS);
    expect(pauseMs(status({ state: "queued", queue: { place: 3, of: 9, wait_s: 20 } }), 300)).toBeGreaterThan(EVERY_MS);
    expect(pauseMs(status({ state: "paused", progress: elapsed(9) }), 300)).toBeGreaterThan(EVERY_MS);
  });

  it("asks often when its turn comes at once", () => {
    expect(pauseMs(status({ state: "queued", queue: { place: 1, of: 1, wait_s: 0 } }), 300)).toBeLessThan(EVERY_MS / 2);
  });
});
