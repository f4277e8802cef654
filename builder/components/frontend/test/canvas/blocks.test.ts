// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Design, Node } from "../../src/canvas/design/document";
import { nodeOf } from "../../src/canvas/design/document";
import { EditRefused, apply, wire } from "../../src/canvas/design/edits";
import { drawnOutputs } from "../../src/canvas/design/outputs";
import { sizeOf } from "../../src/canvas/design/inside";
import { inPorts } from "../../src/canvas/design/ports";
import { COMMANDS, allowed } from "../../src/canvas/state/commands";
import type { Editor } from "../../src/canvas/state/editor";
import * as blocking from "../../src/canvas/state/blocking";
import { press } from "../../src/canvas/state/keys";
import type { CanvasData } from "../../src/canvas/protocol";
import { answer, catalog, chain, node } from "./drawings";
import { editorTold } from "./editors";

const around = { train: vi.fn(), inspect: vi.fn(), rename: vi.fn(), clipboard: vi.fn(), menu: vi.fn(), pointer: vi.fn() };
const key = (name: string, more = {}) => ({ key: name, ctrl: false, shift: false, alt: false, ...more });
const told = (shape: number[]) => ({ shape, dtype: "float32", params: 0, trainable_params: 0, flops: 0, issues: [], blocked_by: null });

function editorWith(design: Design, more: Partial<CanvasData> = {}): Editor {
  return editorTold(answer({ design, annotations: { in: told([4]), a: told([8]), b: told([8]), c: told([8]) }, ...more }));
}

const line = (): Design => chain("in", "a", "b", "c");
const types = (design: Design) => Object.fromEntries(design.nodes.map((one) => [one.id, one.type]));

beforeEach(() => {
  localStorage.clear();
  vi.clearAllMocks();
});

describe("grouping by keyboard", () => {
  it("makes a block of what is selected, selects it and asks for its name", async () => {
    const editor = editorWith(line());
    editor.select(["a", "b"]);
    press(editor, around, key("g", { ctrl: true }));
    expect(types(editor.design)).toEqual({ in: "InputLayer", block_1: "Model", c: "Dense" });
    expect(nodeOf(editor.design, "block_1")!.graph!.nodes[0]).toMatchObject({ id: "in", params: { shape: [4] } });
    expect(editor.chosen).toBe("block_1");
    await vi.waitFor(() => expect(around.rename).toHaveBeenCalled());
  });

  it("says in words why a group would run in a circle, and changes nothing", () => {
    const editor = editorWith(line());
    const before = editor.design;
    editor.select(["a", "c"]);
    press(editor, around, key("g", { ctrl: true }));
    expect(editor.design).toBe(before);
    expect(editor.state.notice?.text).toContain("Select b too");
  });

  it("does not guess a shape that is not known", () => {
    const editor = editorWith(line(), { annotations: {} });
    editor.select(["b"]);
    press(editor, around, key("g", { ctrl: true }));
    expect(editor.state.notice?.text).toContain("not known yet what a gives");
  });

  it("takes the block apart again and undoes each step", () => {
    const editor = editorWith(line());
    editor.select(["a", "b"]);
    blocking.group(editor);
    press(editor, around, key("g", { ctrl: true, shift: true }));
    expect(types(editor.design)).toEqual(types(line()));
    expect([...editor.state.selected].sort()).toEqual(["a", "b"]);
    editor.undo();
    expect(types(editor.design)).toHaveProperty("block_1");
    editor.undo();
    expect(editor.design).toEqual(line());
  });

  it("makes room where the layers of a block would cover others", () => {
    const editor = editorWith(line());
    editor.select(["a", "b"]);
    blocking.group(editor);
    editor.edit("move c", [{ kind: "move_nodes", positions: { c: [0, 192] } }]);
    blocking.ungroup(editor, "block_1");
    const [b, c] = ["b", "c"].map((id) => nodeOf(editor.design, id)!.position![1]);
    expect(c).toBeGreaterThan(b! + 52);
  });
});

