/** Which drawing was kept in this browser because it was never confirmed, and is it worth showing? */

import type { Design } from "./design/document";

/** A drawing that was never acknowledged. */
export interface Stored {
  readonly rev: number;
  readonly base: number;
  readonly design: Design;
}

/** The kept drawing; null when there is none or it cannot be read. */
export function readKept(text: string | null): Stored | null {
  try {
    const kept = JSON.parse(text ?? "null") as Stored | null;
    return kept && Array.isArray(kept.design?.nodes) && Array.isArray(kept.design.edges) ? kept : null;
  } catch {
    return null;
  }
}

/** An empty drawing never replaces one that has something in it, and an equal one has nothing to add. */
export function worthKeeping(kept: Design, given: Design | null): boolean {
  if (!given) return kept.nodes.length > 0;
  if (kept.nodes.length === 0 && given.nodes.length > 0) return false;
  return JSON.stringify(kept) !== JSON.stringify(given);
}
