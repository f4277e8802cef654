// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { wire } from "../../src/canvas/design/edits";
import type { Annotation, CanvasData, Issue, Repair } from "../../src/canvas/protocol";
import { EditorContext } from "../../src/canvas/state/context";
import type { Editor } from "../../src/canvas/state/editor";
import { App } from "../../src/canvas/view/App";
import { cardPlace, shared } from "../../src/canvas/view/cardPlace";
import { checked, difference, headline, remainder, teaching } from "../../src/canvas/words/teaching";
import { answer, chain, node } from "./drawings";
import { editorTold } from "./editors";

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

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const fault: Issue = {
  code: "shape_mismatch",
  severity: "error",
  node: "join",
  argument: null,
  message: "join cannot add these two: 8×8×16 and 8×8×32.",
  fix: "Bring one to 16 with a Conv2D of 1×1.",
};
const design = {
  ...chain("stem", "conv_b"),
  nodes: [node("stem", "InputLayer"), node("conv_b", "Conv2D", { params: { filters: 32 } }), node("join", "Add"), node("block", "Model", { graph: chain("x", "y") })],
  edges: [wire("stem", "conv_b"), wire("stem", "join"), wire("conv_b", "join")],
};
const repair: Repair = {
  node: "join",
  code: "shape_mismatch",
  title: "Widen the shortcut",
  detail: "Insert Conv2D 1×1, 32 filters after stem.",
  edits: [{ kind: "insert_on_edge", edge: wire("stem", "join"), node: node("conv2d", "Conv2D", { params: { filters: 32, kernel_size: 1 } }) }],
  errors_before: 1,
  errors_after: 0,
  blocked_after: 0,
  params_before: 7120,
  params_after: 7994,
  params_added: 544,
  ghost: { type: "Conv2D", name: "conv2d", text: "1×1, 32 filters", edge: wire("stem", "join"), near: "join", position: [-300, 92] },
  changes: [],
};
const narrower: Repair = {
  ...repair,
  title: "Set conv_b to 16 filters",
  detail: "Set filters to 16 in conv_b: join needs 16 here.",
  edits: [{ kind: "set_params", id: "conv_b", params: { filters: 16 }, reset: [] }],
  params_after: 4970,
  params_added: -2320,
  ghost: null,
  changes: [{ node: "conv_b", param: "filters", from: 32, to: 16 }],
};

function note(shape: readonly number[] | null, issues: readonly Issue[] = []): Annotation {
  return { shape, dtype: "float32", params: 0, trainable_params: 0, flops: 0, issues, blocked_by: null };
}

const broken: Partial<CanvasData> = {
  design,
  annotations: { stem: note([8, 8, 16]), conv_b: note([8, 8, 32]), join: note(null, [fault]) },
  repairs: { join: [repair, narrower] },
};
const sound: Partial<CanvasData> = { design, annotations: { stem: note([8, 8, 16]), conv_b: note([8, 8, 32]), join: note([8, 8, 16]) }, repairs: {} };

function show(data: Partial<CanvasData>): void {
  editor = editorTold(answer(data));
  render(
    <EditorContext value={editor}>
      <App />
    </EditorContext>,
  );
}

const open = (): HTMLElement => {
  fireEvent.click(screen.getByTestId("node-issue"));
  return screen.getByTestId("fault-card");
};
const ids = (): string[] => editor.whole.nodes.map(({ id }) => id);

