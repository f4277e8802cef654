import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Design } from "../../src/canvas/design/document";
import { apply } from "../../src/canvas/design/edits";
import type { Snapshot } from "../../src/canvas/protocol";
import { MOVE_DELAY_MS, POLL_MS, Wire } from "../../src/canvas/wire";
import { answer, chain } from "./drawings";

const KEY = "layerloom.canvas.p1";
let sent: { name: string; value: unknown }[];
let storage: Map<string, string>;

function wireWith(client = "me"): Wire {
  return new Wire({
    client,
    send: (name, value) => void sent.push({ name, value }),
    later: (run, ms) => setTimeout(run, ms),
    cancel: (timer) => clearTimeout(timer as never),
    read: (key) => storage.get(key) ?? null,
    write: (key, text) => void (text === null ? storage.delete(key) : storage.set(key, text)),
    changed: () => undefined,
  });
}

const changes = (): Snapshot[] => sent.filter(({ name }) => name === "change").map(({ value }) => value as Snapshot);
const lastChange = (): Snapshot => changes().at(-1)!;
const net = chain("a", "b");
const wider = (design: Design, units: number): Design => apply(design, { kind: "set_params", id: "b", params: { units } });

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  storage = new Map();
});

describe("mounting", () => {
  it("takes the drawing and says hello without sending it back", () => {
    const wire = wireWith();
    expect(wire.receive(answer({ design: net }), true).take).toMatchObject({ why: "mount", design: net });
    expect(lastChange()).toMatchObject({ kind: "hello", client: "me", seq: 1, design: null, project: "p1" });
    expect(wire.sync()).toBe("in sync");
  });

  it("asks for a drawing when none is given, and never sends an empty one", () => {
    const wire = wireWith();
    expect(wire.receive(answer(), true).take).toBeNull();
    expect(lastChange()).toMatchObject({ kind: "hello", design: null });
    expect(wire.sync()).toBe("checking");
    expect(wire.receive(answer({ design: net }), false).take).toMatchObject({ why: "mount" });
  });

  it("replays what was never confirmed when Python still has the version below it", () => {
    const edited = wider(net, 99);
    storage.set(KEY, JSON.stringify({ rev: 0, base: 1, design: edited }));
    const wire = wireWith();
    expect(wire.receive(answer({ design: net }), true).take).toMatchObject({ why: "replay", design: edited });
    expect(lastChange()).toMatchObject({ kind: "hello", design: edited });
    expect(wire.sync()).toBe("checking");
    wire.receive(answer({ ack: { client: "me", seq: 1 }, annotated: { client: "me", seq: 1 } }), false);
    expect(wire.sync()).toBe("in sync");
    expect(storage.has(KEY)).toBe(false);
  });

  it("offers what was never confirmed when Python has moved on", () => {
    storage.set(KEY, JSON.stringify({ rev: 0, base: 1, design: wider(net, 99) }));
    const received = wireWith().receive(answer({ design: net, base: 7 }), true);
    expect(received.take).toMatchObject({ why: "mount", design: net });
    expect(received.offer?.design).toEqual(wider(net, 99));
  });

  it("drops a kept drawing that is empty, equal or broken", () => {
    for (const text of [
      JSON.stringify({ rev: 0, base: 1, design: { ...net, nodes: [], edges: [] } }),
      JSON.stringify({ rev: 0, base: 1, design: net }),
      "{broken",
    ]) {
      storage.set(KEY, text);
      const received = wireWith().receive(answer({ design: net }), true);
      expect(received).toMatchObject({ take: { why: "mount" }, offer: null });
    }
  });

  it("keeps its drawing when the page shows the canvas again", () => {
    const wire = wireWith();
    wire.receive(answer({ design: net }), true);
    wire.edited(wider(net, 5), []);
    wire.stop();
    expect(wire.receive(answer({ design: net, base: 1 }), true).take).toBeNull();
    expect(lastChange()).toMatchObject({ kind: "hello", design: wider(net, 5) });
  });

  it("takes what another page changed meanwhile as one step", () => {
    const wire = wireWith();
    wire.receive(answer({ design: net }), true);
    expect(wire.receive(answer({ design: wider(net, 7), base: 2 }), true).take).toMatchObject({ why: "authored" });
  });
});