describe("blocks", () => {
  const nested = (): Design => {
    const editor = editorWith(line());
    editor.select(["a", "b"]);
    blocking.group(editor);
    return editor.design;
  };

  it("open by Enter, are edited inside and left by Esc", () => {
    const editor = editorWith(nested());
    editor.select(["block_1"]);
    press(editor, around, key("Enter"));
    expect(editor.state.path).toEqual(["block_1"]);
    editor.edit("set units", [{ kind: "set_params", id: "a", params: { units: 3 } }]);
    expect(nodeOf(nodeOf(editor.whole, "block_1")!.graph!, "a")!.params).toEqual({ units: 3 });
    press(editor, around, key("Escape"));
    expect(editor.state.path).toEqual([]);
    expect(editor.chosen).toBe("block_1");
  });

  it("give their settings to Shift Enter, as Enter opens them", () => {
    const editor = editorWith(nested());
    editor.select(["block_1"]);
    press(editor, around, key("Enter", { shift: true }));
    expect(around.inspect).toHaveBeenCalledOnce();
    expect(editor.state.path).toEqual([]);
    const keys = COMMANDS.filter((command) => allowed(command, editor)).flatMap((command) => command.keys ?? []);
    expect(keys.filter((one, index) => keys.indexOf(one) !== index)).toEqual([]);
  });

  it("Esc first drops the selection, then leaves", () => {
    const editor = editorWith(nested());
    editor.open("block_1");
    editor.select(["a"]);
    press(editor, around, key("Escape"));
    expect([editor.state.path, editor.state.selected.size]).toEqual([["block_1"], 0]);
    press(editor, around, key("Escape"));
    expect(editor.state.path).toEqual([]);
  });

  it("are used again with the same weights, and the call opens the block", () => {
    const editor = editorWith(nested());
    editor.select(["block_1"]);
    press(editor, around, key("D", { shift: true }));
    const call = nodeOf(editor.design, editor.chosen!)!;
    expect(call).toMatchObject({ type: "Call", of: "block_1" });
    press(editor, around, key("Enter"));
    expect(editor.state.path).toEqual(["block_1"]);
  });

  it("a call gets weights of its own", () => {
    const editor = editorWith(nested());
    editor.select(["block_1"]);
    blocking.useAgain(editor);
    const id = editor.chosen!;
    editor.edit("own", [{ kind: "own_copy", id }]);
    expect(nodeOf(editor.design, id)!.graph!.nodes.map((one) => one.id)).toEqual(["in", "a", "b"]);
  });

  it("repeat in a chain and select the whole of it", () => {
    const editor = editorWith(nested());
    editor.select(["block_1"]);
    press(editor, around, key("r"));
    expect(editor.state.dialog).toEqual({ kind: "repeat" });
    blocking.repeat(editor, 3);
    expect([...editor.state.selected]).toEqual(["block_1", "block_2", "block_3"]);
    expect(editor.design.edges).toContainEqual(wire("block_3", "c"));
  });

  it("show and hide their inside, which is no change of the network", () => {
    const editor = editorWith(nested());
    editor.select(["block_1"]);
    press(editor, around, key("e"));
    expect(nodeOf(editor.design, "block_1")!.ui).toEqual({ open: true });
    press(editor, around, key("e"));
    expect(nodeOf(editor.design, "block_1")!.ui ?? {}).toEqual({});
  });
});

