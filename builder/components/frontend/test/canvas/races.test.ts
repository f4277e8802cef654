import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Design, nodeOf } from "../../src/canvas/design/document";
import { apply } from "../../src/canvas/design/edits";
import { Editor } from "../../src/canvas/state/editor";
import { catalog, chain, node } from "./drawings";
import { SlowServer, meaning } from "./slowServer";

/** Mulberry32: small and the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const EDITS = 40;
const EDIT_MS = 100;
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);

interface Person {
  readonly added: Set<string>;
  readonly places: Map<string, readonly [number, number]>;
  readonly units: Map<string, number>;
}

/** One thing that a person does; what must be there in the end is noted. */
function act(editor: Editor, person: Person, chance: () => number, count: number): void {
  const mine = [...person.added];
  const picked = mine[Math.floor(chance() * mine.length)];
  const what = picked === undefined ? 0 : chance();
  if (what < 0.4) {
    const id = `mine_${count}`;
    editor.edit(`add ${id}`, [{ kind: "add_node", node: node(id, "Dense", { params: { units: 8 }, position: [count, count] }) }]);
    editor.select([id]);
    person.added.add(id);
    person.places.set(id, [count, count]);
    person.units.set(id, 8);
  } else if (what < 0.6) {
    editor.edit(`set ${picked!}`, [{ kind: "set_params", id: picked!, params: { units: count } }]);
    person.units.set(picked!, count);
  } else if (what < 0.85) {
    editor.edit(`move ${picked!}`, [{ kind: "move_nodes", positions: { [picked!]: [count, -count] } }]);
    person.places.set(picked!, [count, -count]);
  } else {
    editor.edit(`remove ${picked!}`, [{ kind: "remove_nodes", ids: [picked!], reconnect: true }]);
    for (const kept of [person.added, person.places, person.units]) kept.delete(picked!);
  }
}

const grown = (design: Design): Design =>
  nodeOf(design, "authored") ? design : apply(design, { kind: "add_node", node: node("authored", "Dense", { params: { units: 3 } }) });

/** A whole afternoon: edits every 100 ms, answers late, a change by Python in the middle, the line now and then dead. */
function afternoon(seed: number, losses: number, delayMs: number, reloads: boolean) {
  const chance = random(seed);
  let reachable = true;
  let seen: { selected: unknown; fit: number; goTo: unknown; places: string } | null = null;
  const looks = (): NonNullable<typeof seen> => ({
    selected: [...editor.state.selected],
    fit: editor.state.fit,
    goTo: editor.state.goTo,
    places: JSON.stringify(editor.design.nodes.filter(({ id }) => id !== "authored").map(({ id, position }) => [id, position])),
  });
  const jumps: unknown[] = [];
  const server = new SlowServer(
    chain("a", "b"),
    { delay: () => chance() * delayMs, loses: () => reachable === false || chance() < losses },
    (data) => {
      seen = looks();
      editor.receive(data, false);
      if (JSON.stringify(looks()) !== JSON.stringify(seen)) jumps.push([seen, looks()]);
    },
  );
  const storage = new Map<string, string>();
  let page = 0;
  const load = (): Editor => {
    const mine = (page += 1);
    const alive = (): boolean => page === mine;
    const opened = new Editor({
      client: `page ${page}`,
      send: (name, value) => alive() && server.send(name, value),
      later: (run, ms) => setTimeout(() => alive() && run(), ms),
      cancel: (timer) => clearTimeout(timer as never),
      read: (key) => storage.get(key) ?? null,
      write: (key, text) => void (text === null ? storage.delete(key) : storage.set(key, text)),
    });
    opened.set({ catalog });
    opened.receive(server.payload(null), true);
    if (opened.state.offer) opened.restore();
    return opened;
  };
  let editor = load();
  const person: Person = { added: new Set(), places: new Map(), units: new Map() };
  for (let count = 1; count <= EDITS; count += 1) {
    reachable = losses === 0 || !(count > EDITS / 3 && count < EDITS / 2);
    act(editor, person, chance, count);
    if (count === EDITS / 2) server.author(grown);
    if (reloads && count % 9 === 0) {
      server.restart();
      editor = load();
    }
    vi.advanceTimersByTime(EDIT_MS);
  }
  reachable = true;
  losses = 0;
  vi.advanceTimersByTime(120_000);
  return { editor, server, person, jumps, storage };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

describe.each([
  ["answers 800 ms late", 0, 1600, false],
  ["answers 800 ms late and loses every fifth message", 0.2, 1600, false],
  ["answers at once and loses every third message", 0.33, 10, false],
  ["answers 800 ms late, is killed and the page loaded anew again and again", 0.1, 1600, true],
])("edits every 100 ms while the server %s", (_, losses, delayMs, reloads) => {
  it.each(SEEDS)("converge, lose nothing and never jump (seed %i)", (seed) => {
    const { editor, server, person, jumps, storage } = afternoon(seed, losses, delayMs, reloads);
    const drawn = editor.whole;
    expect(server.holds(drawn)).toBe(true);
    // What Python was about to change when it was killed is not promised; what a person drew is.
    const ids = drawn.nodes.map(({ id }) => id).filter((id) => !(reloads && id === "authored"));
    expect(new Set(ids)).toEqual(new Set(["a", "b", ...(reloads ? [] : ["authored"]), ...person.added]));
    for (const id of person.added) {
      expect(nodeOf(drawn, id)!.position).toEqual(person.places.get(id));
      expect(nodeOf(drawn, id)!.params).toEqual({ units: person.units.get(id) });
    }
    expect(jumps).toEqual([]);
    expect(editor.state.sync).toBe("in sync");
    expect(editor.state.answers).toEqual(meaning(drawn));
    expect(storage.size).toBe(0);
  });
});
