/** Where the words at the line ends stand, so that they do not cover each other. */

/**
 * Positions in pixels from the top, as near to the wanted ones as `gap` allows, in the same order as given.
 * All stay within [low, high] if there is room.
 */
export function separate(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const placed = order.map((i) => Math.min(Math.max(wanted[i]!, low), high));
  spread(placed, gap);
  pushDown(placed, gap, low);
  pushUp(placed, gap, high);
  const result = new Array<number>(wanted.length).fill(0);
  order.forEach((i, k) => (result[i] = placed[k]!));
  return result;
}

/** Push neighbours apart, both by half of what is missing; a few rounds settle it. */
function spread(placed: number[], gap: number): void {
  for (let round = 0; round < 20; round += 1) {
    for (let k = 1; k < placed.length; k += 1) {
      const missing = gap - (placed[k]! - placed[k - 1]!);
      if (missing <= 0) continue;
      placed[k - 1] = placed[k - 1]! - missing / 2;
      placed[k] = placed[k]! + missing / 2;
    }
  }
}

function pushUp(placed: number[], gap: number, high: number): void {
  let limit = high;
  for (let k = placed.length - 1; k >= 0; k -= 1) {
    placed[k] = Math.min(placed[k]!, limit);
    limit = placed[k]! - gap;
  }
}

function pushDown(placed: number[], gap: number, low: number): void {
  let limit = low;
  for (let k = 0; k < placed.length; k += 1) {
    placed[k] = Math.max(placed[k]!, limit);
    limit = placed[k]! + gap;
  }
}
