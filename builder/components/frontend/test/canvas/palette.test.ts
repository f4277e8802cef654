import { describe, expect, it } from "vitest";
import file from "../../../../catalog/catalog.json";
import { Catalog, type ServedCatalog, served } from "../../src/canvas/design/catalog";
import type { Design } from "../../src/canvas/design/document";
import { apply, wire } from "../../src/canvas/design/edits";
import { cannotFeed, effect, misfit } from "../../src/canvas/design/fits";
import { groupsOf, itemOf, itemsOf } from "../../src/canvas/design/items";
import { search } from "../../src/canvas/design/search";
import { suggestions } from "../../src/canvas/design/suggest";
import type { Annotation, Issue } from "../../src/canvas/protocol";
import { findNodes } from "../../src/canvas/state/finding";
import { type Scene, doubt, freeOutput, offers, outputFor, searched, spotOf } from "../../src/canvas/state/offers";
import { placed } from "../../src/canvas/state/placing";
import { RECENT, readShelf, taken, toggled } from "../../src/canvas/state/shelf";
import { chain, node } from "./drawings";

const catalog = served(file as unknown as ServedCatalog);
const items = itemsOf(catalog);
const item = (key: string) => itemOf(catalog, key)!;
const keys = (text: string): readonly string[] => search(items, text).map((found) => found.item.key);
const tensor = (shape: readonly number[], dtype = "float32", type = "") => ({ shape, dtype, type });
const after = (type: string, shape: readonly number[], dtype = "float32"): readonly string[] =>
  suggestions(catalog, tensor(shape, dtype, type)).map(({ key }) => key);
const SIZE = { width: 264, height: 52 };

function answered(shape: readonly number[], more: Partial<Annotation> = {}): Annotation {
  return { shape, dtype: "float32", params: 0, trainable_params: 0, flops: 0, issues: [], blocked_by: null, ...more };
}

describe("the search", () => {
  it.each([
    ["dense", "Dense"],
    ["conv", "Conv2D"],
    ["mha", "MultiHeadAttention"],
    ["gap2d", "GlobalAveragePooling2D"],
    ["fully connected", "Dense"],
    ["fully-connected", "Dense"],
    ["Linear", "Dense"],
    ["BatchNorm2d", "BatchNormalization"],
    ["bn", "BatchNormalization"],
    ["skip", "Add"],
    ["pool", "MaxPooling2D"],
    ["pooling", "MaxPooling2D"],
    ["max pool", "MaxPooling2D"],
    ["concat", "Concatenate"],
    ["one-hot", "CategoryEncoding"],
    ["ops.mean", "ops.mean"],
    ["matmul", "ops.matmul"],
    ["expand dims", "ops.expand_dims"],
    ["learnt row", "Embedding"],
    ["norm", "BatchNormalization"],
    ["max", "MaxPooling2D"],
    ["input", "InputLayer"],
    ["drop", "Dropout"],
  ])("understands %s", (text, key) => {
    expect(keys(text)[0]).toBe(key);
  });

  it.each([
    ["Dnese", "Dense"],
    ["dropuot", "Dropout"],
    ["atention", "Attention"],
    ["embeding", "Embedding"],
    ["batchnormalisation", "BatchNormalization"],
    ["maxpoling2d", "MaxPooling2D"],
  ])("forgives one slip: %s", (text, key) => {
    expect(keys(text)[0]).toBe(key);
  });

  it("finds nothing for what is nothing, and everything when nothing is typed", () => {
    expect(keys("zzzz")).toEqual([]);
    expect(keys("zz")).toEqual([]);
    expect(keys(" ")).toHaveLength(catalog.layers.length);
    expect(keys("")[0]).toBe("InputLayer");
  });

  it("marks the letters that matched, and says the other name otherwise", () => {
    const [mha] = search(items, "mha");
    expect(mha!.marks.map(([from, to]) => mha!.item.title.slice(from, to))).toEqual(["M", "H", "A"]);
    const [pool] = search(items, "pooling2d");
    expect(pool!.marks.map(([from, to]) => pool!.item.title.slice(from, to))).toEqual(["Pooling2D"]);
    const [gap] = search(items, "gap2");
    expect(gap!.marks.map(([from, to]) => gap!.item.title.slice(from, to)).join("")).toBe("GAP2");
    expect(search(items, "linear")[0]).toMatchObject({ marks: [], by: "linear" });
  });

  it("puts the usual one of a kind first", () => {
    expect(keys("attention").slice(0, 2)).toEqual(["Attention", "MultiHeadAttention"]);
    expect(keys("add")[0]).toBe("Add");
    expect(keys("add").slice(0, 3)).toContain("ops.add");
  });

  it("lets what fits go first among equally good ones", () => {
    const spot = { kind: "behind" as const, outlet: { id: "a", port: 0 }, tensor: tensor([20, 16]), besides: [] };
    expect(searched(catalog, spot, "conv")[0]!.item.key).toBe("Conv1D");
    expect(searched(catalog, spot, "maxpool")[0]!.item.key).toBe("MaxPooling1D");
  });
});

