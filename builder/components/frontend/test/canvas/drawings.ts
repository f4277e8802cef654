/** Small drawings and a small catalogue for the tests. */

import { Catalog, type LayerSpec, type ParamSpec } from "../../src/canvas/design/catalog";
import type { Design, Node } from "../../src/canvas/design/document";
import { wire } from "../../src/canvas/design/edits";
import type { CanvasData } from "../../src/canvas/protocol";

export function param(name: string, kind: ParamSpec["kind"], more: Partial<ParamSpec> = {}): ParamSpec {
  return {
    name,
    kind,
    default: null,
    required: false,
    nullable: false,
    choices: [],
    minimum: null,
    maximum: null,
    length: null,
    basic: true,
    start: null,
    help: "",
    ...more,
  };
}

function layer(type: string, family: LayerSpec["family"], more: Partial<LayerSpec> = {}): LayerSpec {
  return {
    type,
    category: family,
    family,
    summary: `${type} in short`,
    help: "",
    inputs: [{ name: "inputs", many: false, optional: false }],
    outputs: 1,
    params: [],
    trainable: false,
    min_rank: null,
    max_rank: null,
    dtype: "float",
    ...more,
  };
}

export const catalog = new Catalog([
  layer("InputLayer", "io", { inputs: [], params: [param("shape", "shape", { required: true, start: [64] })] }),
  layer("Dense", "core", {
    trainable: true,
    params: [
      param("units", "int", { required: true, minimum: 1, start: 32 }),
      param("activation", "choice", { nullable: true, choices: ["relu", "tanh", "softmax"], start: "relu" }),
      param("use_bias", "bool", { default: true, basic: false }),
    ],
  }),
  layer("Conv2D", "conv", {
    trainable: true,
    params: [
      param("filters", "int", { required: true, minimum: 1, start: 16 }),
      param("kernel_size", "ints", { required: true, minimum: 1, length: 2, start: 3 }),
      param("padding", "choice", { default: "valid", choices: ["valid", "same"] }),
    ],
  }),
  layer("Dropout", "steady", { params: [param("rate", "float", { required: true, minimum: 0, maximum: 1, start: 0.2 })] }),
  layer("Add", "merge", { inputs: [{ name: "inputs", many: true, optional: false }] }),
  layer("MultiHeadAttention", "attend", {
    inputs: [
      { name: "query", many: false, optional: false },
      { name: "value", many: false, optional: false },
      { name: "key", many: false, optional: true },
    ],
  }),
  layer("LSTM", "recur", {
    inputs: [
      { name: "sequences", many: false, optional: false },
      { name: "initial_state", many: true, optional: true },
    ],
  }),
]);

export function node(id: string, type = "Dense", more: Partial<Node> = {}): Node {
  return { id, type, ...more };
}

/** `chain("a", "b", "c")`: an input and layers behind it, 96 px apart. */
export function chain(...ids: string[]): Design {
  const nodes = ids.map((id, index) =>
    node(id, index ? "Dense" : "InputLayer", { params: index ? { units: 8 } : { shape: [4] }, position: [0, 96 * index] }),
  );
  return { format: "layerloom/1", name: "net", nodes, edges: ids.slice(1).map((id, index) => wire(ids[index]!, id)) };
}

export function answer(more: Partial<CanvasData> = {}): CanvasData {
  return {
    v: 1,
    project: "p1",
    name: "net",
    base: 1,
    rev: 0,
    ack: null,
    annotated: null,
    status: "checked",
    annotations: {},
    totals: null,
    issues: [],
    fit: [],
    elapsed_ms: 3,
    catalog_url: "",
    export_url: "",
    templates: [],
    data: null,
    ...more,
  };
}
