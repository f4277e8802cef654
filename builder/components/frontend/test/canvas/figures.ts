/** Rows of an analysis, for tests. */

import type { Analysis, AnalysisRow } from "../../src/canvas/analysis/report";

export function line(id: string, type: string, more: Partial<AnalysisRow> = {}): AnalysisRow {
  return {
    id,
    type,
    nested: false,
    state: "fine",
    inputs: [[4]],
    output: [8],
    dtype: "float32",
    params: 40,
    trainable_params: 40,
    weights: [],
    weights_bytes: 160,
    activation_bytes: 32,
    flops: 64,
    params_share: null,
    flops_share: null,
    receptive_field: null,
    initializer: "",
    notes: [],
    ...more,
  };
}

export function analysed(rows: readonly AnalysisRow[]): Analysis {
  const params = rows.reduce((sum, row) => sum + (row.id.includes("/") ? 0 : (row.params ?? 0)), 0);
  return {
    ok: true,
    rows,
    totals: {
      layers: rows.filter((row) => !row.id.includes("/")).length,
      params,
      trainable_params: params,
      weights_bytes: 4 * params,
      activation_bytes: 64,
      flops: 128,
    },
    memory: {
      batch_size: 32,
      optimizer: "Adam",
      weights: 160,
      gradients: 300,
      optimizer_slots: 320,
      copies: 1400,
      activations: 2048,
      data: 0,
      program: 735 * 2 ** 20,
      training_bytes: 4228,
      peak_bytes: 735 * 2 ** 20 + 4228,
    },
  };
}