describe("ready blocks", () => {
  const block = (name: string, title: string, keywords: string[]) => ({
    name,
    title,
    summary: "A block",
    keywords,
    rank: 4,
    example: { inputs: [[8, 8, 16]], output: [8, 8, 16] },
    graph: chain("in", "out"),
  });
  const blocks = [block("residual", "Residual block", ["resnet"]), block("unet_step", "U-Net step", ["segmentation"])];
  const all = itemsOf(new Catalog(catalog.layers, [], [], blocks));
  const first = (text: string) => search(all, text)[0]!;

  it("are found beside the layers, by title and by other names", () => {
    expect(first("residual").item.key).toBe("block:residual");
    expect(first("residual block").item.title).toBe("Residual block");
    expect(first("segment").item.key).toBe("block:unet_step");
    expect(search(all, "resnet").map(({ item }) => item.key)).toContain("block:residual");
    expect(first("add").item.key).toBe("Add");
    expect(groupsOf(all).at(-1)!.items.map(({ title }) => title)).toEqual(["Residual block", "U-Net step"]);
  });

  it("fit where as many axes come in", () => {
    const [residual] = all.filter(({ key }) => key === "block:residual");
    expect(misfit(residual!, tensor([64]))).toBe("needs images; rows of numbers come out here");
    expect(misfit(residual!, tensor([8, 8, 16]))).toBeNull();
  });
});

describe("what fits", () => {
  it("is judged by axes and by the kind of numbers, with the reason in words", () => {
    expect(misfit(item("Conv2D"), tensor([64]))).toBe("needs images; rows of numbers come out here");
    expect(misfit(item("LSTM"), tensor([8, 8, 3]))).toBe("needs sequences; images come out here");
    expect(misfit(item("TextVectorization"), tensor([1]))).toContain("needs words");
    expect(misfit(item("Dense"), tensor([1], "string"))).toBe("needs numbers; words come out here");
    expect(misfit(item("Dropout"), tensor([4], "int32"))).toContain("whole numbers come out here");
    expect(misfit(item("MaxPooling2D"), tensor([1, 1, 16]))).toBe("needs 2×2 at least; 1×1 come out here");
    expect(misfit(item("Conv2D"), tensor([8, 8, 3]))).toBeNull();
    expect(misfit(item("Conv2D"), { shape: null, dtype: null })).toBeNull();
    expect(misfit(item("InputLayer"), tensor([8]))).toBeNull();
  });

  it("follows what usually comes next", () => {
    expect(after("Conv2D", [8, 8, 16]).slice(0, 3)).toEqual(["BatchNormalization", "MaxPooling2D", "Activation"]);
    expect(after("Embedding", [20, 16]).slice(0, 2)).toEqual(["LSTM", "MultiHeadAttention"]);
    expect(after("Flatten", [1024])[0]).toBe("Dense");
    expect(after("InputLayer", [1], "string")[0]).toBe("TextVectorization");
    expect(after("InputLayer", [20], "int32")[0]).toBe("Embedding");
    expect(suggestions(catalog, null)[0]!.key).toBe("InputLayer");
  });

  it("never offers what cannot take it, whatever comes out", () => {
    for (const { key } of items)
      for (const shape of [[], [4], [20, 16], [8, 8, 3], [1, 1, 3], [4, 8, 8, 3], [2, 4, 8, 8, 3]])
        for (const dtype of ["float32", "int32", "string"])
          for (const offered of suggestions(catalog, tensor(shape, dtype, key)))
            expect(misfit(offered, tensor(shape, dtype)), `${offered.key} after ${key}`).toBeNull();
  });

  it("knows what halves and what doubles", () => {
    expect(effect(item("MaxPooling2D"))).toBe("half");
    expect(effect(item("UpSampling2D"))).toBe("double");
    expect(effect(item("Conv2D"))).toBeNull();
  });

  it("knows what can feed an input", () => {
    expect(cannotFeed(item("Flatten"), item("Conv2D"))).toBe("gives rows of numbers; Conv2D needs images");
    expect(cannotFeed(item("Embedding"), item("LSTM"))).toBeNull();
    expect(cannotFeed(item("Conv2D"), item("Conv2D"))).toBeNull();
    expect(cannotFeed(item("InputLayer"), item("Conv2D"))).toBeNull();
  });
});

