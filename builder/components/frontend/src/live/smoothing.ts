/** A calmer curve: each value with those before it, the nearer the more. */
import type { Curve } from "./traces";

/** A long run is smoothed in steps of its two hundredth part: single epochs would not be seen. */
const STEPS = 200;

/**
 * Exponential mean of what came before, without the pull of a start value: the weights of what is known sum to one.
 *
 * `strength` in [0, 1): what lies one step back counts so much less. A step is an epoch, or a two hundredth of `epochs`;
 * distance counts in steps and not in points, so that a thinned curve is smoothed like a whole one.
 * Source of the correction: Kingma & Ba 2015, section 3.
 */
export function smoothed(curve: Curve, strength: number, epochs: number): Curve {
  if (strength <= 0) return curve;
  const step = Math.max(1, epochs / STEPS);
  let [sum, weight] = [0, 0];
  const y = curve.y.map((value, i) => {
    const fade = i ? strength ** (Math.max(0, curve.x[i]! - curve.x[i - 1]!) / step) : 1;
    sum = sum * fade + value;
    weight = weight * fade + 1;
    return sum / weight;
  });
  return { x: curve.x, y };
}
