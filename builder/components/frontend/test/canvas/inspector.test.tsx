// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Design, Node, Params } from "../../src/canvas/design/document";
import type { CanvasData, Issue } from "../../src/canvas/protocol";
import { EditorContext } from "../../src/canvas/state/context";
import type { Editor } from "../../src/canvas/state/editor";
import { COMMANDS } from "../../src/canvas/state/commands";
import { Inspector } from "../../src/canvas/view/Inspector";
import { kindsOf, sharedLines } from "../../src/canvas/view/Several";
import { answer, node } from "./drawings";
import { editorTold } from "./editors";
import { catalog } from "./realCatalog";

const kept = new Map<string, string>();
let editor: Editor;

Element.prototype.scrollIntoView = () => undefined;

afterEach(() => {
  cleanup();
  kept.clear();
});

function open(nodes: readonly Node[], data: Partial<CanvasData> = {}, edges: Design["edges"] = []): void {
  editor = editorTold(answer({ design: { format: "layerloom/1", name: "net", nodes, edges }, ...data }), { read: (key) => kept.get(key) ?? null, write: (key, text) => void (text === null ? kept.delete(key) : kept.set(key, text)) }, catalog);
  render(
    <EditorContext value={editor}>
      <Inspector />
    </EditorContext>,
  );
  select(nodes[0]!.id);
}

const select = (...ids: string[]): void => act(() => editor.select(ids));
const params = (id: string): Params | undefined => editor.design.nodes.find((one) => one.id === id)?.params;
const field = (path: string): HTMLElement => screen.getByTestId(`param-${path}`);
const type = (path: string, text: string): void => {
  fireEvent.change(field(path), { target: { value: text } });
  fireEvent.keyDown(field(path), { key: "Enter" });
};
const pick = (path: string, value: string): void => {
  fireEvent.click(field(path));
  fireEvent.click(screen.getByTestId(`param-${path}-${value}`));
};
const all = (): void => void fireEvent.click(screen.getByTestId("inspector-all"));

const conv = node("conv", "Conv2D", { params: { filters: 16, kernel_size: 3 } });
const dense = (id: string, more: Params = {}): Node => node(id, "Dense", { params: { units: 8, ...more } });

describe("numbers", () => {
  it("are judged while they are typed and never reach the drawing when they do not do", () => {
    open([dense("hidden")]);
    fireEvent.change(field("units"), { target: { value: "0" } });
    expect(screen.getByTestId("fault-units").textContent).toContain("from 1 to");
    fireEvent.blur(field("units"));
    expect(screen.getByTestId("fault-units").textContent).toContain("The drawing keeps 8.");
    expect(params("hidden")).toEqual({ units: 8 });
    expect(field("units").getAttribute("aria-invalid")).toBe("true");
    fireEvent.keyDown(field("units"), { key: "Escape" });
    expect((field("units") as HTMLInputElement).value).toBe("8");
    expect(screen.queryByTestId("fault-units")).toBeNull();
  });

  it("step by one with an arrow, by ten with Shift, and stay in their range", () => {
    open([dense("hidden")]);
    fireEvent.keyDown(field("units"), { key: "ArrowUp" });
    fireEvent.keyDown(field("units"), { key: "ArrowUp", shiftKey: true });
    expect(params("hidden")).toEqual({ units: 19 });
    for (let press = 0; press < 3; press += 1) fireEvent.keyDown(field("units"), { key: "ArrowDown", shiftKey: true });
    expect(params("hidden")).toEqual({ units: 1 });
  });
});

describe("dragging the name of a number", () => {
  it("steps it, as one step back", () => {
    open([dense("hidden")]);
    const name = document.querySelector('[data-field="units"] label')!;
    const hand = (type: string, clientX: number): void => void fireEvent(name, new MouseEvent(type, { bubbles: true, clientX }));
    hand("pointerdown", 100);
    hand("pointermove", 108);
    hand("pointermove", 120);
    hand("pointerup", 120);
    expect(params("hidden")).toEqual({ units: 13 });
    act(() => editor.undo());
    expect(params("hidden")).toEqual({ units: 8 });
  });
});

describe("defaults", () => {
  it("are marked only where a value differs from them, and come back by button and by key", () => {
    open([conv]);
    const marked = (name: string): boolean => document.querySelector(`[data-field="${name}"]`)!.classList.contains("field-set");
    expect([marked("filters"), marked("strides")]).toEqual([true, false]);
    type("strides", "2");
    expect(params("conv")!.strides).toEqual([2, 2]);
    expect(marked("strides")).toBe(true);
    fireEvent.click(screen.getByTestId("reset-strides"));
    expect(params("conv")).toEqual(conv.params);
    pick("activation", "relu");
    fireEvent.keyDown(field("activation"), { key: "r", code: "KeyR", altKey: true });
    expect(params("conv")).toEqual(conv.params);
  });
});

