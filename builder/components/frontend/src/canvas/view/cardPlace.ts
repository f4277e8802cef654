/** Where does a card stand? Beside what it is about, never on it, and never out of view. */

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface CardPlace {
  readonly left: number;
  readonly top: number;
  readonly side: "right" | "left" | "below" | "above";
}

const GAP = 26;
const EDGE = 10;

/**
 * The best of four sides: the first one where the card fits beside the node; else the one that covers least.
 *
 * All in pixels of the surface. `others` are nodes that should stay readable too.
 */
export function cardPlace(node: Area, card: { width: number; height: number }, room: { width: number; height: number }, others: readonly Area[]): CardPlace {
  const middle = node.top + node.height / 2;
  const ideal: readonly CardPlace[] = [
    { side: "right", left: node.left + node.width + GAP, top: middle - card.height * 0.4 },
    { side: "left", left: node.left - GAP - card.width, top: middle - card.height * 0.4 },
    { side: "below", left: node.left + node.width / 2 - card.width / 2, top: node.top + node.height + GAP },
    { side: "above", left: node.left + node.width / 2 - card.width / 2, top: node.top - GAP - card.height },
  ];
  const places = ideal.map((place) => ({
    ...place,
    left: within(place.left, room.width - card.width),
    top: within(place.top, room.height - card.height),
  }));
  const cost = (place: CardPlace): number => {
    const area = { ...place, ...card };
    return 1000 * shared(area, node) + others.reduce((sum, other) => sum + shared(area, other), 0);
  };
  return places.reduce((best, place) => (cost(place) < cost(best) ? place : best));
}

function within(value: number, most: number): number {
  return Math.round(Math.max(EDGE, Math.min(value, most - EDGE)));
}

/** The area that two rectangles share, in square pixels. */
export function shared(one: Area, other: Area): number {
  const wide = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const high = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  return Math.max(0, wide) * Math.max(0, high);
}
