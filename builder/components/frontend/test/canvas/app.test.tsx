// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Annotation, CanvasData, Issue } from "../../src/canvas/protocol";
import { EditorContext } from "../../src/canvas/state/context";
import type { Editor } from "../../src/canvas/state/editor";
import { App } from "../../src/canvas/view/App";
import { answer, chain, node } from "./drawings";
import { editorTold } from "./editors";

let sent: { name: string; value: unknown }[];
let editor: Editor;

beforeAll(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal(
    "DOMMatrixReadOnly",
    class {
      m22 = 1;
    },
  );
  Element.prototype.scrollIntoView = () => undefined;
});

beforeEach(() => {
  sent = [];
});

afterEach(cleanup);

function show(data: Partial<CanvasData> = {}): void {
  editor = editorTold(answer({ design: chain("pixels", "hidden", "digit"), ...data }), { send: (name, value) => void sent.push({ name, value }) });
  render(
    <EditorContext value={editor}>
      <App />
    </EditorContext>,
  );
}

function note(issues: readonly Issue[] = [], more: Partial<Annotation> = {}): Annotation {
  return { shape: [8], dtype: "float32", params: 4640, trainable_params: 4640, flops: 64, issues, blocked_by: null, ...more };
}

const fault: Issue = {
  code: "bad_argument",
  severity: "error",
  node: "hidden",
  argument: "units",
  message: "units must be a whole number from 1; it is 0.",
  fix: "Use 1.",
};
const select = (id: string): void => act(() => editor.select([id]));
const of = (id: string): HTMLElement => screen.getAllByTestId("node").find((element) => element.dataset.nodeId === id)!;

describe("the bar", () => {
  it("says in sync, checking, and what to do when the line is down", () => {
    show();
    expect(screen.getByTestId("canvas-status").textContent).toContain("in sync");
    act(() => void editor.edit("set", [{ kind: "set_params", id: "hidden", params: { units: 3 } }]));
    expect(screen.getByTestId("canvas-status").textContent).toContain("checking");
  });

  it("holds Train back with the reason and lets it go without one", () => {
    show({ annotations: { hidden: note([fault]) } });
    const train = screen.getByTestId("train-button");
    expect(train.getAttribute("aria-disabled")).toBe("true");
    expect(screen.getByTestId("train-reason").textContent).toContain("units must be");
    fireEvent.click(train);
    expect(sent.some(({ name }) => name === "action")).toBe(false);
    act(() => editor.receive(answer({ annotations: { hidden: note() } }), false));
    fireEvent.click(train);
    expect(sent.at(-1)).toEqual({ name: "action", value: { name: "train" } });
  });

  it("holds Train back when the network does not fit the data", () => {
    show({
      fit: [
        {
          code: "data_mismatch",
          severity: "error",
          node: "digit",
          argument: "units",
          message: "digit has 8 units, but digits has 10 classes.",
          fix: "Set units to 10.",
        },
      ],
    });
    expect(screen.getByTestId("train-reason").textContent).toContain("10 classes");
    expect(screen.getByTestId("node-misfit").textContent).toContain("10 classes");
  });

  it("shows the whole drawing by its button, also after only a part was shown", () => {
    show();
    act(() => editor.select(["hidden"]));
    act(() => editor.showSelected());
    fireEvent.click(screen.getByRole("button", { name: /Show all|whole drawing|Fit/i }));
    expect(editor.state.fitOnly).toBeNull();
  });

  it("counts faults and goes to them", () => {
    show({ annotations: { hidden: note([fault]) } });
    fireEvent.click(screen.getByTestId("fault-count"));
    expect(editor.chosen).toBe("hidden");
  });

  it("opens templates, exports by link and renames", () => {
    show({ templates: [{ name: "cnn", title: "Small CNN", summary: "Sees strokes" }], export_url: "/x/export" });
    fireEvent.click(screen.getByTestId("open-menu"));
    fireEvent.click(screen.getByTestId("open-template-cnn"));
    expect(sent.at(-1)).toEqual({ name: "action", value: { name: "template", template: "cnn" } });
    fireEvent.click(screen.getByTestId("export-menu"));
    expect(screen.getByTestId("export-keras").getAttribute("href")).toBe("/x/export?format=keras");
    fireEvent.click(screen.getByTestId("project-name"));
    fireEvent.change(screen.getByTestId("project-name-field"), { target: { value: "better" } });
    fireEvent.keyDown(screen.getByTestId("project-name-field"), { key: "Enter" });
    expect(sent.at(-1)).toEqual({ name: "action", value: { name: "rename", text: "better" } });
  });
});

