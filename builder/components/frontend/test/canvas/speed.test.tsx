// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { EditorContext } from "../../src/canvas/state/context";
import type { Editor } from "../../src/canvas/state/editor";
import { fitted } from "../../src/canvas/view/Overview";
import { useFlowNodes } from "../../src/canvas/view/flow";
import { useFlowEdges } from "../../src/canvas/view/flowEdges";
import { inPorts } from "../../src/canvas/design/ports";
import { viewOf } from "../../src/canvas/view/views";
import { answer, catalog, chain } from "./drawings";
import { editorTold } from "./editors";

let editor: Editor;
const wrapper = ({ children }: { children: ReactNode }) => <EditorContext value={editor}>{children}</EditorContext>;
const drawing = (distant = false) =>
  renderHook(() => ({ nodes: useFlowNodes(distant), edges: useFlowEdges(distant) }), { wrapper }).result;

beforeEach(() => {
  vi.useFakeTimers();
  editor = editorTold(answer({ design: chain("a", "b", "c", "d") }));
});

describe("a frame of a drag", () => {
  it("makes one node anew and no wire", () => {
    const shown = drawing();
    act(() => editor.set({ dragging: new Map([["b", [5, 5]]]) }));
    const before = shown.current;
    act(() => editor.set({ dragging: new Map([["b", [9, 9]]]) }));
    const after = shown.current;
    expect(after.edges).toBe(before.edges);
    expect(after.nodes.filter((node, index) => node !== before.nodes[index]).map((node) => node.id)).toEqual(["b"]);
    expect(after.nodes[1]!.data).toBe(before.nodes[1]!.data);
  });

  it("compares no drawings to find what is out of date", () => {
    editor.edit("wider", [{ kind: "set_params", id: "b", params: { units: 99 } }]);
    const { stale } = editor.state;
    expect([...stale]).toEqual(["b", "c", "d"]);
    editor.set({ dragging: new Map([["b", [5, 5]]]) });
    expect(editor.state.stale).toBe(stale);
  });
});

describe("an edit", () => {
  it("looks at the ports of touched nodes only", () => {
    const before = editor.design;
    const ports = before.nodes.map((node) => inPorts(before, catalog, node));
    editor.edit("cut", [{ kind: "disconnect", edge: before.edges[2]! }]);
    const after = editor.design;
    const kept = after.nodes.map((node, index) => inPorts(after, catalog, node) === ports[index]);
    expect(kept).toEqual([true, true, true, false]);
  });
});

describe("from far away", () => {
  it("wires are no elements of the page", () => {
    expect(drawing(true).current.edges).toEqual([]);
    expect(drawing(true).current.nodes.every((node) => node.data.distant)).toBe(true);
  });
});

describe("opening a drawing", () => {
  const room = { width: 880, height: 720 };
  const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

  it("shows a small one whole and in the middle", () => {
    const view = viewOf(box(0, 0, 264, 400), room, 0.75, editor.design);
    expect(view.zoom).toBe(1);
    expect(view.x).toBeCloseTo((880 - 264) / 2);
  });

  it("shows a long one from its beginning, at a size that can be read", () => {
    const view = viewOf(box(0, 50, 264, 5000), room, 0.75, editor.design);
    expect(view.zoom).toBe(0.75);
    expect(50 * view.zoom + view.y).toBeCloseTo(24);
    expect(132 * view.zoom + view.x).toBeCloseTo(440);
  });

  it("puts the first layer of a wide one in the middle", () => {
    const wide = { ...editor.design, nodes: editor.design.nodes.map((node, i) => ({ ...node, position: [3000 - 900 * i, 96 * i] as const })) };
    const view = viewOf(box(300, 0, 3000, 400), room, 0.75, wide);
    expect((3000 + 132) * view.zoom + view.x).toBeCloseTo(440);
  });

  it("begins at the left where the data runs to the right", () => {
    const view = viewOf(box(-100, 0, 9000, 200), room, 0.75, { ...editor.design, ui: { direction: "right" } });
    expect(-100 * view.zoom + view.x).toBeCloseTo(24);
  });
});

describe("the overview", () => {
  it("holds the whole drawing, however long it is", () => {
    const { scale, x, y } = fitted({ left: -50, top: 0, right: 30_000, bottom: 90_000 });
    for (const [px, py] of [
      [(-50 - x) * scale, (0 - y) * scale],
      [(30_000 - x) * scale, (90_000 - y) * scale],
    ] as const) {
      expect(px).toBeGreaterThanOrEqual(0);
      expect(px).toBeLessThanOrEqual(112);
      expect(py).toBeGreaterThanOrEqual(0);
      expect(py).toBeLessThanOrEqual(80);
    }
  });
});
