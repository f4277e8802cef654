import { describe, expect, it } from "vitest";
import { edgeKey, sameJson } from "../../src/canvas/design/document";
import { apply, wire } from "../../src/canvas/design/edits";
import { changed, downstream, inOrder, sameNetwork, upstream } from "../../src/canvas/design/graph";
import { STEPS, begin, record, redo, undo } from "../../src/canvas/design/history";
import { lanes, path, portShare } from "../../src/canvas/design/lanes";
import { ROW_GAP, freePlace, layout, makeRoom } from "../../src/canvas/design/layout";
import { inPorts, judge, outCount } from "../../src/canvas/design/ports";
import { placed } from "../../src/canvas/state/placing";
import { catalog, chain, node } from "./drawings";

const SIZE = { width: 264, height: 52 };

describe("the graph", () => {
  it("knows what lies before and behind a node", () => {
    const net = chain("a", "b", "c");
    expect([...downstream(net, "a")]).toEqual(["b", "c"]);
    expect([...upstream(net, "c")].sort()).toEqual(["a", "b"]);
  });

  it("orders nodes so that each comes after what feeds it, and loses none on a circle", () => {
    const net = { ...chain("a", "b", "c"), nodes: [...chain("a", "b", "c").nodes].reverse() };
    expect(inOrder(net).map((n) => n.id)).toEqual(["a", "b", "c"]);
    const circle = { ...net, edges: [...net.edges, wire("c", "b")] };
    expect(inOrder(circle)).toHaveLength(3);
  });

  it("marks the touched node and all behind it, but nothing for a move", () => {
    const before = chain("a", "b", "c", "d");
    const set = apply(before, { kind: "set_params", id: "c", params: { units: 9 } });
    expect([...changed(before, set)].sort()).toEqual(["c", "d"]);
    expect(changed(before, apply(before, { kind: "move_nodes", positions: { b: [5, 5] } })).size).toBe(0);
    const cut = apply(before, { kind: "disconnect", edge: before.edges[0]! });
    expect([...changed(before, cut)].sort()).toEqual(["b", "c", "d"]);
  });

  it("marks a call when the layer that it shares is touched", () => {
    const net = { ...chain("a", "b"), nodes: [...chain("a", "b").nodes, node("again", "Call", { of: "b" })] };
    expect([...changed(net, apply(net, { kind: "set_params", id: "b", params: { units: 3 } }))].sort()).toEqual(["again", "b"]);
  });

  it("finds networks equal that differ in places only", () => {
    const net = chain("a", "b");
    expect(sameNetwork(net, apply(net, { kind: "move_nodes", positions: { a: [9, 9] } }))).toBe(true);
    expect(sameNetwork(net, apply(net, { kind: "set_params", id: "b", params: { units: 1 } }))).toBe(false);
    expect(sameJson({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
  });
});

describe("undo", () => {
  it("goes back and forth and drops the future after a new step", () => {
    const [one, two, three] = [chain("a"), chain("a", "b"), chain("a", "b", "c")];
    let history = record(record(begin(one), two, "add b"), three, "add c");
    history = undo(undo(history));
    expect(history.present).toBe(one);
    history = redo(history);
    expect(history.present).toBe(two);
    expect(record(history, one, "x").future).toEqual([]);
    expect(undo(begin(one)).present).toBe(one);
  });

  it("keeps at least a hundred steps", () => {
    let history = begin(chain("a"));
    for (let step = 0; step < 500; step += 1) history = record(history, { ...chain("a"), name: String(step) }, "name");
    expect(STEPS).toBeGreaterThanOrEqual(100);
    expect(history.past).toHaveLength(STEPS);
  });

  it("joins steps of one nudge", () => {
    let history = begin(chain("a"));
    for (let step = 0; step < 5; step += 1) history = record(history, { ...chain("a"), name: String(step) }, "move a", true);
    expect(history.past).toHaveLength(1);
  });
});

describe("ports", () => {
  const net = {
    ...chain("a", "b", "c"),
    nodes: [...chain("a", "b", "c").nodes, node("sum", "Add"), node("look", "MultiHeadAttention"), node("odd", "NoSuchLayer")],
  };
  const from = (source: string, target: string, port?: number) => judge(net, catalog, { source, sourcePort: 0, target, port });

  it("refuse a layer feeding itself, a circle, a twin and a wire into an input", () => {
    expect(from("b", "b")).toEqual({ ok: false, reason: "A layer cannot feed itself." });
    expect(from("c", "b")).toMatchObject({ ok: false, reason: expect.stringContaining("circle") });
    expect(from("a", "b")).toMatchObject({ ok: false, reason: "a feeds b already." });
    expect(from("b", "a")).toMatchObject({ ok: false, reason: expect.stringContaining("takes no input") });
  });

  it("replace the wire of a port for one and append to a port for many", () => {
    expect(from("a", "c")).toMatchObject({ ok: true, replace: true, edge: { source: "a", target: "c" } });
    expect(from("a", "sum")).toMatchObject({ ok: true, replace: false });
    expect(from("a", "odd")).toMatchObject({ ok: true, replace: false });
  });

  it("fill the needed ports first and spell the later ones", () => {
    expect(from("a", "look")).toMatchObject({ ok: true, edge: { source: "a", target: "look" } });
    const half = apply(net, { kind: "connect", edge: wire("a", "look") });
    expect(judge(half, catalog, { source: "b", sourcePort: 0, target: "look" })).toMatchObject({
      edge: { target_port: ["value"] },
    });
    expect(from("a", "look", 2)).toMatchObject({ edge: { target_port: ["key"] } });
  });

  it("number the wires of a list that is not the first port", () => {
    const rnn = { ...chain("a", "b"), nodes: [...chain("a", "b").nodes, node("rnn", "LSTM")] };
    const first = judge(rnn, catalog, { source: "a", sourcePort: 0, target: "rnn", port: 1 });
    expect(first).toMatchObject({ edge: { target_port: ["initial_state", 0] } });
    const grown = apply(rnn, { kind: "connect", edge: wire("a", "rnn", 0, ["initial_state", 0]) });
    expect(judge(grown, catalog, { source: "b", sourcePort: 0, target: "rnn", port: 1 })).toMatchObject({
      edge: { target_port: ["initial_state", 1] },
    });
    expect(inPorts(grown, catalog, grown.nodes[2]!).map((port) => port.edges.length)).toEqual([0, 1]);
  });

  it("count outputs from answers and wires", () => {
    expect(outCount(net, catalog, net.nodes[1]!, 3)).toBe(3);
    expect(outCount({ ...net, edges: [wire("b", "c", 1)] }, catalog, net.nodes[1]!)).toBe(2);
  });
});

describe("placing", () => {
  const dense = catalog.layer("Dense")!;

  it("adds behind a node with a wire and Keras' way of naming", () => {
    const net = chain("a", "dense");
    const { node: made, edits } = placed(net, catalog, dense, { kind: "behind", id: "dense" }, SIZE);
    const next = edits.reduce(apply, net);
    expect(made).toMatchObject({
      id: "dense_1",
      params: { units: 32, activation: "relu" },
      position: [0, 96 + SIZE.height + ROW_GAP],
    });
    expect(next.edges[1]).toEqual({ source: "dense", target: "dense_1" });
  });

  it("puts a layer on a wire and makes room below it in the same step", () => {
    const net = chain("a", "b", "c");
    const { edits } = placed(net, catalog, catalog.layer("Dropout")!, { kind: "on", edge: net.edges[0]! }, SIZE);
    const next = edits.reduce(apply, net);
    expect(next.edges.map(edgeKey)).toContain("a:0>dropout");
    expect(next.edges.map(edgeKey)).toContain("dropout:0>b");
    const ys = Object.fromEntries(next.nodes.map((n) => [n.id, n.position![1]]));
    expect(ys.dropout).toBeLessThan(ys.b! - SIZE.height);
    expect(ys.b).toBeLessThan(ys.c!);
  });

  it("never covers another node", () => {
    const net = chain("a");
    const [x, y] = freePlace(net, [10, 10], SIZE);
    expect(Math.abs(y) >= SIZE.height || Math.abs(x) >= SIZE.width).toBe(true);
    expect(makeRoom(net, "a", [0, -500], SIZE)).toEqual({});
  });
});

describe("layout", () => {
  it("runs a chain straight down", () => {
    const places = layout(chain("a", "b", "c"), SIZE);
    expect(new Set(Object.values(places).map(([x]) => x)).size).toBe(1);
    expect(places.b![1]).toBeGreaterThan(places.a![1] + SIZE.height + 28);
  });

  it("keeps a residual block straight and gives its shortcut a lane", () => {
    const base = chain("a", "b", "c");
    const net = {
      ...base,
      nodes: [...base.nodes, node("sum", "Add")],
      edges: [...base.edges, wire("a", "sum"), wire("c", "sum")],
    };
    const placedNet = apply(net, { kind: "move_nodes", positions: layout(net, SIZE) });
    expect(new Set(placedNet.nodes.map((n) => n.position![0])).size).toBe(1);
    const found = lanes(placedNet, SIZE);
    expect([...found.keys()]).toEqual(["a:0>sum"]);
    const x = found.get("a:0>sum")!;
    expect(x < placedNet.nodes[0]!.position![0] || x > placedNet.nodes[0]!.position![0] + SIZE.width).toBe(true);
  });

  it("draws straight, cubic and lane paths, and spreads ports", () => {
    expect(path({ x: 0, y: 0 }, { x: 0, y: 50 })).toBe("M0,0L0,50");
    expect(path({ x: 0, y: 0 }, { x: 90, y: 50 })).toContain("C");
    expect(path({ x: 0, y: 0 }, { x: 0, y: 300 }, -100)).toContain("Q-100");
    expect(portShare(0, 1)).toBe(0.5);
    expect(portShare(0, 2) + portShare(1, 2)).toBe(1);
  });

  it("lays out a thousand nodes in reasonable time", () => {
    const net = chain(...Array.from({ length: 1000 }, (_, index) => `n${index}`));
    const begun = performance.now();
    expect(Object.keys(layout(net, SIZE))).toHaveLength(1000);
    lanes(net, SIZE);
    expect(performance.now() - begun).toBeLessThan(8000);
  });
});