describe("nodes", () => {
  it("show shape, parameters, faults in words, and what waits", () => {
    show({
      annotations: {
        pixels: note([], { params: 0, shape: [64] }),
        hidden: note([fault]),
        digit: note([], { shape: null, params: null, blocked_by: "hidden" }),
      },
    });
    expect(of("pixels").querySelector("[data-testid=node-shape]")!.textContent).toBe("64");
    expect(of("pixels").querySelector("[data-testid=node-params]")!.textContent).toBe("");
    expect(of("hidden").querySelector("[data-testid=node-issue]")!.textContent).toContain("units must be");
    expect(of("hidden").dataset.state).toBe("fault");
    expect(of("digit").textContent).toContain("waits");
  });

  it("show frozen and shared by a word", () => {
    const net = {
      ...chain("pixels", "tower"),
      nodes: [
        node("pixels", "InputLayer"),
        node("tower", "Dense", { params: { units: 2, trainable: false } }),
        node("again", "Call", { of: "tower" }),
      ],
    };
    show({ design: net, annotations: { tower: note() } });
    expect(of("tower").textContent).toContain("frozen");
    expect(of("again").textContent).toContain("shares tower");
  });

  it("are spoken with what they give", () => {
    show({ annotations: { hidden: note() } });
    expect(of("hidden").closest("[aria-label]")!.getAttribute("aria-label")).toBe("hidden, Dense · 8 units, gives 8");
  });
});