describe("the card of a fault", () => {
  it("opens on a click and says what came in, why not, and what was tried", () => {
    show(broken);
    const card = open();
    expect(card.getAttribute("role")).toBe("dialog");
    expect(card.textContent).toContain("join cannot add these two");
    expect(card.textContent).toContain("from stem8×8×16");
    expect([...card.querySelectorAll(".differs")].map((part) => part.textContent)).toEqual(["16", "32"]);
    expect(card.textContent).toContain("Add works value by value, so both inputs need the same shape.");
    const [first, second] = within(card).getAllByTestId("repair");
    expect(first!.textContent).toContain("Widen the shortcut+544Insert Conv2D 1×1, 32 filters after stem.");
    expect(first!.textContent).toContain("Checked: no fault left, 7\u2009994 parameters.");
    expect(second!.textContent).toContain("\u22122\u2009320");
  });

  it("is shown by a click on the layer too, and leaves the keyboard on the drawing", () => {
    show(broken);
    fireEvent.click(document.querySelector('[data-node-id="join"]')!);
    expect(screen.getByTestId("fault-card").contains(document.activeElement)).toBe(false);
    fireEvent.click(screen.getByTestId("node-issue"));
    expect(screen.getByTestId("fault-card").contains(document.activeElement)).toBe(true);
  });

  it("has the keyboard on the best repair, which Enter carries out as one step", () => {
    show(broken);
    open();
    const first = screen.getAllByTestId("repair")[0]!;
    expect(document.activeElement).toBe(first);
    fireEvent.click(first);
    expect(ids()).toContain("conv2d");
    expect(editor.state.history.past.at(-1)!.label).toBe("widen the shortcut");
    expect(screen.queryByTestId("fault-card")).toBeNull();
    act(() => editor.undo());
    expect(ids()).not.toContain("conv2d");
  });

  it("closes with Esc and goes from repair to repair with the arrows", () => {
    show(broken);
    const card = open();
    fireEvent.keyDown(document.activeElement!, { key: "ArrowDown" });
    expect(document.activeElement!.textContent).toContain("Set conv_b");
    expect(screen.getByTestId("repair-ring").textContent).toBe("filters 16");
    fireEvent.keyDown(card, { key: "Escape" });
    expect(screen.queryByTestId("fault-card")).toBeNull();
    expect(screen.queryByTestId("repair-ring")).toBeNull();
  });

  it("draws the layer that a repair would put in while it is pointed at", () => {
    show(broken);
    open();
    fireEvent.mouseEnter(screen.getAllByTestId("repair")[0]!);
    expect(screen.getByTestId("repair-ghost").textContent).toContain("Conv2D1×1, 32 filters");
    fireEvent.mouseLeave(screen.getAllByTestId("repair")[0]!);
    expect(screen.queryByTestId("repair-ghost")).toBeNull();
  });

  it("opens by itself for a fault that came just now, and takes the keyboard from nobody", () => {
    show(sound);
    act(() => editor.receive(answer(broken), false));
    expect(screen.queryByTestId("fault-card")).toBeNull();
    act(() => void vi.advanceTimersByTime(1000));
    expect(screen.getByTestId("fault-card")).toBeDefined();
    expect(document.activeElement?.closest(".fault-card")).toBeNull();
    expect(screen.getByTestId("spoken").textContent).toContain("join cannot add these two. Repairs are offered");
  });

  it("does not open because no data are chosen: that is no fault of the drawing", () => {
    show(broken);
    const missing: Issue = { ...fault, code: "data_mismatch", node: null, message: "No data is chosen yet." };
    act(() => editor.receive(answer({ ...sound, fit: [missing] }), false));
    act(() => void vi.advanceTimersByTime(1000));
    expect(screen.queryByTestId("fault-card")).toBeNull();
  });

  it("does not open for faults that were there when the drawing was opened", () => {
    show(broken);
    act(() => void vi.advanceTimersByTime(1000));
    expect(screen.queryByTestId("fault-card")).toBeNull();
  });

  it("goes when its fault is gone", () => {
    show(broken);
    open();
    act(() => editor.receive(answer(sound), false));
    expect(screen.queryByTestId("fault-card")).toBeNull();
  });

  it("opens with the full stop, or Enter, on the selected faulty layer", () => {
    show(broken);
    act(() => editor.select(["join"]));
    fireEvent.keyDown(screen.getByTestId("canvas"), { key: "Enter" });
    expect(screen.getByTestId("fault-card")).toBeDefined();
  });

  it("says that repairs are being tried out, and when none was found", () => {
    show({ ...broken, repairs: {}, repairs_pending: true });
    expect(open().textContent).toContain("Trying repairs out.");
    act(() => editor.receive(answer({ ...broken, repairs: {} }), false));
    expect(screen.getByTestId("fault-card").textContent).toContain("No repair was found");
  });

  it("says when there was no time to try more", () => {
    show({ ...broken, repairs_cut: true });
    expect(open().textContent).toContain("no time to try more");
  });

  it("carries nothing out that was made for an older drawing", () => {
    show(broken);
    open();
    act(() => void editor.edit("set", [{ kind: "set_params", id: "conv_b", params: { filters: 8 } }]));
    fireEvent.click(screen.getAllByTestId("repair")[0]!);
    expect(ids()).not.toContain("conv2d");
  });

  it("stands on the block that holds the faulty layer, and mends inside it", () => {
    const inner: Issue = { ...fault, node: "block/y", code: "bad_argument", message: "units must be a whole number from 1; it is 0." };
    const inside: Repair = {
      ...narrower,
      node: "block/y",
      title: "Set units to 1",
      edits: [{ kind: "within", path: ["block"], edit: { kind: "set_params", id: "y", params: { units: 1 }, reset: [] } }],
      changes: [{ node: "block/y", param: "units", from: 0, to: 1 }],
    };
    show({ design, annotations: { block: note(null, [inner]), "block/y": note(null, [inner]) }, repairs: { "block/y": [inside] } });
    open();
    fireEvent.click(screen.getByTestId("repair"));
    expect(editor.whole.nodes.find(({ id }) => id === "block")!.graph!.nodes[1]!.params).toEqual({ units: 1 });
  });
});

