/** A place in the picture that is asked about, by pointer or by arrows: shares of width and height from the upper left corner. */
export type Place = [number, number];

const STEP = 1 / 24;
const STEPS: Record<string, Place> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const MIDDLE: Place = [0.5, 0.5];

/** Where an arrow leads, from the middle at first; null when the key means nothing here. */
export function led(place: Place | null, key: string): Place | null {
  const step = STEPS[key];
  if (!step) return null;
  const [x, y] = place ?? MIDDLE;
  return place ? [inside(x + step[0]), inside(y + step[1])] : MIDDLE;
}

function inside(share: number): number {
  return Math.min(1, Math.max(0, share));
}
