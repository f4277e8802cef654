/** Which entries do these words mean? The best first, with the letters that matched. */

import { type Item, rarity } from "./items";

/** From the first marked letter to behind the last. */
export type Mark = readonly [number, number];

export interface Found {
  readonly item: Item;
  /** Letters of the title that matched. */
  readonly marks: readonly Mark[];
  /** The other name that it was found by, when its title does not say it. */
  readonly by: string | null;
}

type Hit = Omit<Found, "item"> & { readonly tier: number };

/**
 * Entries that match, best first; entries with one letter wrong only when no other is found.
 *
 * Equally good ones: what `fits` comes first, then what is more usual. Nothing typed finds everything in order.
 */
export function search(items: readonly Item[], text: string, fits: (item: Item) => boolean = () => true): readonly Found[] {
  if (!text.trim()) return items.map((item) => ({ item, marks: [], by: null }));
  const exact = ranked(items, (item) => hit(item, text), fits);
  return exact.length ? exact : ranked(items, (item) => misspelled(item, compact(text)), fits);
}

function ranked(items: readonly Item[], judged: (item: Item) => Hit | null, fits: (item: Item) => boolean): readonly Found[] {
  const found = items.flatMap((item) => {
    const hit = judged(item);
    return hit ? [{ item, ...hit, off: fits(item) ? 0 : 1 }] : [];
  });
  return found.sort(
    (a, b) =>
      a.tier - b.tier || a.off - b.off || rarity(a.item) - rarity(b.item) || a.item.title.length - b.item.title.length,
  );
}

/** Small letters without what is typed now one way, now another: spaces, hyphens, underscores. */
function compact(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, "") || text.trim().toLowerCase();
}

interface Words {
  readonly name: string;
  /** Where words begin within the title: `MaxPooling2D` at 0 and 3. */
  readonly starts: readonly number[];
  /** Capitals and digits with their places: `MHA`. */
  readonly capitals: string;
  readonly capitalPlaces: readonly number[];
  readonly others: readonly { readonly word: string; readonly compact: string }[];
  readonly text: string;
}

const read = new WeakMap<Item, Words>();

function wordsOf(item: Item): Words {
  let words = read.get(item);
  if (!words) {
    const letters = [...item.title].map((letter, at) => ({ letter, at }));
    const capitals = letters.filter(({ letter }) => /[A-Z0-9]/.test(letter));
    const others = [...item.aliases, ...item.words].map((word) => ({ word, compact: compact(word) }));
    words = {
      name: item.title.toLowerCase(),
      starts: letters.filter(({ at }) => begins(item.title, at)).map(({ at }) => at),
      capitals: capitals.map(({ letter }) => letter.toLowerCase()).join(""),
      capitalPlaces: capitals.map(({ at }) => at),
      others,
      text: ` ${item.title} ${item.summary} ${item.words.join(" ")}`.toLowerCase(),
    };
    read.set(item, words);
  }
  return words;
}

/** Whether a word begins at this letter: after a dot or underscore, at a capital that is no acronym's inside. */
function begins(title: string, at: number): boolean {
  const [before, here, after] = [title[at - 1] ?? "", title[at]!, title[at + 1] ?? ""];
  if (at === 0 || /[._ ]/.test(before)) return true;
  return /[A-Z]/.test(here) && (/[a-z]/.test(before) || (/[A-Z0-9]/.test(before) && /[a-z]/.test(after)));
}

/**
 * The best of what its title, its other names, and its description say; where the title says it, that is what is shown.
 *
 * A name, another name, and the beginning of a word in a name count alike: among them what is more usual goes first.
 */
function hit(item: Item, typed: string): Hit | null {
  const title = byTitle(item, typed);
  const hits = [title, byOther(item, typed), byText(item, typed)].filter((found) => found !== null);
  const tier = Math.min(...hits.map((found) => found.tier));
  return hits.length ? { ...hits[0]!, tier } : null;
}

