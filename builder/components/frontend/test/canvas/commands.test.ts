// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { nodeOf } from "../../src/canvas/design/document";
import { COMMANDS, allowed, commandOf } from "../../src/canvas/state/commands";
import type { Editor } from "../../src/canvas/state/editor";
import { meant, press } from "../../src/canvas/state/keys";
import { spoken } from "../../src/canvas/state/saying";
import { sections } from "../../src/canvas/view/ContextMenu";
import { answer, chain } from "./drawings";
import { editorTold } from "./editors";

const around = { train: vi.fn(), inspect: vi.fn(), rename: vi.fn(), clipboard: vi.fn(), menu: vi.fn() };
const key = (name: string, more = {}) => ({ key: name, ctrl: false, shift: false, alt: false, ...more });

function editorWith(...ids: string[]): Editor {
  return editorTold(answer({ design: chain(...ids) }));
}

beforeEach(() => {
  localStorage.clear();
  vi.clearAllMocks();
});

describe("the list of commands", () => {
  it("names each command once", () => {
    expect(new Set(COMMANDS.map((command) => command.id)).size).toBe(COMMANDS.length);
  });

  it("binds a key to one command at a time", () => {
    for (const selected of [[], ["b"], ["a", "b"]]) {
      const editor = editorWith("a", "b", "c");
      editor.select(selected);
      const keys = COMMANDS.filter((command) => allowed(command, editor)).flatMap((command) => command.keys ?? []);
      expect(keys.filter((one, index) => keys.indexOf(one) !== index)).toEqual([]);
    }
  });

  it("tells signs by what they are and letters by Shift as well", () => {
    expect(meant("?", key("?", { shift: true }))).toBe(true);
    expect(meant("F", key("F", { shift: true }))).toBe(false);
    expect(meant("Shift F", key("F", { shift: true }))).toBe(true);
    expect(meant("Ctrl Z", key("z", { ctrl: true }))).toBe(true);
    expect(meant("Ctrl Z", key("z"))).toBe(false);
  });

  it("leaves copy, cut and paste to the browser", () => {
    const editor = editorWith("a", "b");
    editor.select(["b"]);
    for (const name of ["c", "x", "v"]) expect(press(editor, around, key(name, { ctrl: true }))).toBe(false);
    expect(editor.design.nodes).toHaveLength(2);
  });

  it("goes through the wires of a layer and comes back to it", () => {
    const editor = editorWith("a", "b", "c");
    editor.select(["b"]);
    press(editor, around, key("w"));
    expect(editor.chosenWire).toEqual({ source: "a", target: "b" });
    expect(editor.state.said.text).toBe("Wire: a feeds b.");
    press(editor, around, key("w"));
    expect(editor.chosenWire).toEqual({ source: "b", target: "c" });
    press(editor, around, key("w"));
    expect(editor.chosen).toBe("b");
  });

  it("adds on the selected wire", () => {
    const editor = editorWith("a", "b");
    editor.select([], ["a:0>b"]);
    commandOf("add").run(editor, around);
    expect(editor.state.dialog).toEqual({ kind: "add", place: { kind: "on", edge: { source: "a", target: "b" } } });
  });

  it("pans with arrows while nothing is selected", () => {
    const editor = editorWith("a");
    const pan = vi.fn();
    editor.stage = { pan } as never;
    press(editor, around, key("ArrowDown"));
    expect(pan).toHaveBeenCalledWith(-0, -64);
    expect(editor.chosen).toBeNull();
  });
});

describe("menus", () => {
  it("offer only what can be done, the groups apart", () => {
    const editor = editorWith("a", "b", "c");
    editor.select(["b"]);
    const ids = sections(editor, "layer").map((group) => group.map((command) => command.id));
    expect(ids.flat()).toContain("unplug");
    expect(ids.find((group) => group.includes("unplug"))).not.toContain("copy");
    editor.select(["a"]);
    expect(sections(editor, "layer").flat().map((command) => command.id)).not.toContain("unplug"); // prettier-ignore
  });

  it("align and spread only what is selected", () => {
    const editor = editorWith("a", "b", "c");
    editor.drop(new Map([["b", [64, 96]]]));
    editor.select(["a", "b"]);
    const row = sections(editor, "layers").find((group) => group[0]!.glyph)!;
    expect(row.map((command) => command.id)).not.toContain("align-down");
    commandOf("align-left").run(editor, around);
    expect(nodeOf(editor.design, "b")!.position).toEqual([0, 96]);
    expect(nodeOf(editor.design, "c")!.position).toEqual([0, 192]);
  });
});

describe("what is said", () => {
  it("tells what was done, undone and done again", () => {
    const editor = editorWith("a", "b");
    editor.select(["b"]);
    editor.removeSelected();
    expect(editor.state.said.text).toBe("Removed b.");
    editor.undo();
    expect(editor.state.said.text).toBe("Undone: remove b.");
    expect([...editor.state.selected]).toEqual(["b"]);
    editor.redo();
    expect(editor.state.said.text).toBe("Done again: remove b.");
  });

  it("is a sentence whatever the label", () => {
    expect(spoken("lay out")).toBe("Laid out.");
    expect(spoken("frobnicate x")).toBe("Frobnicate x.");
  });

  it("undoes two hundred steps, one by one", () => {
    const editor = editorWith("a");
    for (let step = 1; step <= 200; step += 1)
      editor.edit(`set ${step}`, [{ kind: "set_params", id: "a", params: { shape: [step] } }]);
    for (let step = 200; step > 0; step -= 1) {
      expect(nodeOf(editor.design, "a")!.params).toEqual({ shape: [step] });
      editor.undo();
    }
    expect(nodeOf(editor.design, "a")!.params).toEqual({ shape: [4] });
  });
});
