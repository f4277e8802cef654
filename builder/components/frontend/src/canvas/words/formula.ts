/** Where do a layer's parameters come from? The shapes of its arrays as a sum: (3·3·16 weights + 1 bias) · 32. */

import type { WeightRow } from "../analysis/report";

/** The sum in words; empty where there is nothing to explain. */
export function formula(weights: readonly WeightRow[]): string {
  const arrays = weights.filter((weight) => weight.shape.length > 0);
  if (!arrays.length) return "";
  const last = arrays[0]!.shape.at(-1);
  const common = arrays.every((array) => array.shape.at(-1) === last) && arrays.some((array) => array.shape.length > 1);
  return common ? perUnit(arrays, Number(last)) : parts(arrays);
}

/** Every array ends in the same length: so much for each of so many. */
function perUnit(arrays: readonly WeightRow[], units: number): string {
  const products = arrays.filter((array) => array.shape.length > 1).map((array) => dots(array.shape.slice(0, -1)));
  const single = arrays.filter((array) => array.shape.length === 1);
  const biases = single.filter((array) => array.name.endsWith("bias")).length;
  const words = [
    `${products.join(" + ")} weights`,
    ...(biases ? [`${biases} bias`] : []),
    ...(single.length - biases ? [`${single.length - biases}`] : []),
  ];
  return words.length === 1 ? `${products.join(" + ")} · ${units}` : `(${words.join(" + ")}) · ${units}`;
}

function parts(arrays: readonly WeightRow[]): string {
  const counted = new Map<string, number>();
  for (const array of arrays) counted.set(dots(array.shape), (counted.get(dots(array.shape)) ?? 0) + 1);
  return [...counted].map(([text, times]) => (times > 1 ? `${times} · ${text}` : text)).join(" + ");
}

function dots(shape: WeightRow["shape"]): string {
  return shape.map(String).join("·");
}
