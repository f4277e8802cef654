import { describe, expect, it } from "vitest";
import type { Design } from "../../src/canvas/design/document";
import { apply, wire } from "../../src/canvas/design/edits";
import { givenOut, isOutput, keptIn, outputBadge, outputName, outputNameFault, outputNamed } from "../../src/canvas/design/ends";
import { chain, node } from "./drawings";

/** in → a → b, and a → c */
function forked(): Design {
  const base = chain("in", "a", "b");
  return { ...base, nodes: [...base.nodes, node("c")], edges: [...base.edges, wire("a", "c")] };
}

describe("what a network gives out", () => {
  it("is at first what feeds nothing, and no badge says so", () => {
    expect(["a", "b", "c"].map((id) => isOutput(forked(), id))).toEqual([false, true, true]);
    expect(outputBadge(forked(), "b")).toBeNull();
  });

  it("may be a layer in the middle too", () => {
    const design = apply(forked(), givenOut(forked(), "a"));
    expect(design.outputs).toEqual(["b", "c", "a"]);
    expect(outputBadge(design, "a")).toBe("output");
  });

  it("is decided by the drawing again once the choice comes to the same", () => {
    const design = apply(forked(), givenOut(forked(), "a"));
    expect(apply(design, keptIn(design, "a")).outputs).toBeUndefined();
    expect(apply(design, keptIn(design, "b")).outputs).toEqual(["c", "a"]);
  });

  it("takes names; the others get that of their layer, and going back takes the names away", () => {
    const named = apply(forked(), outputNamed(forked(), "b", "digit"));
    expect(named.outputs).toEqual({ digit: "b", c: "c" });
    expect(outputBadge(named, "b")).toBe("output digit");
    expect(outputName(named, "b")).toBe("digit");
    const more = apply(named, givenOut(named, "a"));
    expect(more.outputs).toEqual({ digit: "b", c: "c", a: "a" });
  });

  it("has each name once, in letters that Keras takes", () => {
    expect(outputNameFault(forked(), "b", "c")).toContain("Another output is called c.");
    expect(outputNameFault(forked(), "b", "two words")).not.toBeNull();
    expect(outputNameFault(forked(), "b", "digit")).toBeNull();
  });
});
