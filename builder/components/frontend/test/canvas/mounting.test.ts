// @vitest-environment jsdom
import { act } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import canvas from "../../src/canvas/main";
import { answer, chain } from "./drawings";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
} as never;

function place(): ShadowRoot {
  const outer = document.createElement("div");
  document.body.append(outer);
  return outer.attachShadow({ mode: "open" });
}

function begin(parentElement: ShadowRoot): () => void {
  let end: () => void = () => undefined;
  act(() => {
    end = canvas({ data: answer({ design: chain("in", "a") }), parentElement, setTriggerValue: () => undefined });
  });
  return end;
}

const later = (ms: number): void => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
});

describe("the component", () => {
  it("stays as it is when it is ended and begun again at once", () => {
    const parent = place();
    const end = begin(parent);
    const drawn = parent.querySelector('[data-testid="canvas"]');
    end();
    const again = begin(parent);
    later(2000);
    expect(parent.querySelector('[data-testid="canvas"]')).toBe(drawn);
    again();
    later(2000);
  });

  it("is gone a moment after it was ended", () => {
    const parent = place();
    begin(parent)();
    later(2000);
    expect(parent.childNodes).toHaveLength(0);
  });

  it("ends in the old place before it begins in another", () => {
    const [old, fresh] = [place(), place()];
    begin(old)();
    const end = begin(fresh);
    expect(old.childNodes).toHaveLength(0);
    later(2000);
    expect(fresh.querySelector('[data-testid="canvas"]')).not.toBeNull();
    end();
    later(2000);
  });
});
