// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { edgeKey, nodeOf } from "../../src/canvas/design/document";
import type { Annotation, Issue } from "../../src/canvas/protocol";
import type { Editor } from "../../src/canvas/state/editor";
import { faultsOf } from "../../src/canvas/state/faults";
import { press } from "../../src/canvas/state/keys";
import { shift } from "../../src/canvas/view/views";
import { answer, catalog, chain } from "./drawings";
import { editorTold } from "./editors";

let sent: { name: string; value: unknown }[];
const around = { train: vi.fn(), inspect: vi.fn(), rename: vi.fn(), clipboard: vi.fn(), menu: vi.fn() };

function editorWith(...ids: string[]): Editor {
  return editorTold(answer({ design: chain(...ids) }), { send: (name, value) => void sent.push({ name, value }) });
}

function note(issues: readonly Issue[] = [], more: Partial<Annotation> = {}): Annotation {
  return { shape: [8], dtype: "float32", params: 40, trainable_params: 40, flops: 64, issues, blocked_by: null, ...more };
}

function issue(node: string | null, more: Partial<Issue> = {}): Issue {
  return { code: "shape_mismatch", severity: "error", node, argument: null, message: `${node} does not fit`, fix: null, ...more };
}

const key = (name: string, more = {}) => ({ key: name, ctrl: false, shift: false, alt: false, ...more });

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sent = [];
});

describe("the editor", () => {
  it("undoes and redoes every kind of change and sends each", () => {
    const editor = editorWith("a", "b");
    editor.add(catalog.layer("Dropout")!, { kind: "behind", id: "b" });
    expect(editor.design.nodes).toHaveLength(3);
    expect(editor.chosen).toBe("dropout");
    editor.undo();
    expect(editor.design.nodes).toHaveLength(2);
    editor.redo();
    expect(editor.design.edges.map(edgeKey)).toContain("b:0>dropout");
    expect(sent.filter(({ name }) => name === "change")).toHaveLength(4);
  });

  it("removes what is selected and joins its neighbours", () => {
    const editor = editorWith("a", "b", "c");
    editor.select(["b"]);
    editor.removeSelected();
    expect(editor.design.edges.map(edgeKey)).toEqual(["a:0>c"]);
    expect(editor.state.selected.size).toBe(0);
  });

  it("removes a selected wire only", () => {
    const editor = editorWith("a", "b", "c");
    editor.select([], ["a:0>b"]);
    editor.removeSelected();
    expect(editor.design.nodes).toHaveLength(3);
    expect(editor.design.edges.map(edgeKey)).toEqual(["b:0>c"]);
  });

  it("pastes copies beside the originals, each time further, and selects them", () => {
    const editor = editorWith("a", "b", "c");
    editor.select(["b", "c"]);
    editor.copy();
    editor.paste();
    editor.paste();
    expect(editor.design.nodes).toHaveLength(7);
    expect(new Set(editor.design.nodes.map((node) => String(node.position))).size).toBe(7);
    expect([...editor.state.selected]).toHaveLength(2);
    expect(editor.design.edges).toHaveLength(4);
  });

  it("cuts, duplicates and nudges in steps that undo as one", () => {
    const editor = editorWith("a", "b", "c");
    editor.select(["b"]);
    editor.nudge(16, 0);
    editor.nudge(16, 0);
    expect(nodeOf(editor.design, "b")!.position).toEqual([32, 96]);
    editor.undo();
    expect(nodeOf(editor.design, "b")!.position).toEqual([0, 96]);
    editor.duplicate();
    editor.cut();
    expect(editor.design.nodes).toHaveLength(3);
  });

  it("says why a wire is refused and leaves the drawing alone", () => {
    const editor = editorWith("a", "b", "c");
    const before = editor.design;
    expect(editor.connect({ source: "c", sourcePort: 0, target: "b" })).toBe(false);
    expect(editor.state.notice?.text).toContain("circle");
    expect(editor.design).toBe(before);
  });

  it("moves a wire to another layer as one step", () => {
    const editor = editorWith("a", "b", "c");
    const moving = editor.design.edges[1]!;
    editor.connect({ source: "a", sourcePort: 0, target: "c", moving });
    expect(editor.design.edges.map(edgeKey)).toEqual(["a:0>b", "a:0>c"]);
    editor.undo();
    expect(editor.design.edges.map(edgeKey)).toEqual(["a:0>b", "b:0>c"]);
  });

  it("marks only the touched layer and those behind it, and shows that after a moment", () => {
    const editor = editorWith("a", "b", "c", "d");
    editor.edit("set", [{ kind: "set_params", id: "c", params: { units: 3 } }]);
    expect([...editor.state.stale].sort()).toEqual(["c", "d"]);
    expect(editor.state.checking.size).toBe(0);
    vi.advanceTimersByTime(200);
    expect([...editor.state.checking].sort()).toEqual(["c", "d"]);
    editor.receive(answer({ ack: { client: "me", seq: 2 }, annotated: { client: "me", seq: 2 } }), false);
    expect(editor.state.checking.size).toBe(0);
    expect(editor.state.sync).toBe("in sync");
  });

  it("keeps answers that did not change as the same objects", () => {
    const editor = editorWith("a", "b");
    editor.receive(answer({ annotations: { a: note(), b: note() } }), false);
    const { annotations } = editor.state.data!;
    editor.receive(answer({ annotations: { a: note(), b: note() }, elapsed_ms: 9 }), false);
    expect(editor.state.data!.annotations).toBe(annotations);
  });

  it("takes a change by Python as one step that undoes with one key", () => {
    const editor = editorWith("a", "b");
    const fixed = chain("a", "b", "c");
    editor.receive(answer({ design: fixed, rev: 1, on_seq: 1, label: "add c" }), false);
    expect(editor.design).toBe(fixed);
    editor.undo();
    expect(editor.design.nodes).toHaveLength(2);
  });

  it("goes from fault to fault in calling order, around", () => {
    const editor = editorWith("a", "b", "c");
    editor.receive(
      answer({
        annotations: { c: note([issue("c")]), b: note([issue("b")]), a: note([], { blocked_by: "b" }) },
        issues: [issue(null, { code: "no_input" })],
      }),
      false,
    );
    expect(faultsOf(editor.state)).toHaveLength(3);
    editor.nextFault();
    expect(editor.chosen).toBe("b");
    editor.nextFault();
    expect(editor.chosen).toBe("c");
    editor.nextFault();
    expect(editor.chosen).toBe("b");
  });

  it("does not repeat a notice that was closed", () => {
    const editor = editorWith("a");
    const said = { severity: "info", text: "Saved elsewhere." };
    editor.receive(answer({ notice: said }), false);
    expect(editor.state.notice?.text).toBe(said.text);
    editor.set({ notice: null });
    editor.receive(answer({ notice: said, elapsed_ms: 8 }), false);
    expect(editor.state.notice).toBeNull();
  });

  it("sends waiting moves before an action", () => {
    const editor = editorWith("a", "b");
    editor.drop(new Map([["b", [32, 32]]]));
    editor.act({ name: "train" });
    expect(sent.slice(-2).map(({ name }) => name)).toEqual(["change", "action"]);
  });
});

