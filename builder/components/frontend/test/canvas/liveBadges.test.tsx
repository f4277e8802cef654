// @vitest-environment jsdom
/** Do the layers show what the run tells, draw only what changed, and open their histograms by mouse and keyboard? */
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { Profiler } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Newest, Pictures, ShownRun } from "../../src/canvas/live-layers/answer";
import { EditorContext } from "../../src/canvas/state/context";
import type { Editor } from "../../src/canvas/state/editor";
import { press } from "../../src/canvas/state/keys";
import { HistogramPanel } from "../../src/canvas/view/HistogramPanel";
import { LiveBadge } from "../../src/canvas/view/LiveBadge";
import { LiveChip } from "../../src/canvas/view/LiveChip";
import { LiveFacts } from "../../src/canvas/view/LiveFacts";
import { useFollowing } from "../../src/canvas/live-layers/use";
import { answer, chain } from "./drawings";
import { editorTold } from "./editors";
import { row, shot, told } from "./liveFigures";

const RUN: ShownRun = { id: "r", number: 7, state: "running", epoch: 2, epochs: 40, same: true, url: "/api/runs/r/layers" };
const DESIGN = chain("pixels", "hidden", "digit");

let editor: Editor;
let newest: Newest;
let pictures: Pictures;
let kept: Map<string, string | null>;
let acted: unknown[];
let drawn: string[];

