/** What does Python tell about every layer? The answer of the analysis route; rows in the order of calls. */

import type { Shape } from "../words/numbers";

export interface WeightRow {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: string;
  readonly trainable: boolean;
}

export interface AnalysisRow {
  /** Full path; inside nested networks "block1/conv". */
  readonly id: string;
  readonly type: string;
  /** Rows of the layers inside follow. */
  readonly nested: boolean;
  readonly state: "fine" | "fault" | "waits";
  readonly inputs: readonly Shape[];
  readonly output: Shape | readonly Shape[] | null;
  readonly dtype: string | readonly string[] | null;
  readonly params: number | null;
  readonly trainable_params: number | null;
  readonly weights: readonly WeightRow[];
  readonly weights_bytes: number | null;
  readonly activation_bytes: number | null;
  readonly flops: number | null;
  readonly params_share: number | null;
  readonly flops_share: number | null;
  readonly receptive_field: readonly number[] | "whole" | null;
  readonly initializer: string;
  readonly notes: readonly string[];
}

export interface Sums {
  readonly layers: number;
  readonly params: number;
  readonly trainable_params: number;
  readonly weights_bytes: number;
  readonly activation_bytes: number | null;
  readonly flops: number | null;
}

export interface Forecast {
  readonly batch_size: number;
  readonly optimizer: string;
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer_slots: number;
  readonly copies: number;
  readonly activations: number | null;
  readonly data: number;
  readonly program: number;
  readonly training_bytes: number | null;
  readonly peak_bytes: number | null;
}

export interface Analysis {
  readonly ok: boolean;
  readonly rows: readonly AnalysisRow[];
  readonly totals: Sums;
  readonly memory: Forecast;
}