describe("the defaults of a whole layer", () => {
  it("come back as one step, and what has to be set stays", () => {
    open([dense("a", { activation: "relu", use_bias: false, trainable: false }), dense("b", { activation: "tanh" })]);
    select("a", "b");
    const command = COMMANDS.find((one) => one.id === "reset-settings")!;
    expect(command.enabled!(editor)).toBe(true);
    act(() => command.run(editor, null as never));
    expect([params("a"), params("b")]).toEqual([{ units: 8 }, { units: 8 }]);
    expect(command.enabled!(editor)).toBe(false);
    act(() => editor.undo());
    expect(params("a")!.use_bias).toBe(false);
  });

  it("freeze and unfreeze only what learns", () => {
    open([dense("a"), dense("b", { trainable: false }), node("drop", "Dropout", { params: { rate: 0.5 } })]);
    select("a", "b", "drop");
    const run = (id: string): void => act(() => COMMANDS.find((one) => one.id === id)!.run(editor, null as never));
    run("freeze");
    expect([params("a"), params("b"), params("drop")]).toEqual([{ units: 8, trainable: false }, { units: 8, trainable: false }, { rate: 0.5 }]);
    run("unfreeze");
    expect([params("a"), params("b")]).toEqual([{ units: 8 }, { units: 8 }]);
  });
});

describe("a thousand selected layers", () => {
  it("are told apart by type at the cost of a few", () => {
    const nodes = Array.from({ length: 1000 }, (_, at) => (at % 2 ? dense(`d${at}`) : node(`c${at}`, "Conv2D", { params: { filters: 4, kernel_size: 3 } })));
    open([dense("first"), ...nodes]);
    const before = performance.now();
    const lines = sharedLines(editor, kindsOf(catalog, nodes), nodes.length);
    expect(performance.now() - before).toBeLessThan(500);
    expect(lines.find((line) => line.spec.name === "units")!.note).toBe("500 of 1000");
  });
});

describe("help", () => {
  it("stands in place, from the catalogue, with range and default", () => {
    open([conv]);
    fireEvent.click(screen.getByTestId("help-strides"));
    const said = screen.getByTestId("help-text-strides").textContent!;
    expect(said).toContain(catalog.layer("Conv2D")!.params.find((spec) => spec.name === "strides")!.help);
    expect(said).toContain("Keras' default: 1, 1.");
    fireEvent.keyDown(field("strides"), { key: "F1" });
    expect(screen.queryByTestId("help-text-strides")).toBeNull();
    fireEvent.click(screen.getByTestId("node-help"));
    expect(screen.getByTestId("node-help-text").textContent).toContain("2D convolution layer");
  });
});

describe("the two views", () => {
  it("show little or all, under headings, and remember which", () => {
    open([conv, dense("other")]);
    expect(document.querySelectorAll(".field").length).toBeLessThan(9);
    all();
    expect(screen.getByTestId("inspector-all").textContent).toBe(`All ${document.querySelectorAll(".field").length}`);
    expect([...document.querySelectorAll("h4")].map((head) => head.textContent)).toContain("Regularisation");
    select("other");
    expect(screen.getByTestId("inspector-all").getAttribute("aria-checked")).toBe("true");
    expect(kept.get("layerloom.looks.settings")).toBe("all");
  });

  it("find a setting by part of its name, of all of them", () => {
    open([conv]);
    all();
    fireEvent.change(screen.getByTestId("form-search"), { target: { value: "bias init" } });
    expect([...document.querySelectorAll<HTMLElement>(".field")].map((one) => one.dataset.field)).toEqual(["bias_initializer"]);
  });

  it("show in the short one what is set, though it is no basic setting", () => {
    open([dense("hidden", { use_bias: false })]);
    expect(field("use_bias").getAttribute("aria-checked")).toBe("false");
  });
});