describe("the inspector", () => {
  it("offers the value that a layer behind needs, below the setting", () => {
    show(broken);
    act(() => editor.select(["conv_b"]));
    const offer = screen.getByTestId("offer-filters");
    expect(offer.textContent).toContain("join needs 16 here");
    fireEvent.click(within(offer).getByText("Set 16"));
    expect(editor.design.nodes[1]!.params).toEqual({ filters: 16 });
  });
});

describe("the words of a card", () => {
  it("part a message into what cannot be and what came", () => {
    expect(headline(fault)).toBe("join cannot add these two");
    expect(remainder(fault)).toBe("8×8×16 and 8×8×32.");
    const small = { ...fault, message: "conv looks at 5×5, but only 4×4 is left.", argument: "kernel_size" };
    expect(headline(small)).toBe("conv looks at 5×5");
    expect(remainder(small)).toBe("Only 4×4 is left.");
    expect(teaching(small, "Conv2D")).toContain("must fit into what is left");
  });

  it("fall back to what to do where nothing is taught", () => {
    expect(teaching(fault, "Normalization", 1)).toBe(fault.fix);
  });

  it("say what is left and what is added", () => {
    expect(checked({ ...repair, errors_after: 2 })).toContain("2 faults left");
    expect(difference({ ...repair, params_added: 0 })).toBe("");
  });
});

describe("the place of a card", () => {
  const room = { width: 900, height: 600 };
  const card = { width: 290, height: 300 };
  it("is beside the node, in view, wherever the node is", () => {
    for (let left = -200; left < 900; left += 50)
      for (let top = -60; top < 600; top += 40) {
        const node = { left, top, width: 264, height: 80 };
        const place = cardPlace(node, card, room, []);
        expect(place.left).toBeGreaterThanOrEqual(0);
        expect(place.top).toBeGreaterThanOrEqual(0);
        expect(place.left + card.width).toBeLessThanOrEqual(room.width);
        expect(place.top + card.height).toBeLessThanOrEqual(room.height);
        expect(shared({ ...place, ...card }, node)).toBe(0);
      }
  });

  it("prefers the side where no other node is covered", () => {
    const node = { left: 320, top: 250, width: 264, height: 80 };
    const other = { left: 620, top: 250, width: 264, height: 80 };
    expect(cardPlace(node, card, { width: 1000, height: 600 }, [other]).side).toBe("left");
  });
});
