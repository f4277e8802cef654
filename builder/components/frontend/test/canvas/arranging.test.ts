// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { type Box, aligned } from "../../src/canvas/design/align";
import { besides } from "../../src/canvas/design/besides";
import { clip, offsetTo, settled, written } from "../../src/canvas/design/clipboard";
import { type Design, edgeKey } from "../../src/canvas/design/document";
import { apply, wire } from "../../src/canvas/design/edits";
import { clipFrom } from "../../src/canvas/design/foreign";
import { snapTo } from "../../src/canvas/design/guides";
import { lanes, middleOf, path } from "../../src/canvas/design/lanes";
import { layout } from "../../src/canvas/design/layout";
import { noteFrom, notesOf } from "../../src/canvas/design/notes";
import { isLoose, pluggedIn, replaceWire, unplugged } from "../../src/canvas/design/rewire";
import { byFingers } from "../../src/canvas/view/trackpad";
import { chain, node } from "./drawings";

const SIZE = { width: 264, height: 52 };
const box = (id: string, x: number, y: number, width = 100, height = 50): Box => ({ id, x, y, width, height });

beforeEach(() => localStorage.clear());

describe("aligning", () => {
  const three = [box("a", 0, 0), box("b", 40, 100, 200), box("c", 90, 400)];

  it("brings edges and middles in line with the outermost", () => {
    expect([...aligned(three, "left").values()].map(([x]) => x)).toEqual([0, 0, 0]);
    expect([...aligned(three, "right").values()].map(([x]) => x)).toEqual([140, 40, 140]);
    expect([...aligned(three, "centre").values()].map(([x]) => x)).toEqual([70, 20, 70]);
    expect([...aligned(three, "bottom").values()].map(([, y]) => y)).toEqual([400, 400, 400]);
  });

  it("makes the gaps even and leaves the outer two", () => {
    expect([...aligned(three, "down").values()].map(([, y]) => y)).toEqual([0, 200, 400]);
    expect(aligned(three, "across").get("a")).toEqual([0, 0]);
  });
});

describe("guides", () => {
  it("snap to a neighbour's edge before the grid, and say where the line runs", () => {
    const { position, guides } = snapTo(box("a", 0, 0), [203, 303], [box("b", 205, 100)]);
    expect(position).toEqual([205, 304]);
    expect(guides).toEqual([{ axis: "x", at: 255, from: 100, to: 354 }]);
  });

  it("snap to the grid where nothing is near", () => {
    expect(snapTo(box("a", 0, 0), [203, 303], []).position).toEqual([208, 304]);
  });
});

describe("rewiring", () => {
  const merge: Design = {
    format: "layerloom/1",
    name: "net",
    nodes: [node("a", "InputLayer"), node("b"), node("c"), node("sum", "Add"), node("free", "Dropout")],
    edges: [wire("a", "b"), wire("a", "c"), wire("a", "sum"), wire("b", "sum"), wire("c", "sum")],
  };
  const into = (design: Design, id: string): string[] => design.edges.filter((edge) => edge.target === id).map((edge) => edge.source);
  const all = (design: Design, edits: Parameters<typeof apply>[1][]): Design => edits.reduce(apply, design);

  it("keeps the rank of a wire whose source changes", () => {
    const moved = all(merge, [...replaceWire(merge, wire("b", "sum"), wire("free", "sum"))]);
    expect(into(moved, "sum")).toEqual(["a", "free", "c"]);
  });

  it("keeps the numbers of a list without gaps", () => {
    const edges = [0, 1, 2].map((rank) => wire("abc"[rank]!, "sum", 0, ["inputs", rank]));
    const numbered = { ...merge, edges };
    const moved = all(numbered, [...replaceWire(numbered, edges[1]!, { ...edges[1]!, source: "free" })]);
    expect(moved.edges.map(edgeKey)).toEqual(['a:0>sum["inputs",0]', 'free:0>sum["inputs",1]', 'c:0>sum["inputs",2]']);
    const less = all(numbered, [...replaceWire(numbered, edges[1]!, null)]);
    expect(less.edges.map(edgeKey)).toEqual(['a:0>sum["inputs",0]', 'c:0>sum["inputs",1]']);
  });

  it("takes a layer out of a merge and closes the gap in its place", () => {
    const out = all(merge, [...unplugged(merge, "b")]);
    expect(into(out, "sum")).toEqual(["a", "c"]);
    expect(isLoose(out, "b")).toBe(true);
  });

  it("puts a lone layer on a wire in the wire's place", () => {
    const put = all(merge, [...pluggedIn(merge, "free", wire("b", "sum"))]);
    expect(into(put, "sum")).toEqual(["a", "free", "c"]);
    expect(into(put, "free")).toEqual(["b"]);
  });

  it("closes the gap of a removed layer in front of a merge", () => {
    const gone = apply(merge, { kind: "remove_nodes", ids: ["b", "c"], reconnect: true });
    expect(into(gone, "sum")).toEqual(["a"]);
  });
});