beforeEach(() => {
  [kept, acted, drawn] = [new Map(), [], []];
  newest = told({ hidden: row({ update: 0.001, gradient: 0.02, dead: 0.25, units: 8 }), digit: row({ update: 1e-7, gradient: 0.1 }) });
  pictures = { newest: 2, kept: [1, 2], pictures: [shot(1, { update: 0.5 }), shot(2, { update: 0.001, dead: 0.25, units: 8 })] };
  vi.stubGlobal("fetch", (url: string) =>
    Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(url.includes("histograms") ? pictures : newest) }),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Whole() {
  useFollowing();
  return (
    <>
      {["hidden", "digit"].map((id) => (
        <Profiler key={id} id={id} onRender={(name) => drawn.push(name)}>
          <LiveBadge path={id} node={id} />
        </Profiler>
      ))}
      <LiveChip />
      <LiveFacts node={DESIGN.nodes[1]!} />
      <HistogramPanel />
    </>
  );
}

async function show(run: ShownRun | null = RUN): Promise<void> {
  editor = editorTold(answer({ design: DESIGN, run }), {
    read: (key) => kept.get(key) ?? null,
    write: (key, text) => void kept.set(key, text),
    send: (name, value) => void (name === "action" && acted.push(value)),
  });
  render(
    <EditorContext value={editor}>
      <Whole />
    </EditorContext>,
  );
  if (run) await waitFor(() => screen.getAllByTestId("live-badge"));
}

const key = (name: string): void => act(() => void press(editor, {} as never, { key: name, ctrl: false, shift: false, alt: false }));
const texts = (): readonly string[] => screen.queryAllByTestId("live-badge").map((badge) => (badge.textContent ?? "").trim());
const asked = (): Promise<void> =>
  act(async () => {
    editor.live.wake();
    await Promise.resolve();
    await Promise.resolve();
  });

describe("the badges", () => {
  it("show the chosen figure with words and a mark, never colour alone", async () => {
    await show();
    expect(texts()).toEqual(["0.1\u2009%", "<\u20090.0001\u2009%small"]);
    const [hidden, digit] = screen.getAllByTestId("live-badge");
    expect(hidden!.title).toContain("usual are 0.01 to 1\u2009%");
    expect(hidden!.getAttribute("aria-label")).toMatch(/^hidden\. /);
    expect(digit!.dataset.mark).toBe("small");
    fireEvent.click(screen.getByTestId("quantity-units"));
    expect(texts()).toEqual(["2 of 8"]);
    fireEvent.click(screen.getByTestId("quantity-off"));
    expect(texts()).toEqual([]);
    expect(kept.get("layerloom.looks.quantity")).toBe("off");
  });

  it("are drawn again only where their words changed", async () => {
    await show();
    drawn.length = 0;
    newest = { ...newest, seq: 2, at: 2.6, layers: { ...newest.layers, hidden: row({ update: 0.009 }) } };
    await asked();
    expect(texts()[0]).toBe("0.9\u2009%");
    expect(drawn).toEqual(["hidden"]);
  });

  it("go to the next figure by V, and say which", async () => {
    await show();
    key("v");
    expect(editor.state.quantity).toBe("units");
    expect(editor.state.said.text).toBe("Dead units on the layers.");
  });

  it("are grey with a word where the drawing is not what trains", async () => {
    await show({ ...RUN, same: false });
    expect(texts()[0]).toBe("0.1\u2009%changed");
    expect(screen.getByTestId("live-run").textContent).toContain("drawing changed since");
    expect(screen.getByTestId("live-facts").textContent).toContain("run 7 trains it as it was");
  });
});

describe("the chip", () => {
  it("tells which run it is and leads to it", async () => {
    await show();
    expect(screen.getByTestId("live-run").textContent).toContain("Run 7, epoch 2 of 40");
    fireEvent.click(screen.getByTestId("live-run"));
    expect(acted).toEqual([{ name: "watch" }]);
  });

  it("is not there without a run", async () => {
    await show(null);
    expect(screen.queryByTestId("live-chip")).toBeNull();
    expect(screen.queryByTestId("live-facts")).toBeNull();
  });
});

describe("the histograms", () => {
  it("open from a badge at the newest epoch, and go back in time", async () => {
    await show();
    fireEvent.click(screen.getAllByTestId("live-badge")[0]!);
    await waitFor(() => screen.getByTestId("histograms-epoch"));
    expect(editor.chosen).toBe("hidden");
    expect(screen.getByTestId("histograms-when").textContent).toBe("epoch 1");
    expect(screen.getByTestId("histograms-facts").textContent).toContain("2 of 8");
    fireEvent.change(screen.getByTestId("histograms-epoch"), { target: { value: "0" } });
    expect(screen.getByTestId("histograms-when").textContent).toBe("before training");
    expect(screen.getByTestId("histograms-facts").textContent).toContain("50\u2009%");
    expect(screen.getByTestId("histograms").textContent).toContain("What it gives out was not seen.");
    expect(screen.getByTestId("histograms-epoch").getAttribute("aria-valuetext")).toBe("before training");
  });

  it("open by H for the selected layer, follow the selection, and close by H and Esc", async () => {
    await show();
    act(() => editor.select(["hidden"]));
    key("h");
    await waitFor(() => screen.getByTestId("histograms-epoch"));
    act(() => editor.select(["digit"]));
    await waitFor(() => expect(editor.state.histograms).toBe("digit"));
    key("h");
    expect(screen.queryByTestId("histograms")).toBeNull();
    key("h");
    fireEvent.keyDown(screen.getByTestId("histograms"), { key: "Escape" });
    expect(screen.queryByTestId("histograms")).toBeNull();
  });

  it("take the place of the analysis, and leave it to it", async () => {
    await show();
    act(() => editor.arrangeAnalysis({ open: true }));
    fireEvent.click(screen.getByTestId("open-histograms"));
    expect(editor.state.analysis.open).toBe(false);
    act(() => editor.arrangeAnalysis({ open: true }));
    expect(editor.state.histograms).toBeNull();
  });

  it("grow with the run while the newest is shown, and stay where somebody looks back", async () => {
    await show();
    act(() => editor.set({ histograms: "hidden" }));
    await waitFor(() => screen.getByTestId("histograms-epoch"));
    pictures = { newest: 3, kept: [1, 2, 3], pictures: [shot(3)] };
    newest = { ...newest, seq: 2 };
    await asked();
    await waitFor(() => expect(screen.getByTestId("histograms-when").textContent).toBe("epoch 2"));
    fireEvent.change(screen.getByTestId("histograms-epoch"), { target: { value: "1" } });
    pictures = { newest: 4, kept: [1, 2, 3, 4], pictures: [shot(4)] };
    newest = { ...newest, seq: 3 };
    await asked();
    await waitFor(() => expect(screen.getByTestId("histograms-epoch").getAttribute("max")).toBe("3"));
    expect(screen.getByTestId("histograms-when").textContent).toBe("epoch 1");
  });
});
