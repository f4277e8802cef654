// @vitest-environment jsdom
/** Does the panel show, sort, filter and follow the selection, and say what is wrong? */
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Analysis } from "../../src/canvas/analysis/report";
import { EditorContext } from "../../src/canvas/state/context";
import type { Editor } from "../../src/canvas/state/editor";
import { press } from "../../src/canvas/state/keys";
import { AnalysisPanel } from "../../src/canvas/view/AnalysisPanel";
import { Strip } from "../../src/canvas/view/Strip";
import { answer, chain, node } from "./drawings";
import { editorTold } from "./editors";
import { analysed, line } from "./figures";

let editor: Editor;
let kept: Map<string, string | null>;
let told: Analysis;
let asked: string[];

beforeAll(() => {
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} });
});

beforeEach(() => {
  kept = new Map();
  asked = [];
  told = analysed([
    line("pixels", "InputLayer", { params: 0, output: [4] }),
    line("hidden", "Dense", { params: 40, params_share: 0.3, notes: ["Frozen: training leaves it as it is."] }),
    line("digit", "Dense", { params: 90, params_share: 0.7 }),
  ]);
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return Promise.resolve({ ok: true, json: () => Promise.resolve(told) });
  });
});
afterEach(cleanup);

function show(design = chain("pixels", "hidden", "digit")): void {
  editor = editorTold(answer({ design, analysis_url: "/api/projects/p1/analysis", totals: { params: 130, trainable_params: 130, training_bytes: 1_240_000, batch_size: 32 } }), { read: (key) => kept.get(key) ?? null, write: (key, text) => void kept.set(key, text) });
  render(
    <EditorContext value={editor}>
      <AnalysisPanel />
      <Strip />
    </EditorContext>,
  );
}

async function opened(): Promise<void> {
  fireEvent.click(screen.getByTestId("analysis-button"));
  await waitFor(() => screen.getByTestId("analysis-table"));
}

const ids = (): readonly (string | undefined)[] => screen.getAllByTestId("analysis-row").map((row) => row.dataset.rowId);
const row = (id: string): HTMLElement => screen.getAllByTestId("analysis-row").find((one) => one.dataset.rowId === id)!;
const key = (name: string): boolean => fireEvent.keyDown(screen.getByTestId("analysis-table"), { key: name });

