/** Which answers are new? Unchanged ones stay the same objects, so that only touched nodes are drawn again. */

import { sameJson } from "../design/document";
import type { CanvasData } from "../protocol";

type Annotations = CanvasData["annotations"];

/** The new data, whole, with the old objects where nothing changed. */
export function shared(old: CanvasData | null, data: CanvasData): CanvasData {
  const fit = old && sameJson(old.fit, data.fit) ? old.fit : data.fit;
  const issues = old && sameJson(old.issues, data.issues) ? old.issues : data.issues;
  const run = old?.run && sameJson(old.run, data.run ?? null) ? old.run : data.run;
  const around = { ...data, fit, issues, run };
  if (data.since === undefined || data.since === null)
    return { ...around, annotations: old ? reused(old.annotations, data.annotations) : data.annotations };
  if (old && old.known === data.since) return { ...around, annotations: changed(old.annotations, data) };
  if (old && old.known === data.known) return { ...around, annotations: old.annotations };
  return { ...around, ...missing(old) };
}

/** The set with what is new, and without what is gone. */
function changed(before: Annotations, { annotations, gone = [] }: CanvasData): Annotations {
  if (!gone.length && !Object.keys(annotations).length) return before;
  const after = { ...before, ...reused(before, annotations, false) };
  for (const id of gone) delete after[id];
  return after;
}

/** A message was lost: what is here stays, as old as it is, until Python is asked for everything. */
function missing(old: CanvasData | null): Partial<CanvasData> {
  return { known: null, status: "checking", annotated: old?.annotated ?? null, annotations: old?.annotations ?? {} };
}

/** The given annotations with the old objects where they are equal; `whole`: the old set itself when nothing differs. */
function reused(before: Annotations, now: Annotations, whole = true): Annotations {
  let same = 0;
  const found = Object.entries(now).map(([id, annotation]) => {
    const old = before[id];
    if (!old || !sameJson(old, annotation)) return [id, annotation] as const;
    same += 1;
    return [id, old] as const;
  });
  return whole && same === found.length && same === Object.keys(before).length ? before : Object.fromEntries(found);
}

export function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