describe("edits", () => {
  function mounted(): Wire {
    const wire = wireWith();
    wire.receive(answer({ design: net }), true);
    wire.receive(answer({ design: net, ack: { client: "me", seq: 1 } }), false);
    return wire;
  }

  it("go at once, as whole snapshots with a growing seq", () => {
    const wire = mounted();
    wire.edited(wider(net, 9), ["b"]);
    expect(lastChange()).toMatchObject({ v: 1, kind: "edit", seq: 2, base: 1, rev: 0, selection: ["b"], design: wider(net, 9) });
    expect(wire.sync()).toBe("checking");
  });

  it("are in sync exactly when the annotations belong to them", () => {
    const wire = mounted();
    wire.edited(wider(net, 9), []);
    wire.receive(answer({ ack: { client: "me", seq: 2 }, annotated: null, status: "checking" }), false);
    expect(wire.sync()).toBe("checking");
    expect(wire.annotatedDrawing()).toBe(net);
    wire.receive(answer({ ack: { client: "me", seq: 2 }, annotated: { client: "other", seq: 9 } }), false);
    expect(wire.sync()).toBe("checking");
    wire.receive(answer({ ack: { client: "me", seq: 2 }, annotated: { client: "me", seq: 2 } }), false);
    expect(wire.sync()).toBe("in sync");
  });

  it("are sent again after 1, 2, 4 seconds until confirmed, and stay in storage", () => {
    const wire = mounted();
    wire.edited(wider(net, 9), []);
    const before = changes().length;
    vi.advanceTimersByTime(1000);
    vi.advanceTimersByTime(2000);
    vi.advanceTimersByTime(4000);
    expect(changes().length).toBe(before + 3);
    expect(lastChange().seq).toBe(2);
    expect(wire.sync()).toBe("offline");
    expect(storage.has(KEY)).toBe(true);
    wire.receive(answer({ ack: { client: "me", seq: 2 }, annotated: { client: "me", seq: 2 } }), false);
    expect(wire.sync()).toBe("in sync");
    expect(storage.has(KEY)).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(changes().length).toBe(before + 3);
  });

  it("are not confirmed by an older or foreign acknowledgement", () => {
    const wire = mounted();
    wire.edited(wider(net, 9), []);
    wire.receive(answer({ ack: { client: "me", seq: 1 } }), false);
    wire.receive(answer({ ack: { client: "other", seq: 50 } }), false);
    expect(storage.has(KEY)).toBe(true);
  });

  it("let moves rest for a moment, and a move stays in sync with its annotations", () => {
    const wire = mounted();
    const before = changes().length;
    const moved = apply(net, { kind: "move_nodes", positions: { a: [16, 16] } });
    wire.moved(moved, []);
    wire.moved(moved, []);
    expect(changes().length).toBe(before);
    expect(wire.sync()).toBe("saving");
    vi.advanceTimersByTime(MOVE_DELAY_MS);
    expect(changes().length).toBe(before + 1);
    expect(lastChange()).toMatchObject({ kind: "layout", design: moved });
  });

  it("stay edits when a move overtakes them", () => {
    const wire = mounted();
    wire.edited(wider(net, 9), []);
    wire.moved(apply(wider(net, 9), { kind: "move_nodes", positions: { a: [16, 16] } }), []);
    vi.advanceTimersByTime(MOVE_DELAY_MS);
    expect(lastChange()).toMatchObject({ kind: "edit", seq: 3 });
  });
});

