/** Losses of single batches: few enough to draw, as a line or, where they are many, as the ground that they cover. */

export type BatchPoint = [number, number];

/** Above this many batch points the older ones are thinned to half of it. */
export const BATCH_LIMIT = 4000;

/** Batches further apart than this part of the run are not joined: nothing is known in between. */
const GAP_SHARE = 0.05;
/** A line needs so many pixels a point; with less it would be a zigzag that hides what it shows. */
const LINE_PX = 2.5;
/** Width of a stretch of the envelope. */
const STRETCH_PX = 4;
/** Of thinned points each stretch must hold two pairs of lowest and highest. */
const LEAST_IN_STRETCH = 4;

/** Keep the lowest and the highest point of each bucket, so that spikes survive. Sorted by x. */
export function thin(points: BatchPoint[], most: number): BatchPoint[] {
  const size = Math.ceil(points.length / (most / 2));
  const kept: BatchPoint[] = [];
  for (let from = 0; from < points.length; from += size) kept.push(...extremes(points.slice(from, from + size)));
  return kept;
}

function extremes(bucket: BatchPoint[]): BatchPoint[] {
  const low = bucket.reduce((a, b) => (b[1] < a[1] ? b : a));
  const high = bucket.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (low === high) return [low];
  return low[0] < high[0] ? [low, high] : [high, low];
}

/** The points in pieces without a gap; single points between two gaps are left out. */
export function pieces(points: readonly BatchPoint[]): BatchPoint[][] {
  const limit = Math.max(1, (points.at(-1)?.[0] ?? 0) * GAP_SHARE);
  const found: BatchPoint[][] = [];
  points.forEach((point, i) => {
    if (i === 0 || point[0] - points[i - 1]![0] > limit) found.push([]);
    found.at(-1)!.push(point);
  });
  return found.filter((piece) => piece.length > 1);
}

/** Points as one line, with a null where it breaks. */
export function lineOf(found: readonly BatchPoint[][]): { x: number[]; y: (number | null)[] } {
  const line: { x: number[]; y: (number | null)[] } = { x: [], y: [] };
  for (const piece of found) {
    line.x.push(...piece.map(([x]) => x), piece.at(-1)![0]);
    line.y.push(...piece.map(([, loss]) => loss), null);
  }
  return line;
}

/** Lowest and highest loss of each stretch, at its middle. */
export interface Envelope {
  x: number[];
  low: number[];
  high: number[];
}

/** True where so many points in so many pixels are better shown by the ground that they cover. */
export function isCrowded(count: number, width: number, isThinned: boolean): boolean {
  return isThinned ? count > 2 * LEAST_IN_STRETCH : count * LINE_PX > width;
}

/** The ground that the points of one piece cover, in about `width / 4` stretches. */
export function envelope(piece: readonly BatchPoint[], width: number): Envelope {
  const size = Math.max(LEAST_IN_STRETCH, Math.ceil(piece.length / Math.max(1, width / STRETCH_PX)));
  const ground: Envelope = { x: [], low: [], high: [] };
  for (let from = 0; from < piece.length; from += size) {
    const rest = piece.length - from - size;
    // A short end belongs to the last stretch: alone it would pinch the ground.
    const stretch = piece.slice(from, rest < size / 2 ? undefined : from + size);
    ground.x.push((stretch[0]![0] + stretch.at(-1)![0]) / 2);
    ground.low.push(stretch.reduce((a, [, loss]) => Math.min(a, loss), Infinity));
    ground.high.push(stretch.reduce((a, [, loss]) => Math.max(a, loss), -Infinity));
    if (rest < size / 2) break;
  }
  if (ground.x.length) [ground.x[0], ground.x[ground.x.length - 1]] = [piece[0]![0], piece.at(-1)![0]];
  return ground;
}