describe("objects", () => {
  it("are chosen by name and get their own arguments below", () => {
    open([dense("hidden")]);
    all();
    pick("kernel_initializer", "HeNormal");
    expect(params("hidden")!.kernel_initializer).toBe("he_normal");
    const own = within(screen.getByTestId("subform-kernel_initializer"));
    fireEvent.click(own.getByTestId("more-kernel_initializer"));
    type("kernel_initializer.seed", "7");
    expect(params("hidden")!.kernel_initializer).toEqual({ type: "HeNormal", params: { seed: 7 } });
    fireEvent.click(screen.getByTestId("reset-kernel_initializer.seed"));
    expect(params("hidden")!.kernel_initializer).toBe("he_normal");
    pick("kernel_initializer", "GlorotUniform");
    expect(params("hidden")).toEqual({ units: 8 });
  });

  it("are one number for L2 in the short view", () => {
    open([conv]);
    expect((field("l2_strength") as HTMLInputElement).placeholder).toBe("off");
    type("l2_strength", "0.002");
    expect(params("conv")!.kernel_regularizer).toEqual({ type: "L2", params: { l2: 0.002 } });
    type("l2_strength", "0.01");
    expect(params("conv")!.kernel_regularizer).toBe("l2");
    type("l2_strength", "");
    expect(params("conv")).toEqual(conv.params);
  });

  it("nest: a layer in a layer, and cells in a cell", () => {
    open([node("both", "Bidirectional", { params: { layer: { type: "LSTM", params: { units: 4 } } } }), node("deep", "RNN", { params: { cell: { type: "LSTMCell", params: { units: 4 } } } })]);
    type("layer.units", "5");
    expect(params("both")!.layer).toEqual({ type: "LSTM", params: { units: 5 } });
    pick("layer", "GRU");
    expect(params("both")!.layer).toEqual({ type: "GRU", params: { units: 5 } });
    pick("backward_layer", "SimpleRNN");
    expect((params("both")!.backward_layer as { type: string }).type).toBe("SimpleRNN");
    pick("backward_layer", "none");
    expect(params("both")).toEqual({ layer: { type: "GRU", params: { units: 5 } } });
    select("deep");
    pick("cell", "StackedRNNCells");
    fireEvent.click(screen.getByTestId("add-cell.cells"));
    pick("cell.cells.cell_2", "GRUCell");
    type("cell.cells.cell_2.units", "6");
    type Cells = { params: { cells: { type: string; params: Params }[] } };
    const cells = () => (params("deep")!.cell as unknown as Cells).params.cells.map((cell) => [cell.type, cell.params.units]);
    expect(cells()).toEqual([
      ["LSTMCell", 32],
      ["GRUCell", 6],
    ]);
    fireEvent.click(screen.getByLabelText("Move cell 2 up"));
    expect(cells().map(([kind]) => kind)).toEqual(["GRUCell", "LSTMCell"]);
    fireEvent.click(screen.getByLabelText("Remove cell 1"));
    expect(cells()).toEqual([["LSTMCell", 32]]);
  });
});

describe("tuples, ranges and margins", () => {
  it("go together while linked and apart when not", () => {
    open([conv]);
    type("kernel_size", "5");
    expect(params("conv")!.kernel_size).toBe(5);
    fireEvent.click(screen.getByTestId("link-kernel_size"));
    type("kernel_size-2", "3");
    expect(params("conv")!.kernel_size).toEqual([5, 3]);
  });

  it("take one number or two", () => {
    open([node("zoom", "RandomZoom", { params: { height_factor: 0.1 } })]);
    fireEvent.click(screen.getByTestId("range-height_factor"));
    expect(params("zoom")!.height_factor).toEqual([-0.1, 0.1]);
    type("height_factor", "0.3");
    expect(screen.getByTestId("fault-height_factor").textContent).toContain("smaller number first");
    expect(params("zoom")!.height_factor).toEqual([-0.1, 0.1]);
    fireEvent.click(screen.getByTestId("range-height_factor"));
    expect(params("zoom")!.height_factor).toBe(0.1);
  });

  it("set each side by its name", () => {
    open([node("pad", "ZeroPadding2D", { params: {} })]);
    type("padding", "2");
    expect(params("pad")!.padding).toBe(2);
    fireEvent.click(screen.getByTestId("margins-padding-sides"));
    type("padding-right", "0");
    expect(params("pad")!.padding).toEqual([[2, 2], [2, 0]]);
    fireEvent.click(screen.getByTestId("margins-padding-all"));
    expect(params("pad")!.padding).toBe(2);
    type("padding", "1");
    expect(params("pad")).toEqual({});
  });
});

describe("inputs", () => {
  const digits = { name: "digits", title: "Digits", rows: 1797, inputs: { pixels: [[8, 8, 1], [64]] } };

  it("are images, rows, sequences or text, with their lengths by name", () => {
    open([node("pixels", "InputLayer", { params: { shape: [64] } })], { data: digits });
    pick2("image");
    expect(params("pixels")!.shape).toEqual([8, 8, 1]);
    type("shape-width", "9");
    expect(params("pixels")!.shape).toEqual([8, 9, 1]);
    pick2("sequence");
    type("shape", "");
    expect((params("pixels")!.shape as (number | null)[])[0]).toBeNull();
    pick2("text");
    expect(params("pixels")).toEqual({ shape: [1], dtype: "string" });
    pick2("row");
    expect(params("pixels")!.dtype).toBeUndefined();
    type("shape", "4×4×3");
    expect(params("pixels")!.shape).toEqual([4, 4, 3]);
  });

  const pick2 = (kind: string): void => {
    fireEvent.click(screen.getByTestId("input-kind"));
    fireEvent.click(screen.getByTestId(`input-kind-${kind}`));
  };

  it("are offered the shape of the data when it differs, and only then", () => {
    open([node("pixels", "InputLayer", { params: { shape: [9, 9, 1] } })], { data: digits });
    expect(screen.getByTestId("offer-shape").textContent).toContain("Digits has 8×8×1 a row");
    fireEvent.click(screen.getByTestId("take-shape"));
    expect(params("pixels")!.shape).toEqual([8, 8, 1]);
    expect(screen.queryByTestId("offer-shape")).toBeNull();
  });
});