describe("keys", () => {
  it("build a network without a mouse", () => {
    const editor = editorWith("a", "b", "c");
    editor.select(["a"]);
    expect(press(editor, around, key("ArrowDown"))).toBe(true);
    expect(editor.chosen).toBe("b");
    press(editor, around, key("ArrowUp"));
    expect(editor.chosen).toBe("a");
    press(editor, around, key("c"));
    expect(editor.state.dialog).toEqual({ kind: "connect", from: "a" });
    press(editor, around, key("k", { ctrl: true }));
    expect(editor.state.dialog).toEqual({ kind: "add" });
    press(editor, around, key("Enter"));
    expect(around.inspect).toHaveBeenCalled();
    press(editor, around, key("Enter", { ctrl: true }));
    expect(around.train).toHaveBeenCalled();
  });

  it("move sideways to the nearest layer, and to the next one where no wire leads", () => {
    const editor = editorWith("a", "b");
    editor.add(catalog.layer("Dense")!, { kind: "at", position: [400, 96] });
    editor.select(["b"]);
    press(editor, around, key("ArrowRight"));
    expect(editor.chosen).toBe("dense");
    press(editor, around, key("ArrowUp"));
    expect(editor.chosen).toBe("a");
  });

  it("leave alone what they do not know", () => {
    const editor = editorWith("a");
    for (const name of ["r", "x", "F5"]) expect(press(editor, around, key(name))).toBe(false);
    expect(press(editor, around, key("r", { ctrl: true }))).toBe(false);
  });
});

it("moves the view only as far as a node needs", () => {
  expect(shift(50, 300, 0, 800)).toBe(0);
  expect(shift(-100, 150, 0, 800)).toBe(124);
  expect(shift(700, 950, 0, 800)).toBe(-174);
});