const two: Design = {
  ...chain("a", "b"),
  nodes: [...chain("a", "b").nodes, node("c", "Dense", { position: [400, 96], params: { units: 8 } })],
  edges: [wire("a", "b"), wire("a", "c")],
};
const answers = { a: answered([4]), b: answered([8]), c: answered([8]) };
const scene: Scene = { design: two, answers, catalog };

describe("offers", () => {
  it("join loose ends of equal shape", () => {
    const found = offers(scene, spotOf(scene, { kind: "behind", id: "b" }));
    expect(found.slice(0, 2).map(({ title }) => title)).toEqual(["Add with c", "Concatenate with c"]);
    const { node: added, edits } = placed(two, catalog, found[0]!.item.spec!, found[0]!.place!, SIZE);
    const net = edits.reduce(apply, two);
    expect(net.edges.filter((edge) => edge.target === added.id).map((edge) => edge.source)).toEqual(["b", "c"]);
  });

  it("do not add what has different shapes", () => {
    const other = { ...scene, answers: { ...answers, c: answered([9]) } };
    const titles = offers(other, spotOf(other, { kind: "behind", id: "b" })).map(({ title }) => title);
    expect(titles).toContain("Concatenate with c");
    expect(titles).not.toContain("Add with c");
  });

  it("offer another input to a layer that joins too few", () => {
    const design = { ...two, nodes: [...two.nodes, node("sum", "Add", { position: [0, 192] })], edges: [...two.edges, wire("b", "sum")] };
    const lone = { ...scene, design };
    const found = offers(lone, spotOf(lone, { kind: "behind", id: "sum" })).find(({ title }) => title === "Another input")!;
    const { node: added, edits } = placed(design, catalog, found.item.spec!, found.place!, SIZE);
    const net = edits.reduce(apply, design);
    expect(net.edges.filter((edge) => edge.target === "sum").map((edge) => edge.source)).toEqual(["b", added.id]);
  });

  it("feed an input backwards, the new node above", () => {
    const design: Design = { ...chain(), nodes: [node("conv", "Conv2D", { position: [0, 400] })], edges: [] };
    const place = { kind: "into", id: "conv", port: 0 } as const;
    const found = offers({ design, answers: {}, catalog }, spotOf({ design, answers: {}, catalog }, place));
    expect(found.map(({ key }) => key)).toContain("InputLayer");
    const { node: added, edits } = placed(design, catalog, catalog.layer("InputLayer")!, place, SIZE);
    expect(added.params!.shape).toEqual([8, 8, 16]);
    expect(added.position![1]).toBeLessThan(400 - SIZE.height);
    expect(edits.reduce(apply, design).edges).toEqual([wire(added.id, "conv")]);
  });

  it("take the first output that feeds nothing", () => {
    const net = { ...chain("a", "b"), nodes: [...chain("a", "b").nodes, node("lstm", "LSTM")], edges: [wire("lstm", "b")] };
    const state = answered([8], { shape: [[8], [8], [8]] as never });
    expect(freeOutput({ design: net, answers: { lstm: state } }, "lstm")).toBe(1);
    expect(freeOutput({ design: net, answers: {} }, "lstm")).toBe(0);
  });

  it("take of several outputs the one that fits", () => {
    const net = { ...chain("a", "b"), nodes: [...chain("a", "b").nodes, node("lstm", "LSTM")], edges: [wire("lstm", "b")] };
    const shape = [[20, 8], [8], [8]] as never;
    const states: Scene = { design: net, answers: { lstm: answered([], { shape, dtype: ["float32", "float32", "float32"] }) }, catalog };
    expect(outputFor(states, "lstm", item("Conv1D"))).toBe(0);
    expect(outputFor(states, "lstm", item("Dense"))).toBe(1);
    const spot = spotOf(states, { kind: "behind", id: "lstm" });
    expect(doubt(spot, item("Conv1D"))).toBeNull();
    expect(doubt(spot, item("Conv2D"))).toContain("needs images");
  });

  it("join all that is selected, also around a shortcut", () => {
    const near = ["a", "b", "c"];
    const same: Scene = { ...scene, answers: { a: answered([8]), b: answered([8]), c: answered([8]) } };
    const found = offers(same, spotOf(same, { kind: "at", position: [0, 0], near }));
    expect(found.slice(0, 3).map(({ title }) => title)).toEqual(["Add 3 layers", "Concatenate 3 layers", "Multiply 3 layers"]);
    const { node: added, edits } = placed(two, catalog, found[0]!.item.spec!, found[0]!.place!, SIZE);
    const net = edits.reduce(apply, two);
    expect(net.edges.filter((edge) => edge.target === added.id).map((edge) => edge.source)).toEqual(near);
    expect(offers(scene, spotOf(scene, { kind: "at", position: [0, 0], near: ["a", "b"] }))[0]!.title).toBe("Concatenate a and b");
  });

  it("let attention look at the tensor behind which it is put", () => {
    const { node: added, edits } = placed(two, catalog, catalog.layer("MultiHeadAttention")!, { kind: "behind", id: "b" }, SIZE);
    const wires = edits.reduce(apply, two).edges.filter((edge) => edge.target === added.id);
    expect(wires.map((edge) => edge.target_port?.[0] ?? "query")).toEqual(["query", "value"]);
    const on = placed(two, catalog, catalog.layer("MultiHeadAttention")!, { kind: "on", edge: two.edges[0]! }, SIZE);
    const net = on.edits.reduce(apply, two);
    expect(net.edges.filter((edge) => edge.target === on.node.id)).toHaveLength(2);
    expect(net.edges.filter((edge) => edge.target === "b").map((edge) => edge.source)).toEqual([on.node.id]);
  });
});

