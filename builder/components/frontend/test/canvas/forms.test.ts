import { describe, expect, it } from "vitest";
import type { ParamSpec } from "../../src/canvas/design/catalog";
import { type ControlKind, SECTIONS, canShow, controlOf, sectionOf } from "../../src/canvas/design/controls";
import type { Json } from "../../src/canvas/design/document";
import { held, innerSpecs, objectsOf, retyped, typesFor, written as writtenObject } from "../../src/canvas/design/objects";
import { curveOf } from "../../src/canvas/words/activations";
import { parse, written } from "../../src/canvas/words/values";

import { catalog } from "./realCatalog";

interface Setting {
  readonly of: string;
  readonly spec: ParamSpec;
}

const settings: readonly Setting[] = [
  ...catalog.layers.flatMap((layer) => [...layer.params, ...(layer.args ?? [])].map((spec) => ({ of: layer.type, spec }))),
  ...catalog.objects.flatMap((object) => object.params.map((spec) => ({ of: object.type, spec }))),
  ...catalog.common.map((spec) => ({ of: "every layer", spec })),
];

const by = (kind: ControlKind): readonly string[] =>
  settings.filter(({ spec }) => controlOf(spec) === kind).map(({ of, spec }) => `${of}.${spec.name}`);

/** Settings that have to be typed as JSON. */
const AS_JSON: readonly string[] = [];

describe("the form of each layer in the catalogue", () => {
  it("has a control for every setting, and JSON for none but the named ones", () => {
    expect(by("json")).toEqual(AS_JSON);
    expect(settings.length).toBeGreaterThan(800);
  });

  it.each<[ControlKind, string]>([
    ["number", "Dense.units"],
    ["segments", "Conv2D.padding"],
    ["list", "Conv2D.activation"],
    ["switch", "Dense.use_bias"],
    ["axes", "Conv2D.kernel_size"],
    ["axes", "MaxPooling3D.pool_size"],
    ["shape", "Reshape.target_shape"],
    ["numbers", "Rescaling.scale"],
    ["numbers", "LayerNormalization.axis"],
    ["numbers", "IntegerLookup.vocabulary"],
    ["range", "RandomZoom.height_factor"],
    ["range", "RandomContrast.value_range"],
    ["margins", "ZeroPadding2D.padding"],
    ["margins", "Cropping3D.cropping"],
    ["words", "TextVectorization.vocabulary"],
    ["text", "EinsumDense.equation"],
    ["text", "Hashing.mask_value"],
    ["object", "Dense.kernel_initializer"],
    ["object", "Conv2D.kernel_regularizer"],
    ["object", "LSTM.recurrent_constraint"],
    ["nested", "Bidirectional.layer"],
    ["nested", "Bidirectional.backward_layer"],
    ["nested", "TimeDistributed.layer"],
    ["nested", "SpectralNormalization.layer"],
    ["nested", "RNN.cell"],
    ["cells", "StackedRNNCells.cells"],
    ["switch", "MultiHeadAttention.return_attention_scores"],
  ])("gives a %s control to %s", (kind, name) => expect(by(kind)).toContain(name));

  it("can show every default and every value that a layer is dropped with", () => {
    const unshown = settings.filter(({ spec }) => [spec.default, spec.start].some((value) => !canShow(controlOf(spec), value)));
    expect(unshown.map(({ of, spec }) => `${of}.${spec.name}`)).toEqual([]);
  });

  it("reads back every typed default as it was", () => {
    const TYPED: readonly ControlKind[] = ["number", "numbers", "shape", "text", "words"];
    for (const { of, spec } of settings)
      for (const value of [spec.default, spec.start])
        if (value !== null && TYPED.includes(controlOf(spec)))
          expect(parse(spec, written(spec, value)), `${of}.${spec.name}`).toEqual({ ok: true, value });
  });

  it("has a heading for every setting", () => {
    for (const { spec } of settings) expect(SECTIONS).toContain(sectionOf(spec, false));
    const others = settings.filter(({ spec }) => sectionOf(spec, false) === "Other");
    expect(others.length / settings.length).toBeLessThan(0.1);
  });

  it("draws a curve for every activation", () => {
    const unknown = objectsOf(catalog, "activation").filter((spec) => curveOf(spec.type) === null);
    expect(unknown.map((spec) => spec.type)).toEqual([]);
  });
});

describe("objects as values", () => {
  const nested = settings.filter(({ spec }) => ["object", "nested"].includes(controlOf(spec)));

  it("offer at least one type wherever one may stand, each with a form for its own settings", () => {
    for (const { of, spec } of nested) {
      const types = typesFor(catalog, spec);
      expect(types.length, `${of}.${spec.name}`).toBeGreaterThan(0);
      for (const type of types) for (const inner of innerSpecs(catalog, spec.group!, type)) expect(controlOf(inner)).not.toBe("json");
    }
  });

  const param = (type: string, name: string): ParamSpec => catalog.layer(type)!.params.find((spec) => spec.name === name)!;

  it("are written as Keras' names until an argument of their own is set", () => {
    const spec = param("Conv2D", "kernel_regularizer");
    const l2 = held(catalog, "regularizer", "l2")!;
    expect(l2).toEqual({ type: "L2", params: {} });
    expect(writtenObject(catalog, spec, l2)).toBe("l2");
    expect(writtenObject(catalog, spec, { type: "L2", params: { l2: 0.1 } })).toEqual({ type: "L2", params: { l2: 0.1 } });
    expect(writtenObject(catalog, spec, { type: "L1L2", params: {} })).toEqual({ type: "L1L2", params: {} });
  });

  it("become Keras' default again under whatever name it has", () => {
    expect(writtenObject(catalog, param("Embedding", "embeddings_initializer"), { type: "RandomUniform", params: {} })).toBe("uniform");
  });

  it("keep what both types take when the type changes, and get what the new one needs", () => {
    const units = { type: "LSTM", params: { units: 7, unit_forget_bias: false } };
    expect(retyped(catalog, "layer", "GRU", units)).toEqual({ type: "GRU", params: { units: 7 } });
    expect(retyped(catalog, "layer", "Conv2D", units).params).toMatchObject({ filters: 16, kernel_size: 3 });
    const stacked = retyped(catalog, "cell", "StackedRNNCells", null);
    expect((stacked.params.cells as Json[]).length).toBe(1);
  });
});
