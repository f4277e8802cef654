import { describe, expect, it } from "vitest";
import type { Design, Edge, Node } from "../../src/canvas/design/document";
import { wire } from "../../src/canvas/design/edits";
import { inOrder } from "../../src/canvas/design/graph";
import { layout } from "../../src/canvas/design/layout";
import { stretches } from "../../src/canvas/design/necks";
import { chain, node } from "./drawings";

const size = { width: 264, height: 52 };

/** Blocks one behind the other, each with `ways` of the given lengths from its beginning to its end. */
function blocks(count: number, ways: readonly number[], direction = "down"): Design {
  const nodes: Node[] = [node("in", "InputLayer")];
  const edges: Edge[] = [];
  let last = "in";
  for (let block = 0; block < count; block += 1) {
    const end = `end${block}`;
    for (const [way, length] of ways.entries()) {
      let from = last;
      for (let step = 0; step < length; step += 1) {
        const id = `n${block}_${way}_${step}`;
        nodes.push(node(id));
        edges.push(wire(from, id));
        from = id;
      }
      edges.push(wire(from, end));
    }
    nodes.push(node(end, "Add"));
    last = end;
  }
  return { format: "layerloom/1", name: "net", nodes, edges, ui: { direction } };
}

function overlaps(places: { [id: string]: readonly [number, number] }): number {
  const boxes = Object.values(places).sort((a, b) => a[1] - b[1]);
  let found = 0;
  for (const [index, [x, y]] of boxes.entries()) {
    for (let next = index + 1; next < boxes.length && boxes[next]![1] < y + size.height; next += 1)
      if (Math.abs(boxes[next]![0] - x) < size.width) found += 1;
  }
  return found;
}

describe("a large drawing", () => {
  it("falls into stretches where all data pass through one node", () => {
    const design = blocks(3, [1, 2]);
    const parts = stretches(inOrder(design), design.edges);
    expect(parts.map((part) => [part[0]!.id, part.at(-1)!.id])).toEqual([
      ["in", "end0"],
      ["end0", "end1"],
      ["end1", "end2"],
    ]);
  });

  it("is one stretch where a wire passes by everything, and a lone node is in the first", () => {
    const design = blocks(3, [1, 2]);
    const bridged = { ...design, edges: [...design.edges, wire("in", "end2")] };
    expect(stretches(inOrder(bridged), bridged.edges)).toHaveLength(1);
    const lone = { ...design, nodes: [...design.nodes, node("lone")] };
    expect(stretches(inOrder(lone), lone.edges)[0]!.map(({ id }) => id)).toContain("lone");
  });

  it.each(["down", "right"])("of branches gives every node a place of its own, in order of the data (%s)", (direction) => {
    const design = blocks(40, [1, 2, 3], direction);
    const places = layout(design, size);
    expect(Object.keys(places)).toHaveLength(design.nodes.length);
    expect(overlaps(places)).toBe(0);
    const axis = direction === "down" ? 1 : 0;
    for (const edge of design.edges) expect(places[edge.target]![axis]).toBeGreaterThan(places[edge.source]![axis]);
  });

  it("that is a chain runs straight, as a small one does", () => {
    const ids = Array.from({ length: 200 }, (_, index) => `d${index}`);
    const [large, small] = [layout(chain(...ids), size), layout(chain(...ids.slice(0, 20)), size)];
    for (const id of ids.slice(0, 20)) expect(large[id]).toEqual(small[id]);
    expect(new Set(Object.values(large).map(([x]) => x)).size).toBe(1);
  });

  it("of a thousand layers is laid out in small pieces", () => {
    const design = blocks(143, [1, 2, 3]);
    const parts = stretches(inOrder(design), design.edges);
    expect(parts).toHaveLength(143);
    expect(Math.max(...parts.map((part) => part.length))).toBe(8);
  });
});