describe("the shelf", () => {
  it("keeps favourites in order and takes them off again", () => {
    const shelf = toggled(toggled(readShelf(null), "Dense"), "Conv2D");
    expect(shelf.liked).toEqual(["Dense", "Conv2D"]);
    expect(toggled(shelf, "Dense").liked).toEqual(["Conv2D"]);
    expect(readShelf(JSON.stringify(shelf))).toEqual(shelf);
  });

  it("remembers the last six, newest first and each once", () => {
    const shelf = ["A", "B", "C", "D", "E", "F", "G", "C"].reduce(taken, readShelf(null));
    expect(shelf.recent).toEqual(["C", "G", "F", "E", "D", "B"]);
    expect(shelf.recent).toHaveLength(RECENT);
  });

  it("is empty when what was kept cannot be read", () => {
    expect(readShelf("{")).toEqual({ liked: [], recent: [] });
    expect(readShelf('{"liked": 3, "recent": [1, "Dense"]}')).toEqual({ liked: [], recent: ["Dense"] });
  });
});

describe("finding a node", () => {
  const block: Design = { ...chain("in", "deep"), name: "block" };
  const whole: Design = {
    ...chain("pixels", "hidden"),
    nodes: [
      ...chain("pixels", "hidden").nodes,
      node("stem", "Conv2D", { params: { filters: 4, kernel_size: 3, activation: "relu" } }),
      node("block", "Model", { graph: block }),
    ],
  };
  const broken = answered([1], {
    issues: [{ code: "bad_argument", severity: "error", node: "hidden", argument: "units", message: "units must be whole", fix: null }],
  });
  const misfitting: Issue = {
    code: "data_mismatch",
    severity: "error",
    node: "stem",
    argument: null,
    message: "digits has 10 classes",
    fix: null,
  };
  const found = (text: string): readonly string[] => findNodes(whole, catalog, { annotations: { hidden: broken }, issues: [], fit: [misfitting] }, text).map(({ full }) => full);

  it("goes by name, type, setting and fault, nested ones too", () => {
    expect(found("hid")).toEqual(["hidden"]);
    expect(found("conv2d")).toEqual(["stem"]);
    expect(found("relu")).toEqual(["stem"]);
    expect(found("fault")).toEqual(["stem", "hidden"]);
    expect(found("10 classes")).toEqual(["stem"]);
    expect(found("must be whole")).toEqual(["hidden"]);
    expect(found("deep")).toEqual(["block/deep"]);
    expect(found("dense")).toEqual(["block/deep", "hidden"]);
    expect(found("elu")).toEqual([]);
  });

  it("lists everything when nothing is typed", () => {
    expect(found("")).toEqual(["pixels", "stem", "block", "block/in", "block/deep", "hidden"]);
  });
});

it("every entry stands in one family", () => {
  expect(groupsOf(items).flatMap((group) => group.items)).toHaveLength(items.length);
});
