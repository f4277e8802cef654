// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Design } from "../../src/canvas/design/document";
import { EditRefused, apply } from "../../src/canvas/design/edits";
import { designAt } from "../../src/canvas/design/nesting";
import type { Annotation, Issue, Snapshot } from "../../src/canvas/protocol";
import type { Editor } from "../../src/canvas/state/editor";
import { answer, catalog, chain, node } from "./drawings";
import { editorTold } from "./editors";

let sent: { name: string; value: unknown }[];

/** in → block (x → conv → out) → tail */
function nested(): Design {
  const outer = chain("in", "block", "tail");
  return {
    ...outer,
    nodes: outer.nodes.map((n) => (n.id === "block" ? { ...node("block", "Model"), graph: chain("x", "conv", "out") } : n)),
  };
}

function editorWith(design: Design): Editor {
  return editorTold(answer({ design }), { send: (name, value) => void sent.push({ name, value }) });
}

function note(issues: readonly Issue[] = []): Annotation {
  return { shape: [8], dtype: "float32", params: 40, trainable_params: 40, flops: 64, issues, blocked_by: null };
}

const fault: Issue = {
  code: "shape_mismatch",
  severity: "error",
  node: "block/conv",
  argument: null,
  message: "conv does not fit",
  fix: null,
};

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sent = [];
});

describe("a nested network", () => {
  it("is shown when it is opened, and what is drawn there lands in the whole drawing", () => {
    const editor = editorWith(nested());
    editor.open("block");
    expect(editor.design.nodes.map((n) => n.id)).toEqual(["x", "conv", "out"]);
    editor.add(catalog.layer("Dropout")!, { kind: "behind", id: "out" });
    expect(editor.design.nodes).toHaveLength(4);
    expect(designAt(editor.whole, ["block"])?.nodes).toHaveLength(4);
    expect(editor.whole.nodes).toHaveLength(3);
    const { design } = sent.at(-1)!.value as Snapshot;
    expect(designAt(design!, ["block"])?.nodes).toHaveLength(4);
  });

  it("is undone from inside and stays open", () => {
    const editor = editorWith(nested());
    editor.open("block");
    editor.select(["conv"]);
    editor.removeSelected();
    editor.undo();
    expect(editor.state.path).toEqual(["block"]);
    expect(editor.design.nodes.map((n) => n.id)).toEqual(["x", "conv", "out"]);
  });

  it("is left with the node selected that held it", () => {
    const editor = editorWith(nested());
    editor.open("block");
    editor.leave();
    expect(editor.state.path).toEqual([]);
    expect(editor.chosen).toBe("block");
  });

  it("closes by itself when undo takes it away", () => {
    const editor = editorWith(chain("in", "tail"));
    const graph = chain("x", "conv");
    editor.edit("add block", [{ kind: "add_node", node: { ...node("block", "Model"), graph } }]);
    editor.open("block");
    editor.undo();
    expect(editor.state.path).toEqual([]);
    expect(editor.design.nodes.map((n) => n.id)).toEqual(["in", "tail"]);
  });

  it("gives its nodes the answers of their full paths", () => {
    const editor = editorWith(nested());
    editor.receive(answer({ annotations: { block: note(), "block/conv": { ...note(), params: 7 } } }), false);
    editor.open("block");
    expect(editor.state.answers["conv"]?.params).toBe(7);
    expect(editor.state.answers["block"]).toBeUndefined();
  });

  it("holds a fault that counts once and is jumped to where it is", () => {
    const editor = editorWith(nested());
    editor.receive(answer({ annotations: { block: note([fault]), "block/conv": note([fault]) } }), false);
    expect(editor.faults()).toHaveLength(1);
    editor.nextFault();
    expect(editor.state.path).toEqual(["block"]);
    expect(editor.chosen).toBe("conv");
  });

  it("is not edited where there is none", () => {
    const name = { kind: "within", path: ["tail"], edit: { kind: "set_name", name: "x" } } as const;
    expect(() => apply(nested(), name)).toThrow(EditRefused);
  });
});
