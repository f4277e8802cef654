/** What kind of number a metric is, and what it is called. */
import { percent, threeDigits } from "./numbers";

/** proportion: a share of rows, with an interval; fraction: 0 to 1, no interval; error: lower is better, from 0. */
export type Kind = "proportion" | "fraction" | "error" | "score";

const KINDS: Record<string, Kind> = {
  sparse_top_k_categorical_accuracy: "proportion", top_k_categorical_accuracy: "proportion",
  sparse_categorical_accuracy: "proportion", categorical_accuracy: "proportion", binary_accuracy: "proportion",
  accuracy: "proportion", acc: "proportion",
  precision: "fraction", recall: "fraction", f1_score: "fraction", auc: "fraction", binary_io_u: "fraction",
  mean_absolute_error: "error", mae: "error", mean_squared_error: "error", mse: "error",
  root_mean_squared_error: "error", rmse: "error", mean_absolute_percentage_error: "error",
  mean_squared_logarithmic_error: "error", loss: "error", r2_score: "score", cosine_similarity: "score",
};

const WORDS: Record<string, string> = {
  acc: "accuracy", mae: "mean absolute error", mse: "mean squared error", rmse: "root mean squared error",
  auc: "AUC", f1_score: "F1 score", r2_score: "R² score", binary_io_u: "IoU",
  sparse_categorical_accuracy: "accuracy", categorical_accuracy: "accuracy", binary_accuracy: "accuracy",
  sparse_top_k_categorical_accuracy: "top-k accuracy", top_k_categorical_accuracy: "top-k accuracy",
};

interface Parts {
  base: string;
  output: string | null;
}

/** Keras calls the accuracy of output `digit` "digit_accuracy" where there are several outputs. */
function parts(metric: string): Parts {
  if (metric in KINDS) return { base: metric, output: null };
  const base = Object.keys(KINDS).find((known) => metric.endsWith(`_${known}`));
  return base ? { base, output: metric.slice(0, -base.length - 1) } : { base: metric, output: null };
}

export function kindOf(metric: string): Kind {
  return KINDS[parts(metric).base] ?? "score";
}

/** True for what is written and drawn in per cent. */
export function isShare(metric: string): boolean {
  const kind = kindOf(metric);
  return kind === "proportion" || kind === "fraction";
}

/** "Mean absolute error", "Accuracy of digit": for a heading. */
export function titleOf(metric: string): string {
  const words = wordsOf(metric);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "mean absolute error", "accuracy of digit": inside a sentence. */
export function wordsOf(metric: string): string {
  const { base, output } = parts(metric);
  const name = WORDS[base] ?? base.replaceAll("_", " ");
  return output ? `${name} of ${output}` : name;
}

/** A value of this metric as a person reads it. `rows`: how many rows it was measured on. */
export function valueText(metric: string, value: number, rows: number | null): string {
  return isShare(metric) ? percent(value, rows) : threeDigits(value);
}

/** The metrics that the second chart may show; the first of all is the loss. */
export function secondMetrics(metrics: readonly string[]): string[] {
  return metrics.slice(1);
}

/** The one to show first: a share of rows, else whatever comes next to the loss. */
export function preferred(metrics: readonly string[]): string | null {
  const second = secondMetrics(metrics);
  return second.find((name) => kindOf(name) === "proportion") ?? second.find((name) => !/(^|_)loss$/.test(name)) ?? second[0] ?? null;
}