describe("the panel", () => {
  it("opens from the strip and by A, and fetches only while it is open", async () => {
    show();
    expect(asked).toEqual([]);
    await opened();
    expect(asked).toEqual(["/api/projects/p1/analysis"]);
    expect(ids()).toEqual(["pixels", "hidden", "digit"]);
    expect(screen.getByTestId("analysis-totals").textContent).toContain("Total of 3 layers");
    expect(screen.getByTestId("analysis-csv").getAttribute("href")).toBe("/api/projects/p1/analysis.csv");
    act(() => void press(editor, {} as never, { key: "a", ctrl: false, shift: false, alt: false }));
    expect(screen.queryByTestId("analysis")).toBeNull();
    expect(screen.getByTestId("analysis-button").getAttribute("aria-expanded")).toBe("false");
  });

  it("sorts by a click on a title and says so to a screen reader", async () => {
    show();
    await opened();
    const title = screen.getByTestId("sort-params");
    fireEvent.click(title);
    expect(ids()).toEqual(["digit", "hidden", "pixels"]);
    expect(title.closest("[role=columnheader]")!.getAttribute("aria-sort")).toBe("descending");
    fireEvent.click(title);
    expect(ids()).toEqual(["pixels", "hidden", "digit"]);
    expect(title.closest("[role=columnheader]")!.getAttribute("aria-sort")).toBe("ascending");
    fireEvent.click(title);
    expect(title.closest("[role=columnheader]")!.getAttribute("aria-sort")).toBe("none");
  });

  it("selects on the canvas what is clicked, and marks what is selected there", async () => {
    show();
    await opened();
    fireEvent.click(row("digit"));
    expect(editor.chosen).toBe("digit");
    expect(row("digit").getAttribute("aria-selected")).toBe("true");
    act(() => editor.select(["hidden"]));
    expect(row("hidden").getAttribute("aria-selected")).toBe("true");
    expect(row("digit").getAttribute("aria-selected")).toBe("false");
  });

  it("walks with the arrow keys", async () => {
    show();
    await opened();
    key("ArrowDown");
    expect(editor.chosen).toBe("pixels");
    key("ArrowDown");
    expect(editor.chosen).toBe("hidden");
    key("End");
    expect(editor.chosen).toBe("digit");
    key("ArrowUp");
    expect(editor.chosen).toBe("hidden");
    expect(screen.getByTestId("analysis-table").getAttribute("aria-activedescendant")).toBe("analysis-hidden");
  });

  it("opens networks with the right arrow, and by itself for a layer selected inside", async () => {
    const inner = chain("x", "conv");
    const design = { ...chain("pixels"), nodes: [...chain("pixels").nodes, node("block", "Model", { graph: inner })] };
    told = analysed([line("pixels", "InputLayer"), line("block", "Model", { nested: true }), line("block/x", "InputLayer"), line("block/conv", "Dense")]);
    show(design);
    await opened();
    expect(ids()).toEqual(["pixels", "block"]);
    act(() => editor.select(["block"]));
    key("ArrowRight");
    expect(ids()).toEqual(["pixels", "block", "block/x", "block/conv"]);
    expect(row("block").getAttribute("aria-expanded")).toBe("true");
    key("ArrowLeft");
    expect(ids()).toEqual(["pixels", "block"]);
    act(() => editor.jumpTo("block/conv"));
    expect(row("block/conv").getAttribute("aria-selected")).toBe("true");
    expect(row("block/conv").getAttribute("aria-level")).toBe("2");
  });

  it("keeps columns and height for the next visit", async () => {
    show();
    await opened();
    fireEvent.click(screen.getByTestId("analysis-columns"));
    fireEvent.click(screen.getByTestId("column-notes"));
    expect(row("hidden").textContent).toContain("Frozen");
    fireEvent.keyDown(screen.getByTestId("analysis-grip"), { key: "ArrowUp" });
    const text = JSON.parse(kept.get("layerloom.analysis")!);
    expect(text.columns).toContain("notes");
    expect(text.height).toBe(288);
  });

  it("filters and says when nothing is left", async () => {
    show();
    await opened();
    fireEvent.change(screen.getByTestId("analysis-filter"), { target: { value: "hid" } });
    expect(ids()).toEqual(["hidden"]);
    fireEvent.change(screen.getByTestId("analysis-filter"), { target: { value: "zzz" } });
    expect(screen.getByTestId("analysis").textContent).toContain("No layer has these words.");
  });

  it("greys the old figures while an edit is checked, and fetches the new ones after it", async () => {
    show();
    await opened();
    act(() => void editor.edit("set", [{ kind: "set_params", id: "hidden", params: { units: 3 } }]));
    expect(screen.getByTestId("analysis-table").getAttribute("aria-busy")).toBe("true");
    expect(ids()).toHaveLength(3);
    told = analysed([line("pixels", "InputLayer"), line("hidden", "Dense", { params: 15 })]);
    act(() => editor.receive(answer({ base: 2, ack: { client: "me", seq: editor.wire.seq }, annotated: { client: "me", seq: editor.wire.seq }, analysis_url: "/api/projects/p1/analysis" }), false));
    await waitFor(() => expect(ids()).toEqual(["pixels", "hidden"]));
    expect(screen.getByTestId("analysis-table").getAttribute("aria-busy")).toBe("false");
  });

  it("says in words when nothing is drawn, when layers have faults and when no figures came", async () => {
    told = analysed([line("pixels", "InputLayer"), line("hidden", "Dense", { state: "fault", params: null, notes: ["units must be from 1."] })]);
    show();
    await opened();
    expect(screen.getByTestId("analysis-words").textContent).toContain("1 layer has a fault");
    cleanup();
    show({ ...chain(), nodes: [], edges: [] });
    fireEvent.click(screen.getByTestId("analysis-button"));
    expect(screen.getByTestId("analysis-words").textContent).toContain("Nothing is drawn yet.");
    cleanup();
    vi.stubGlobal("fetch", () => Promise.resolve({ ok: false, status: 500 }));
    show();
    fireEvent.click(screen.getByTestId("analysis-button"));
    await waitFor(() => expect(screen.getByTestId("analysis-words").textContent).toContain("did not come"));
  });

  it("draws only the lines in sight of a thousand", async () => {
    told = analysed(Array.from({ length: 1000 }, (_, index) => line(`n${index}`, "Dense")));
    show();
    await opened();
    expect(screen.getAllByTestId("analysis-row").length).toBeLessThan(40);
    expect(screen.getByTestId("analysis-table").getAttribute("aria-rowcount")).toBe("1002");
    fireEvent.change(screen.getByTestId("analysis-filter"), { target: { value: "n999" } });
    expect(ids()).toEqual(["n999"]);
  });
});

describe("the strip", () => {
  it("tells what training needs at the chosen batch size", () => {
    show();
    expect(screen.getByTestId("training-memory").textContent).toBe("Training memory about 1.24\u2009MB at batch 32");
  });

  it("names the one layer that the others wait for", () => {
    show();
    const waits = { shape: null, dtype: null, params: null, trainable_params: null, flops: null, issues: [], blocked_by: "hidden" };
    act(() => editor.receive(answer({ annotations: { digit: waits } }), false));
    expect(screen.getByTestId("check-words").textContent).toContain("3 layers, 1 waits for hidden");
  });
});
