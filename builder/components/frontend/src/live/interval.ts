/** How sure is a share of rows? 90 % interval of a proportion. */

/** 95th percentile of the normal distribution: 90 % lie between -Z and Z. */
const Z = 1.6449;

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
