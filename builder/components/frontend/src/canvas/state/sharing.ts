/** Which answers are new? Unchanged ones stay the same objects, so that only touched nodes are drawn again. */

import { sameJson } from "../design/document";
import type { CanvasData } from "../protocol";

/** The new data with the old objects where nothing changed. */
export function shared(old: CanvasData | null, data: CanvasData): CanvasData {
  if (!old) return data;
  const annotations = Object.fromEntries(
    Object.entries(data.annotations).map(([id, now]) => {
      const before = old.annotations[id];
      return [id, before && sameJson(before, now) ? before : now] as const;
    }),
  );
  const same = sameEntries(old.annotations, annotations);
  return { ...data, annotations: same ? old.annotations : annotations, fit: sameJson(old.fit, data.fit) ? old.fit : data.fit };
}

function sameEntries(one: object, other: object): boolean {
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))];
  return left.length === right.size && left.every(([key, value]) => right.get(key) === value);
}

export function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
