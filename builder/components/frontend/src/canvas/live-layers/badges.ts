/** What stands on each node? Badges by full path; those of closed networks tell of the layer inside that stands out most. */

import { type Newest, figuresOf } from "./answer";
import { type Mark, type Others, type Quantity, type Reading, reading } from "./quantity";

export interface Badge {
  readonly text: string;
  readonly level: number;
  readonly mark: Mark;
  readonly words: string;
  /** The layer that it tells of: itself, or the one inside. */
  readonly layer: string;
  /** The run trains another drawing than this. */
  readonly grey: boolean;
}

export type Badges = ReadonlyMap<string, Badge>;

export const NO_BADGES: Badges = new Map();

/** The badges of a look; what says the same as in `old` is the same object, so that its node is not drawn again. */
export function badges(newest: Newest | null, quantity: Quantity, grey: boolean, old: Badges): Badges {
  if (!newest?.layers || quantity === "off") return NO_BADGES;
  const others = compared(newest);
  const found = new Map<string, Badge>();
  for (const [layer, row] of Object.entries(newest.layers)) {
    const read = reading(quantity, figuresOf(row), others);
    if (!read) continue;
    const badge: Badge = { ...read, layer, grey };
    found.set(layer, badge);
    for (const block of around(layer)) if (standsOut(badge, found.get(block))) found.set(block, badge);
  }
  return new Map([...found].map(([path, badge]) => [path, kept(old.get(path), told(badge, path))]));
}

function compared({ layers = {}, rows = 0 }: Newest): Others {
  const gradients = Object.values(layers)
    .map((row) => figuresOf(row).gradient ?? 0)
    .filter((value) => value > 0)
    .sort((one, other) => one - other);
  return { largest: gradients.at(-1) ?? 0, middle: gradients[Math.floor((gradients.length - 1) / 2)] ?? 0, rows };
}

/** "a/b/conv" lies in "a/b" and in "a". */
function around(path: string): readonly string[] {
  const ids = path.split("/");
  return ids.slice(1).map((_, depth) => ids.slice(0, depth + 1).join("/"));
}

function standsOut(one: Reading, other: Reading | undefined): boolean {
  if (!other || (one.mark === "usual") !== (other.mark === "usual")) return !other || one.mark !== "usual";
  return Math.abs(one.level - 0.5) > Math.abs(other.level - 0.5);
}

function told(badge: Badge, path: string): Badge {
  return badge.layer === path ? badge : { ...badge, words: `${badge.layer.slice(path.length + 1)}: ${badge.words}` };
}

/** The level moves a little with each look; what is not seen is no reason to draw. */
const SEEN = 0.02;

function kept(old: Badge | undefined, now: Badge): Badge {
  const same =
    old &&
    old.text === now.text &&
    old.mark === now.mark &&
    old.words === now.words &&
    old.grey === now.grey &&
    old.layer === now.layer &&
    Math.abs(old.level - now.level) < SEEN;
  return same ? old : now;
}