describe("changes by Python", () => {
  function mounted(): Wire {
    const wire = wireWith();
    wire.receive(answer({ design: net }), true);
    return wire;
  }

  it("are taken as one step when they build on the newest edit, and confirmed", () => {
    const wire = mounted();
    const fixed = wider(net, 16);
    const { take } = wire.receive(
      answer({ design: fixed, rev: 1, on_seq: 1, label: "set b to 16 units", status: "checking" }),
      false,
    );
    expect(take).toMatchObject({ why: "authored", label: "set b to 16 units" });
    expect(lastChange()).toMatchObject({ kind: "layout", rev: 1, design: fixed });
    expect(wire.sync()).toBe("checking");
    wire.receive(answer({ rev: 1, ack: { client: "me", seq: 2 }, annotated: { client: "me", seq: 2 } }), false);
    expect(wire.sync()).toBe("in sync");
  });

  it("are refused when the person drew meanwhile: Python gets the newer drawing, once", () => {
    const wire = mounted();
    wire.edited(wider(net, 9), []);
    const before = changes().length;
    const stale = answer({ design: wider(net, 16), rev: 1, on_seq: 1 });
    expect(wire.receive(stale, false).take).toBeNull();
    expect(wire.receive(stale, false).take).toBeNull();
    expect(changes().length).toBe(before + 1);
    expect(lastChange()).toMatchObject({ rev: 0, design: wider(net, 9) });
  });

  it("never come from an old answer", () => {
    const wire = mounted();
    expect(wire.receive(answer({ design: wider(net, 3), rev: 0 }), false).take).toBeNull();
  });

  it("open another project whatever is under way, and keep the old one's edits", () => {
    const wire = mounted();
    wire.edited(wider(net, 9), []);
    const other = chain("x");
    expect(wire.receive(answer({ project: "p2", design: other }), false).take).toMatchObject({ why: "project", design: other });
    expect(storage.has(KEY)).toBe(true);
    expect(lastChange()).toMatchObject({ project: "p2", kind: "hello" });
  });

  it("find a restarted server with the same drawing in sync, and settle a different one", () => {
    const wire = mounted();
    wire.edited(wider(net, 9), []);
    wire.receive(answer({ ack: { client: "me", seq: 2 }, annotated: { client: "me", seq: 2 } }), false);
    wire.receive(answer({ design: wider(net, 9), base: 2 }), false);
    expect(wire.sync()).toBe("in sync");
    const before = changes().length;
    wire.receive(answer({ design: wider(net, 1), base: 5 }), false);
    expect(changes().length).toBe(before + 1);
    expect(lastChange()).toMatchObject({ kind: "edit", base: 2, design: wider(net, 9) });
  });

  it("follow a server that began anew", () => {
    const wire = mounted();
    wire.receive(answer({ design: wider(net, 16), rev: 3, on_seq: 1 }), false);
    wire.receive(answer({ design: net, rev: 0 }), false);
    expect(wire.receive(answer({ design: wider(net, 4), rev: 1, on_seq: wire.seq }), false).take).toMatchObject({
      why: "authored",
    });
  });
});

describe("polling", () => {
  it("asks every 300 ms while the check is under way, and no longer", () => {
    const wire = wireWith();
    wire.receive(answer({ design: net, status: "checking" }), true);
    vi.advanceTimersByTime(POLL_MS * 3);
    expect(sent.filter(({ name }) => name === "poll").map(({ value }) => value)).toEqual([1, 2, 3].map((count) => ({ count, known: null })));
    wire.receive(answer({ status: "checked" }), false);
    vi.advanceTimersByTime(POLL_MS * 5);
    expect(sent.filter(({ name }) => name === "poll")).toHaveLength(3);
  });

  it("goes on while repairs are being tried out, though the check is done", () => {
    const wire = wireWith();
    wire.receive(answer({ design: net, status: "checked", repairs_pending: true }), true);
    vi.advanceTimersByTime(POLL_MS * 2);
    expect(sent.filter(({ name }) => name === "poll")).toHaveLength(2);
    wire.receive(answer({ status: "checked", repairs_pending: false }), false);
    vi.advanceTimersByTime(POLL_MS * 5);
    expect(sent.filter(({ name }) => name === "poll")).toHaveLength(2);
  });

  it("says when the engine is down and when nothing was ever answered", () => {
    const wire = wireWith();
    wire.receive(answer({ design: net, status: "engine_down" }), true);
    expect(wire.sync()).toBe("engine_down");
    expect(wireWith().sync()).toBe("checking");
  });
});
