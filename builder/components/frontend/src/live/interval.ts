/** How sure is a number? 90 % intervals of a share of rows, of a mean of rows, and of a mean of few runs. */

/** 95th percentile of the normal distribution: 90 % lie between -Z and Z. */
export const Z = 1.6449;

/**
 * Wilson's score interval. `share` in [0, 1] of `rows` rows; returns [low, high] in [0, 1].
 * Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
 */
export function wilson(share: number, rows: number): [number, number] {
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
  const spread = Math.sqrt((share * (1 - share)) / rows + z2 / (4 * rows * rows));
  const half = (Z * spread) / (1 + z2 / rows);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** 95th percentiles of Student's t for 1 to 10 degrees of freedom. */
const T = [6.3138, 2.92, 2.3534, 2.1318, 2.015, 1.9432, 1.8946, 1.8595, 1.8331, 1.8125];

/** The same for any number from 1; beyond the table by Cornish and Fisher's first two terms, right to 0.002. */
export function student(freedom: number): number {
  if (freedom <= T.length) return T[Math.max(1, Math.floor(freedom)) - 1]!;
  const [z3, z5] = [Z ** 3, Z ** 5];
  return Z + (z3 + Z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * Z) / (96 * freedom * freedom);
}

/** Mean of a few runs with its 90 % interval by Student's t; without an interval for one. Source: Student 1908. */
export function meanInterval(values: readonly number[]): { mean: number; low: number; high: number } {
  const count = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / count;
  if (count < 2) return { mean, low: mean, high: mean };
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (count - 1);
  const half = student(count - 1) * Math.sqrt(variance / count);
  return { mean, low: mean - half, high: mean + half };
}