describe("what would mend a value", () => {
  it("is one click away when an issue names it", () => {
    const misfit: Issue = {
      code: "data_mismatch",
      severity: "error",
      node: "digit",
      argument: "units",
      message: "digit has 8 units, but digits has 10 classes.",
      fix: "Set units to 10.",
    };
    open([dense("digit")], { fit: [misfit] });
    expect(screen.getByTestId("offer-units").textContent).toContain("10 classes");
    fireEvent.click(screen.getByTestId("take-units"));
    expect(params("digit")).toEqual({ units: 10 });
  });
});

describe("several layers", () => {
  it("share their settings: one value for all, as one step back", () => {
    open([dense("a"), dense("b", { units: 16, activation: "relu" }), node("drop", "Dropout", { params: { rate: 0.5 } })]);
    select("a", "b", "drop");
    expect(screen.getByTestId("several").textContent).toContain("3 layers selected");
    expect((field("units") as HTMLInputElement).placeholder).toBe("mixed");
    expect(document.querySelector('[data-field="units"]')!.textContent).toContain("2 of 3");
    type("units", "32");
    expect([params("a"), params("b")]).toEqual([{ units: 32 }, { units: 32, activation: "relu" }]);
    pick("activation", "tanh");
    expect([params("a")!.activation, params("b")!.activation]).toEqual(["tanh", "tanh"]);
    act(() => editor.undo());
    act(() => editor.undo());
    expect([params("a"), params("b")]).toEqual([{ units: 8 }, { units: 16, activation: "relu" }]);
    expect(screen.queryByTestId("param-rate")).toBeNull();
  });

  it("of one kind have all settings in common", () => {
    open([dense("a"), dense("b")]);
    select("a", "b");
    all();
    expect(screen.getByTestId("inspector-all").textContent).toBe("All 14");
  });
});

describe("the code of a layer", () => {
  it("is folded away and written as in the export", () => {
    open([node("conv_a", "Conv2D", { params: { kernel_size: 3, filters: 16, strides: [1, 1], kernel_regularizer: { type: "L2", params: { l2: 0.001 } } } })]);
    expect(screen.queryByTestId("layer-code")).toBeNull();
    fireEvent.click(screen.getByTestId("code-fold"));
    expect(screen.getByTestId("layer-code").textContent!.replaceAll(/\s+/g, " ")).toBe(
      'layers.Conv2D( 16, kernel_size=3, kernel_regularizer=keras.regularizers.L2(l2=0.001), name="conv_a", )',
    );
  });
});

describe("layers without settings of their own", () => {
  const inside: Design = { format: "layerloom/1", name: "b", nodes: [dense("tower"), node("again", "Call", { of: "tower" })], edges: [] };

  it("lead to the layer that they use again, inside a block too", () => {
    open([node("block", "Model", { graph: inside })]);
    expect(screen.getByTestId("inspector").textContent).toContain("2 layers inside");
    fireEvent.click(screen.getByTestId("open-network"));
    select("again");
    fireEvent.click(screen.getByText("tower"));
    expect(editor.chosen).toBe("tower");
    type("units", "3");
    expect(editor.whole.nodes[0]!.graph!.nodes[0]!.params).toEqual({ units: 3 });
  });
});

describe("the picture of shapes", () => {
  it("tells in words what comes in and goes out, and shows the window of a convolution", () => {
    const known = (shape: number[]) => ({ shape, dtype: "float32", params: 0, trainable_params: 0, flops: 0, issues: [], blocked_by: null });
    const pixels = node("pixels", "InputLayer", { params: { shape: [8, 8, 1] } });
    open([conv, pixels], { annotations: { pixels: known([8, 8, 1]), conv: known([6, 6, 16]) } }, [{ source: "pixels", target: "conv" }]);
    const picture = screen.getByTestId("inspector-shapes");
    expect(picture.getAttribute("aria-label")).toBe("8×8×1 comes in, 6×6×16 goes out");
    expect(picture.querySelector(".window-in")).not.toBeNull();
  });
});