describe("the clipboard", () => {
  it("brings nodes through text and back", () => {
    const copied = clip(chain("a", "b", "c"), new Set(["b", "c"]));
    expect(clipFrom(written(copied))).toEqual(copied);
  });

  it("takes a whole design or project as nodes", () => {
    const design = chain("a", "b");
    expect(clipFrom(JSON.stringify(design))?.nodes).toHaveLength(2);
    expect(clipFrom(JSON.stringify({ format: "layerloom-project/1", design }))?.edges).toHaveLength(1);
  });

  it("ignores foreign and hostile text", () => {
    const bad = (nodes: unknown): string => JSON.stringify({ format: "layerloom-nodes/1", nodes, edges: [] });
    for (const text of [
      "hello",
      "",
      "{",
      "[1]",
      '{"format":"other"}',
      bad([{ id: "<b>", type: "Dense" }]),
      bad([{ id: "a" }]),
      bad([{ id: "a", type: "Dense" }, { id: "a", type: "Dense" }]), // prettier-ignore
      bad([]),
      bad("x"),
      bad(Array.from({ length: 6000 }, (_, index) => ({ id: `n${index}`, type: "Dense" }))),
    ])
      expect(clipFrom(text)).toBeNull();
  });

  it("takes known fields only", () => {
    const text = '{"format":"layerloom-nodes/1","nodes":[{"id":"a","type":"Dense","onclick":"x","__proto__":{"y":1}}]}';
    expect(clipFrom(text)!.nodes[0]).toEqual({ id: "a", type: "Dense", position: [0, 0] });
  });

  it("makes a call a layer of its own where the shared layer is missing", () => {
    const design = { ...chain("a", "b"), nodes: [...chain("a", "b").nodes, node("again", "Call", { of: "b" })] };
    const copied = clip(design, new Set(["again"]));
    expect(settled(copied, design).nodes[0]!.type).toBe("Call");
    expect(settled(copied, chain("x")).nodes[0]).toEqual({ id: "again", type: "Dense", params: { units: 8 } });
  });

  it("puts the middle of the copies at the pointer, on the grid", () => {
    const copied = clip(chain("a", "b"), new Set(["a", "b"]));
    const [dx, dy] = offsetTo(copied, [1000, 500], SIZE);
    expect([dx % 16, dy % 16]).toEqual([0, 0]);
    expect(Math.abs(dx + 132 - 1000)).toBeLessThanOrEqual(8);
  });
});

describe("a drawing that runs to the right", () => {
  const right = { ...chain("a", "b", "c", "d"), ui: { direction: "right" } };

  it("is laid out in a level line", () => {
    const places = Object.values(layout(right, SIZE));
    expect(new Set(places.map(([, y]) => y)).size).toBe(1);
    expect(places[1]![0] - places[0]![0]).toBeGreaterThan(SIZE.width + 40);
  });

  it("gives a shortcut a lane above or below the layers it passes", () => {
    const placed = apply({ ...right, edges: [...right.edges, wire("a", "d")] }, { kind: "move_nodes", positions: layout(right, SIZE) });
    const lane = lanes(placed, SIZE).get("a:0>d")!;
    const ys = placed.nodes.map((one) => one.position![1]);
    expect(lane < Math.min(...ys) || lane > Math.max(...ys) + SIZE.height).toBe(true);
    expect(path({ x: 0, y: 26 }, { x: 900, y: 26 }, lane, "right")).toContain(`,${lane}`);
    expect(middleOf({ x: 0, y: 26 }, { x: 900, y: 26 }, lane, "right")).toEqual({ x: 450, y: lane });
  });

  it("has the same wires as one that runs down, mirrored", () => {
    expect(path({ x: 0, y: 10 }, { x: 80, y: 10 }, undefined, "right")).toBe("M0,10L80,10");
  });
});

describe("notes", () => {
  it("go along with the layer they stand by, and beside all where they would cover one", () => {
    const note = noteFrom({ id: "n", text: "t", position: [300, 100], size: [112, 48] })!;
    const before = [box("a", 0, 0, 264, 52), box("b", 0, 100, 264, 52)];
    const after = [box("a", 0, 0, 264, 52), box("b", 0, 200, 264, 52)];
    expect(besides([note], before, after, "down")[0]!.position).toEqual([300, 200]);
    const turned = [box("a", 0, 0, 264, 52), box("b", 336, 0, 264, 52), box("c", 672, 0, 264, 52)];
    expect(besides([note], [...before, box("c", 0, 200, 264, 52)], turned, "right")[0]!.position).toEqual([636, -80]);
  });

  it("are read from the looks of the drawing, and what is none is left out", () => {
    const notes = [{ id: "note-1", text: "hi", position: [1, 2], size: [3, 4], tone: "pink" }, 7, { id: "x y", text: "" }];
    const found = notesOf({ ...chain("a"), ui: { notes } as never });
    expect(found).toEqual([{ id: "note-1", text: "hi", position: [1, 2], size: [112, 48], tone: "plain" }]);
    expect(noteFrom({ id: "n", text: "t" })!.position).toEqual([0, 0]);
  });
});

it("tells fingers on a trackpad from a wheel", () => {
  const turn = (more: object) => ({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, ...more });
  expect(byFingers(turn({ deltaY: 4 }))).toBe(true);
  expect(byFingers(turn({ deltaX: 3, deltaY: 80 }))).toBe(true);
  expect(byFingers(turn({ deltaY: 120 }))).toBe(false);
  expect(byFingers(turn({ deltaY: 4, ctrlKey: true }))).toBe(false);
});
