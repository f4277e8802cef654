// @vitest-environment jsdom
import { cleanup, fireEvent, renderHook } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { usePageKeys } from "../../src/canvas/view/pageKeys";

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

function listening() {
  const root = { current: document.body.appendChild(document.createElement("div")) };
  const press = vi.fn(() => true);
  return { root: root.current, press, ...renderHook(() => usePageKeys(root, press)) };
}

it("Ctrl K and Ctrl F reach the canvas from the page, other keys do not", () => {
  const { press } = listening();
  for (const key of ["k", "F", "s"]) fireEvent.keyDown(document.body, { key, ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "k" });
  fireEvent.keyDown(document.body, { key: "k", metaKey: true });
  expect(press.mock.calls.map(([key]: unknown[]) => (key as { key: string }).key)).toEqual(["k", "f", "k"]);
});

it("another field keeps them, and so does the canvas itself, which hears them anyway", () => {
  const { press, root } = listening();
  const field = document.body.appendChild(document.createElement("input"));
  fireEvent.keyDown(field, { key: "k", ctrlKey: true });
  fireEvent.keyDown(root, { key: "k", ctrlKey: true });
  expect(press).not.toHaveBeenCalled();
});

it("a canvas that is gone hears nothing", () => {
  const { press, unmount } = listening();
  unmount();
  expect(fireEvent.keyDown(document.body, { key: "k", ctrlKey: true, cancelable: true })).toBe(true);
  expect(press).not.toHaveBeenCalled();
});
