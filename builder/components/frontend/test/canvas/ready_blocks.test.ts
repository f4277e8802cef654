// @vitest-environment jsdom
import { beforeEach, describe, expect, it, test } from "vitest";
import bottleneck from "../../../../project/blocks/bottleneck.json";
import dense_block from "../../../../project/blocks/dense_block.json";
import inception from "../../../../project/blocks/inception.json";
import mlp_mixer from "../../../../project/blocks/mlp_mixer.json";
import residual from "../../../../project/blocks/residual.json";
import squeeze_excite from "../../../../project/blocks/squeeze_excite.json";
import transformer_encoder from "../../../../project/blocks/transformer_encoder.json";
import unet_step from "../../../../project/blocks/unet_step.json";
import values from "../../../../../tests/project/block_values.json";
import { type BlockSpec, resolved, value } from "../../src/canvas/design/blocks";
import { Catalog } from "../../src/canvas/design/catalog";
import { type Design, type Json, nodeOf } from "../../src/canvas/design/document";
import { wire } from "../../src/canvas/design/edits";
import { groupsOf, itemOf, itemsOf } from "../../src/canvas/design/items";
import { search } from "../../src/canvas/design/search";
import { commandOf } from "../../src/canvas/state/commands";
import type { Editor } from "../../src/canvas/state/editor";
import { answer, catalog as layers, chain } from "./drawings";
import { editorTold } from "./editors";

const blocks = [
  bottleneck,
  dense_block,
  inception,
  mlp_mixer,
  residual,
  squeeze_excite,
  transformer_encoder,
  unet_step,
] as unknown as readonly BlockSpec[];
const catalog = new Catalog(layers.layers, [], [], blocks);
const told = (shape: number[]) => ({ shape, dtype: "float32", params: 0, trainable_params: 0, flops: 0, issues: [], blocked_by: null });

function editorWith(design: Design, shapes: { [id: string]: number[] }): Editor {
  const annotations = Object.fromEntries(Object.entries(shapes).map(([id, shape]) => [id, told(shape)]));
  return editorTold(answer({ design, annotations }), {}, catalog);
}

const take = (editor: Editor, name: string, place: Parameters<Editor["take"]>[1]) =>
  editor.take(itemOf(catalog, `block:${name}`)!, place);
const inside = (editor: Editor, id: string, inner: string) => nodeOf(nodeOf(editor.design, id)!.graph!, inner)!.params;

beforeEach(() => localStorage.clear());

describe("values of ready blocks", () => {
  const cases = values as { written: Json; shape: (number | null)[]; is?: Json; refused?: string }[];
  test.each(cases.map((entry) => [JSON.stringify(entry.written), entry] as const))("%s", (_, entry) => {
    const work = (): Json => value(entry.written, "Block", entry.shape);
    if (entry.refused) expect(work).toThrow(entry.refused);
    else expect(work()).toEqual(entry.is);
  });

  it("leave nothing to be worked out", () => {
    for (const block of blocks) {
      const text = JSON.stringify(resolved(block, block.rank === 4 ? [9, 7, 5] : [9, 5]));
      expect(text).not.toContain('"$');
    }
  });
});

describe("the palette", () => {
  it("has the blocks as a family of their own and finds them by other names", () => {
    expect(groupsOf(itemsOf(catalog)).find(({ family }) => family === "block")!.items).toHaveLength(8);
    expect(search(itemsOf(catalog), "resnet")[0]!.item.family).toBe("block");
    expect(search(itemsOf(catalog), "vit").map(({ item }) => item.key)).toContain("block:transformer_encoder");
  });
});

describe("a ready block", () => {
  const images = (): Design => ({ ...chain("image"), nodes: [{ id: "image", type: "InputLayer", params: { shape: [9, 9, 6] } }] });

  it("is fitted to what comes in, wired and selected", () => {
    const editor = editorWith(images(), { image: [9, 9, 6] });
    take(editor, "residual", { kind: "behind", id: "image" });
    expect(editor.chosen).toBe("residual_1");
    expect(editor.design.edges).toEqual([wire("image", "residual_1")]);
    expect(inside(editor, "residual_1", "conv_1")).toMatchObject({ filters: 6 });
    expect(inside(editor, "residual_1", "input")).toEqual({ shape: [9, 9, 6] });
    editor.undo();
    expect(editor.design.nodes).toHaveLength(1);
  });

  it("goes on a wire like a layer", () => {
    const net = chain("in", "a");
    const editor = editorWith({ ...net, nodes: [{ ...net.nodes[0]!, params: { shape: [5, 12] } }, net.nodes[1]!] }, { in: [5, 12] });
    take(editor, "mlp_mixer", { kind: "on", edge: net.edges[0]! });
    expect(editor.design.edges).toEqual([wire("mlp_mixer_1", "a"), wire("in", "mlp_mixer_1")]);
    expect(inside(editor, "mlp_mixer_1", "steps_2")).toMatchObject({ units: 5 });
  });

  it("says in words why it does not fit, and changes nothing", () => {
    const editor = editorWith(chain("in", "a"), { in: [4], a: [8] });
    take(editor, "residual", { kind: "behind", id: "a" });
    expect(editor.design.nodes).toHaveLength(2);
    expect(editor.state.notice?.text).toContain("needs images; rows of numbers come in here");
  });

  it("fits itself to the first wire when it was dropped alone", () => {
    const editor = editorWith(images(), { image: [9, 9, 6] });
    take(editor, "unet_step", { kind: "at", position: [0, 200] });
    expect(inside(editor, "unet_step_1", "before")).toMatchObject({ filters: 16 });
    editor.connect({ source: "image", sourcePort: 0, target: "unet_step_1" });
    expect(inside(editor, "unet_step_1", "before")).toMatchObject({ filters: 6 });
    expect(inside(editor, "unet_step_1", "trim")).toEqual({ cropping: [[0, 1], [0, 1]] });
    expect(inside(editor, "unet_step_1", "input")).toEqual({ shape: [9, 9, 6] });
  });

  it("is fitted again on demand, and keeps what was set by hand", () => {
    const editor = editorWith(images(), { image: [9, 9, 6] });
    take(editor, "residual", { kind: "behind", id: "image" });
    editor.edit("set", [{ kind: "within", path: ["residual_1"], edit: { kind: "set_params", id: "conv_1", params: { kernel_size: 5 } } }]);
    const design = editor.whole;
    const other = editorWith(design, { image: [9, 9, 20], residual_1: [9, 9, 6] });
    other.select(["residual_1"]);
    expect(commandOf("fit-block").enabled!(other)).toBe(true);
    commandOf("fit-block").run(other, undefined as never);
    expect(inside(other, "residual_1", "conv_1")).toMatchObject({ filters: 20, kernel_size: 5 });
    expect(inside(other, "residual_1", "input")).toEqual({ shape: [9, 9, 20] });
    expect(commandOf("fit-block").enabled!(other)).toBe(false);
  });
});