const OPS = "ops.";

/** An operation counts from behind its "ops.", and a little less than a layer of that name. */
function byTitle(item: Item, typed: string): Hit | null {
  const { name, starts, capitals, capitalPlaces } = wordsOf(item);
  const apart = name.includes(" ");
  const wanted = apart ? typed.trim().toLowerCase() : compact(typed);
  const from = name.startsWith(OPS) && !wanted.startsWith(OPS) ? OPS.length : 0;
  const less = from ? 0.5 : 0;
  const here = (at: number): readonly Mark[] => [[at, at + wanted.length]];
  if (name.slice(from).replaceAll("_", "") === wanted) return { tier: from ? 1 : 0, marks: [[from, item.title.length]], by: null };
  if (apart && name.split(" ").includes(wanted)) return { tier: 0.5, marks: here(name.indexOf(wanted)), by: null };
  if (name.startsWith(wanted, from)) return { tier: 1 + less, marks: here(from), by: null };
  const start = starts.find((at) => name.startsWith(wanted, at));
  if (start !== undefined) return { tier: 1 + less, marks: here(start), by: null };
  if (wanted.length > 1 && capitals.startsWith(wanted))
    return { tier: 2, marks: capitalPlaces.slice(0, wanted.length).map((at) => [at, at + 1] as const), by: null };
  const inside = name.indexOf(wanted, from);
  return inside >= 0 ? { tier: 6 + less, marks: here(inside), by: null } : null;
}

/** Another name of an operation is worth less than a layer's: who types "pool" wants a pooling layer. */
const LESS = 5;

function byOther(item: Item, typed: string): Hit | null {
  const wanted = compact(typed);
  const { name, others } = wordsOf(item);
  const less = name.startsWith(OPS) ? LESS : 0;
  const rules: readonly (readonly [number, (word: string) => boolean])[] = [
    [1, (word) => word === wanted],
    [3, (word) => word.startsWith(wanted)],
    [7, (word) => word.includes(wanted)],
  ];
  for (const [tier, rule] of rules) {
    const found = others.find((entry) => rule(entry.compact));
    if (found) return { tier: tier + less, marks: [], by: found.word };
  }
  return null;
}

/** All typed words begin a word of the title, the description, or another name. */
function byText(item: Item, typed: string): Hit | null {
  const { text, name } = wordsOf(item);
  const parts = typed.trim().toLowerCase().split(/\s+/);
  const tier = name.startsWith(OPS) ? 8 + LESS : 8;
  return parts.every((part) => text.includes(` ${part}`)) ? { tier, marks: [], by: null } : null;
}

/** Shorter words differ from half of the others by one letter. */
const SHORTEST = 4;

/** Found although one letter is wrong, missing, too many, or swapped with the next. */
function misspelled(item: Item, wanted: string): Hit | null {
  if (wanted.length < SHORTEST) return null;
  const words = wordsOf(item);
  for (const at of words.starts) {
    const length = oneAway(wanted, words.name.slice(at));
    if (length) return { tier: at ? 1 : 0, marks: [[at, at + length]], by: null };
  }
  const other = words.others.find((entry) => oneAway(wanted, entry.compact));
  return other ? { tier: 2, marks: [], by: other.word } : null;
}

/** How many letters of `word`'s beginning `typed` stands for with one slip; 0 for none. */
export function oneAway(typed: string, word: string): number {
  const lengths = [typed.length, typed.length - 1, typed.length + 1].filter((length) => length <= word.length);
  return lengths.find((length) => slipped(typed, word.slice(0, length))) ?? 0;
}

function slipped(one: string, other: string): boolean {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  const [rest, wanted] = [one.slice(at), other.slice(at)];
  if (rest.length === wanted.length)
    return rest.slice(1) === wanted.slice(1) || (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2));
  return rest.length > wanted.length ? rest.slice(1) === wanted : rest === wanted.slice(1);
}
