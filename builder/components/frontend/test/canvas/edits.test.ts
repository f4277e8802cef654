import { describe, expect, it, test } from "vitest";
import type { Design } from "../../src/canvas/design/document";
import { type Edit, EditRefused, apply } from "../../src/canvas/design/edits";
import cases from "../../../../../tests/design/edit_cases.json";
import { freshId, nameFault, snake } from "../../src/canvas/design/names";

interface Case {
  name: string;
  edit: Edit;
  before: Design;
  after?: Design;
  refused?: boolean;
  /** Words that the refusal must hold. */
  because?: string;
}
interface Table {
  edits: Case[];
  layer_names: { type: string; name: string }[];
  fresh_ids: { wanted: string; taken: string[]; name: string }[];
}

const table = cases as unknown as Table;

/** Written without what says nothing, as Python writes it; nested networks too. */
function plain(design: Design): Design {
  const nodes = design.nodes.map((node) => {
    const told = Object.entries(node).filter(([name, value]) => !isDefault(name, value));
    return Object.fromEntries(told.map(([name, value]) => [name, name === "graph" ? plain(value as Design) : value]));
  });
  return JSON.parse(JSON.stringify({ ...design, nodes })) as Design;
}

function isDefault(name: string, value: unknown): boolean {
  if (name === "position") return JSON.stringify(value) === "[0,0]";
  if (name === "bypass") return value === false;
  return ["params", "args", "ui"].includes(name) && Object.keys(value as object).length === 0;
}

describe("the table of edits that Python passes too", () => {
  test.each(table.edits.map((entry) => [entry.name, entry] as const))("%s", (_, { edit, before, after, refused, because }) => {
    if (refused) {
      expect(() => apply(before, edit)).toThrow(EditRefused);
      if (because) expect(() => apply(before, edit)).toThrow(because);
    }
    if (!refused) expect(plain(apply(before, edit))).toEqual(plain(after!));
  });

  it("leaves the given design as it was", () => {
    for (const { edit, before, refused } of table.edits) {
      const copy = JSON.stringify(before);
      if (!refused) apply(before, edit);
      expect(JSON.stringify(before)).toBe(copy);
    }
  });
});

describe("names", () => {
  test.each(table.layer_names.map(({ type, name }) => [type, name]))("%s is called %s", (type, name) =>
    expect(snake(type!)).toBe(name),
  );
  test.each(table.fresh_ids)("$wanted among $taken becomes $name", ({ wanted, taken, name }) =>
    expect(freshId(wanted, new Set(taken))).toBe(name),
  );

  it("says what is wrong with a name", () => {
    expect(nameFault("dense", new Set())).toBeNull();
    expect(nameFault("", new Set())).toContain("needs a name");
    expect(nameFault("-x", new Set())).toContain("letters");
    expect(nameFault("dense", new Set(["dense"]))).toContain("taken");
  });
});
