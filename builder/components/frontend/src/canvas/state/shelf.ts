/** Which entries does this person like, and which were taken last? Kept in the browser, across projects. */

export interface Shelf {
  /** Keys of palette entries, in the order in which they were marked. */
  readonly liked: readonly string[];
  /** Keys of what was taken last, newest first. */
  readonly recent: readonly string[];
}

export const SHELF_KEY = "layerloom.palette";
/** What a palette of one screen shows beside its families. */
export const RECENT = 6;

/** The shelf from its text; an empty one when there is none or it cannot be read. */
export function readShelf(text: string | null): Shelf {
  try {
    const kept = JSON.parse(text ?? "null") as Partial<Shelf> | null;
    return { liked: keys(kept?.liked), recent: keys(kept?.recent).slice(0, RECENT) };
  } catch {
    return { liked: [], recent: [] };
  }
}

function keys(kept: unknown): readonly string[] {
  return Array.isArray(kept) ? [...new Set(kept.filter((key) => typeof key === "string"))] : [];
}

export function toggled(shelf: Shelf, key: string): Shelf {
  const liked = shelf.liked.includes(key) ? shelf.liked.filter((other) => other !== key) : [...shelf.liked, key];
  return { ...shelf, liked };
}

export function taken(shelf: Shelf, key: string): Shelf {
  return { ...shelf, recent: [key, ...shelf.recent.filter((other) => other !== key)].slice(0, RECENT) };
}