describe("the inspector", () => {
  it("commits on Enter and leaves what cannot be read where it is, with the reason", () => {
    show();
    select("hidden");
    const field = screen.getByTestId("param-units");
    fireEvent.change(field, { target: { value: "abc" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(screen.getByTestId("fault-units").textContent).toContain("whole number from 1");
    expect(editor.design.nodes[1]!.params).toEqual({ units: 8 });
    fireEvent.change(field, { target: { value: "128" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(editor.design.nodes[1]!.params).toEqual({ units: 128 });
    expect(screen.queryByTestId("fault-units")).toBeNull();
  });

  it("steps, chooses, switches, and drops what equals Keras' default", () => {
    show();
    select("hidden");
    fireEvent.click(screen.getByTestId("param-units-more"));
    fireEvent.click(screen.getByTestId("param-activation"));
    fireEvent.click(screen.getByTestId("param-activation-relu"));
    expect(editor.design.nodes[1]!.params).toEqual({ units: 9, activation: "relu" });
    fireEvent.click(screen.getByTestId("param-activation"));
    fireEvent.click(screen.getByTestId("param-activation-none"));
    expect(editor.design.nodes[1]!.params).toEqual({ units: 9 });
    fireEvent.click(screen.getByTestId("inspector-all"));
    fireEvent.click(screen.getByTestId("param-use_bias"));
    expect(editor.design.nodes[1]!.params).toEqual({ units: 9, use_bias: false });
    fireEvent.click(screen.getByTestId("reset-use_bias"));
    expect(editor.design.nodes[1]!.params).toEqual({ units: 9 });
  });

  it("links sizes along each axis", () => {
    const net = {
      ...chain("pixels"),
      nodes: [...chain("pixels").nodes, node("conv", "Conv2D", { params: { filters: 4, kernel_size: 3 } })],
    };
    show({ design: net });
    select("conv");
    fireEvent.change(screen.getByTestId("param-kernel_size"), { target: { value: "5" } });
    fireEvent.keyDown(screen.getByTestId("param-kernel_size"), { key: "Enter" });
    expect(editor.design.nodes[1]!.params!.kernel_size).toBe(5);
    fireEvent.click(screen.getByTestId("param-padding-same"));
    expect(editor.design.nodes[1]!.params!.padding).toBe("same");
  });

  it("puts an issue under its field", () => {
    show({ annotations: { hidden: note([fault]) } });
    select("hidden");
    expect(screen.getByTestId("issue-units").textContent).toContain("Use 1.");
  });

  it("renames and says why a name cannot be", () => {
    show();
    select("hidden");
    fireEvent.click(screen.getByTestId("node-name"));
    const field = screen.getByTestId("node-name-field");
    fireEvent.change(field, { target: { value: "digit" } });
    expect(screen.getByRole("alert").textContent).toContain("taken");
    fireEvent.change(field, { target: { value: "features" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(editor.design.nodes[1]!.id).toBe("features");
    expect(editor.chosen).toBe("features");
  });

  it("shows the settings of an unknown layer as they are", () => {
    show({ design: { ...chain("pixels"), nodes: [node("odd", "NoSuchLayer", { params: { strength: 2 } })] } });
    select("odd");
    const field = screen.getByTestId("json-params") as HTMLTextAreaElement;
    expect(field.value).toContain("strength");
    fireEvent.change(field, { target: { value: '{"strength": 3}' } });
    fireEvent.blur(field);
    expect(editor.design.nodes[0]!.params).toEqual({ strength: 3 });
  });
});

describe("the palette", () => {
  it("finds a layer and adds it behind the selected one with Enter", () => {
    show();
    select("digit");
    fireEvent.change(screen.getByTestId("palette-search"), { target: { value: "drop" } });
    fireEvent.keyDown(screen.getByTestId("palette-Dropout"), { key: "Enter" });
    expect(editor.design.edges.at(-1)).toEqual({ source: "digit", target: "dropout" });
  });

  it("names each layer once, however often it is listed", () => {
    show();
    fireEvent.click(screen.getByTestId("family-core"));
    expect(screen.getAllByTestId("palette-Dense")).toHaveLength(1);
  });
});

describe("the quick list", () => {
  it("adds with Ctrl K, a few letters and Enter", () => {
    show();
    select("digit");
    fireEvent.keyDown(screen.getByTestId("canvas"), { key: "k", ctrlKey: true });
    fireEvent.change(screen.getByTestId("finder-input"), { target: { value: "drop" } });
    fireEvent.keyDown(screen.getByTestId("finder-input"), { key: "Enter" });
    expect(editor.design.nodes.at(-1)!.type).toBe("Dropout");
    expect(screen.queryByTestId("finder-add")).toBeNull();
  });

  it("refuses a circle with the reason when connecting by keyboard", () => {
    show();
    select("digit");
    fireEvent.keyDown(screen.getByTestId("canvas"), { key: "c" });
    expect(screen.getByTestId("choice-hidden").getAttribute("aria-disabled")).toBe("true");
    expect(screen.getByTestId("choice-hidden").textContent).toContain("circle");
  });
});

describe("around the drawing", () => {
  it("offers templates on an empty canvas", () => {
    show({ design: { ...chain(), nodes: [], edges: [] }, templates: [{ name: "mlp", title: "MLP", summary: "Numbers in" }] });
    expect(screen.getByTestId("empty-canvas").textContent).toContain("Drag an input here, or press Ctrl K.");
    fireEvent.click(screen.getByTestId("template-mlp"));
    expect(sent.at(-1)).toEqual({ name: "action", value: { name: "template", template: "mlp" } });
  });

  it("lets the person choose when two windows disagree", () => {
    show({ conflict: { rev: 3, updated_at: 0 } });
    fireEvent.click(screen.getByText("Keep mine"));
    expect(sent.at(-1)).toEqual({ name: "action", value: { name: "resolve", keep: "mine" } });
  });

  it("keeps unmodified keys from Streamlit", () => {
    show();
    const outside = vi.fn();
    document.addEventListener("keydown", outside);
    for (const key of ["r", "c", "Delete"]) fireEvent.keyDown(screen.getByTestId("canvas"), { key });
    document.removeEventListener("keydown", outside);
    expect(outside).not.toHaveBeenCalled();
  });

  it("sums up the network and says the totals in full", () => {
    show({ totals: { params: 4810, trainable_params: 4810, flops: 9472, size_bytes: 19240 } });
    expect(screen.getByTestId("total-params").textContent).toBe("4\u2009810");
    expect(screen.getByTestId("check-words").textContent).toContain("3 layers");
  });
});

describe("fields and the keyboard", () => {
  it("undo the drawing when nothing is half typed, and leave half typed text to the field", () => {
    show();
    select("hidden");
    const field = screen.getByTestId("param-units");
    fireEvent.change(field, { target: { value: "128" } });
    fireEvent.keyDown(field, { key: "Enter" });
    fireEvent.change(field, { target: { value: "1289" } });
    fireEvent.keyDown(field, { key: "z", ctrlKey: true });
    expect(editor.design.nodes[1]!.params).toEqual({ units: 128 });
    fireEvent.change(field, { target: { value: "128" } });
    fireEvent.keyDown(field, { key: "z", ctrlKey: true });
    expect(editor.design.nodes[1]!.params).toEqual({ units: 8 });
    expect((screen.getByTestId("param-units") as HTMLInputElement).value).toBe("8");
  });

  it("drop half typed text on Esc and keep it when the field is left", () => {
    show();
    select("hidden");
    const field = screen.getByTestId("param-units");
    field.focus();
    fireEvent.change(field, { target: { value: "77" } });
    fireEvent.keyDown(field, { key: "Escape" });
    expect(editor.design.nodes[1]!.params).toEqual({ units: 8 });
    field.focus();
    fireEvent.change(field, { target: { value: "78" } });
    fireEvent.blur(field);
    expect(editor.design.nodes[1]!.params).toEqual({ units: 78 });
  });
});
