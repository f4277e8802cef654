/** Is the catalogue whole again after its defaults were left out on the way? */

import { describe, expect, it } from "vitest";
import file from "../../../../catalog/catalog.json";
import { served, type ServedCatalog } from "../../src/canvas/design/catalog";

const catalog = served(file as unknown as ServedCatalog);

describe("the served catalogue", () => {
  it("has every field of every layer and argument", () => {
    expect(catalog.layers.length).toBeGreaterThan(150);
    for (const layer of catalog.layers) {
      expect(Object.values(layer)).not.toContain(undefined);
      for (const param of [...layer.params, ...(layer.args ?? [])]) expect(Object.keys(param)).toHaveLength(15);
    }
  });

  it("tells what a dense layer is", () => {
    const dense = catalog.layer("Dense");
    expect(dense?.example).toEqual({ inputs: [[64]], output: [32] });
    expect(dense?.keywords).toContain("fully connected");
    expect(dense?.params.find((param) => param.name === "use_bias")).toMatchObject({ default: true, required: false, choices: [] });
    expect(dense?.inputs).toEqual([{ name: "inputs", many: false, optional: false }]);
  });

  it("lists what may stand in an argument that holds an object", () => {
    const he = catalog.objects.find((each) => each.group === "initializer" && each.type === "HeNormal");
    expect(he?.names[0]).toBe("he_normal");
    expect(he?.params.map((param) => param.name)).toEqual(["seed", "input_axes", "output_axes"]);
    expect(catalog.layer("RNN")?.params.find((param) => param.name === "cell")?.choices).toContain("LSTMCell");
  });
});