/** A generator of numbers that is the same in each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

function randomDrawing(roll: (sides: number) => number): Design {
  const nodes: Node[] = [node("in0", "InputLayer"), node("in1", "InputLayer")];
  const edges = [];
  for (let number = 0; number < 3 + roll(6); number += 1) {
    const kind = ["Dense", "Add", "Call", "ReLU"][roll(4)]!;
    const shared = nodes.filter((one) => one.type === "Dense");
    const of = kind === "Call" && shared.length ? shared[roll(shared.length)]!.id : undefined;
    const made = of ? node(`n${number}`, "Call", { of }) : node(`n${number}`, kind === "Call" ? "Dense" : kind, { position: [roll(9) * 8, number * 96] });
    const sources = new Set(Array.from({ length: kind === "Add" ? 2 : 1 }, () => nodes[roll(nodes.length)]!.id));
    edges.push(...[...sources].map((source) => wire(source, made.id)));
    nodes.push(made);
  }
  return { format: "layerloom/1", name: "net", nodes, edges };
}

describe("any group, taken apart again", () => {
  it("is the drawing from before, but for the order in which things are listed", () => {
    let grouped = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const roll = dice(seed);
      const before = randomDrawing(roll);
      const ids = before.nodes.filter(() => roll(2)).map((one) => one.id);
      const shapes = Object.fromEntries(before.nodes.map((one) => [`${one.id}:0`, [4]]));
      try {
        const within = apply(before, { kind: "group", ids, id: "block", shapes });
        const after = apply(within, { kind: "ungroup", id: "block" });
        grouped += 1;
        expect(sorted(after.nodes)).toEqual(sorted(before.nodes.map((one) => ({ position: [0, 0], ...one }) as Node)));
        expect(new Set(after.edges.map((edge) => JSON.stringify(edge)))).toEqual(new Set(before.edges.map((edge) => JSON.stringify(edge))));
        expect(drawnOutputs(after)).toEqual(drawnOutputs(before));
      } catch (refusal) {
        if (!(refusal instanceof EditRefused)) throw refusal;
      }
    }
    expect(grouped).toBeGreaterThan(80);
  });
});

function sorted(nodes: readonly Node[]): unknown {
  const told = nodes.map((one) => ({ ...one, position: one.position ?? [0, 0] }));
  return told.sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe("room on the canvas", () => {
  it("closes up behind a new block, unless something stands beside its layers", () => {
    const editor = editorWith(line());
    editor.select(["a", "b"]);
    blocking.group(editor);
    expect(nodeOf(editor.design, "c")!.position).toEqual([0, 192]);
    const beside = { ...line(), nodes: [...line().nodes, node("d", "Dense", { position: [400, 192] })] };
    const other = editorWith(beside);
    other.select(["a", "b"]);
    blocking.group(other);
    expect(nodeOf(other.design, "c")!.position).toEqual([0, 288]);
  });

  it("lets no expanded copy cover the next one", () => {
    const editor = editorWith(line());
    editor.select(["a", "b"]);
    blocking.group(editor);
    blocking.expand(editor, "block_1", true);
    editor.select(["block_1"]);
    blocking.repeat(editor, 3);
    const tops = ["block_1", "block_2", "block_3", "c"].map((id) => nodeOf(editor.design, id)!.position![1]);
    const height = sizeOf(nodeOf(editor.design, "block_1")!, editor.size).height;
    for (let row = 1; row < tops.length; row += 1) expect(tops[row]! - tops[row - 1]!).toBeGreaterThan(height);
  });

  it("gives room to an inside that is shown and takes it back", () => {
    const editor = editorWith(line());
    editor.select(["a", "b"]);
    blocking.group(editor);
    const before = editor.design;
    blocking.expand(editor, "block_1", true);
    const { height } = sizeOf(nodeOf(editor.design, "block_1")!, editor.size);
    expect(height).toBeGreaterThan(100);
    expect(nodeOf(editor.design, "c")!.position![1]).toBeGreaterThan(nodeOf(editor.design, "block_1")!.position![1] + height);
    blocking.expand(editor, "block_1", false);
    expect(nodeOf(editor.design, "c")!.position).toEqual(nodeOf(before, "c")!.position);
  });
});

describe("a block with two inputs", () => {
  const join = (): Design => ({
    format: "layerloom/1",
    name: "net",
    nodes: [node("in", "InputLayer"), node("a"), node("b"), node("sum", "Add"), node("c")],
    edges: [wire("in", "a"), wire("in", "b"), wire("a", "sum"), wire("b", "sum"), wire("sum", "c")],
  });

  it("has a port for each, named like it, and a wire taken off leaves its place open", () => {
    const editor = editorWith(join(), { annotations: { a: told([8]), b: told([8]) } });
    editor.select(["sum"]);
    blocking.group(editor);
    const ports = () => inPorts(editor.design, catalog, nodeOf(editor.design, "block_1")!);
    expect(ports().map((port) => [port.name, port.edges.map((edge) => edge.source)])).toEqual([
      ["a", ["a"]],
      ["b", ["b"]],
    ]);
    editor.edit("disconnect", [{ kind: "disconnect", edge: wire("a", "block_1", 0, ["inputs", 0]) }]);
    expect(ports().map((port) => port.edges.length)).toEqual([0, 1]);
    editor.connect({ source: "in", sourcePort: 0, target: "block_1" });
    expect(editor.design.edges).toContainEqual(wire("in", "block_1", 0, ["inputs", 0]));
  });
});
