import { describe, expect, it } from "vitest";
import type { Annotation, CanvasData } from "../../src/canvas/protocol";
import { shared } from "../../src/canvas/state/sharing";
import { answer } from "./drawings";

function note(params: number): Annotation {
  return { shape: [8], dtype: "float32", params, trainable_params: params, flops: 64, issues: [], blocked_by: null };
}

const first = answer({ known: "k1", annotations: { a: note(1), b: note(2) } });
const next = (more: Partial<CanvasData>): CanvasData => answer({ known: "k2", since: "k1", annotations: {}, gone: [], ...more });

describe("annotations", () => {
  it("come as what is new, and the others stay the same objects", () => {
    const now = shared(first, next({ annotations: { b: note(3), c: note(4) }, gone: [] }));
    expect(now.annotations).toEqual({ a: note(1), b: note(3), c: note(4) });
    expect(now.annotations.a).toBe(first.annotations.a);
    expect(now.known).toBe("k2");
  });

  it("of nodes that are gone go", () => {
    expect(Object.keys(shared(first, next({ gone: ["a"] })).annotations)).toEqual(["b"]);
  });

  it("stay the same set when nothing is new", () => {
    expect(shared(first, next({})).annotations).toBe(first.annotations);
    expect(shared(first, answer({ known: "k9", annotations: { a: note(1), b: note(2) } })).annotations).toBe(first.annotations);
  });

  it("that were taken already change nothing when the same message comes again", () => {
    const message = next({ annotations: { b: note(3) }, gone: ["a"] });
    const now = shared(first, message);
    expect(shared(now, message).annotations).toBe(now.annotations);
  });

  it("are asked for as a whole when a message was lost, and until then nothing newer is claimed", () => {
    const mark = { client: "me", seq: 1 };
    const old = { ...first, annotated: mark };
    const now = shared(old, next({ since: "k7", known: "k8", annotations: { a: note(9) }, annotated: { client: "me", seq: 5 } }));
    expect(now).toMatchObject({ known: null, status: "checking", annotated: mark, annotations: old.annotations });
    const whole = shared(now, answer({ known: "k8", annotations: { a: note(9) } }));
    expect(whole).toMatchObject({ known: "k8", status: "checked", annotations: { a: note(9) } });
  });

  it("without any before them count for nothing when they are only what is new", () => {
    expect(shared(null, next({ annotations: { a: note(1) } }))).toMatchObject({ known: null, annotations: {} });
  });
});
