import { describe, expect, it } from "vitest";
import cases from "../../../../../tests/translate/layer_code_cases.json";
import type { Params } from "../../src/canvas/design/document";
import { codeOf } from "../../src/canvas/words/code";
import { node } from "./drawings";
import { catalog } from "./realCatalog";

/** On one line, without the comma that a broken line ends with. */
const flat = (code: string): string => code.replaceAll(/\s+/g, " ").replaceAll("( ", "(").replaceAll(/,? \)/g, ")");

describe("the code of a layer", () => {
  it.each(cases.map((one) => [one.code, one] as const))("%s", (code, { type, params }) => {
    expect(flat(codeOf(catalog, node("it", type, { params: params as unknown as Params })))).toBe(code);
  });

  it("names what is called again, operations and inputs", () => {
    expect(codeOf(catalog, node("again", "Call", { of: "tower" }))).toBe("tower(x)");
    expect(codeOf(catalog, node("mean", "ops.mean", { args: { axis: -1 } }))).toBe("keras.ops.mean(x, axis=-1)");
    expect(codeOf(catalog, node("pixels", "InputLayer", { params: { shape: [64] } }))).toBe('keras.Input(shape=(64,), name="pixels")');
  });
});
