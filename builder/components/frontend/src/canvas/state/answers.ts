/** What has Python answered about the nodes that are shown? Annotations by local id, whatever network is open. */

import { type Path, prefix } from "../design/nesting";
import type { Annotation, CanvasData } from "../protocol";

export type Answers = { readonly [id: string]: Annotation };

const NONE: Answers = {};
let last: { annotations: Answers; start: string; found: Answers } | null = null;

/** Keys are ids in the open network; for the whole drawing these are the annotations themselves. */
export function answersAt(data: CanvasData | null, path: Path): Answers {
  if (!data) return NONE;
  if (!path.length) return data.annotations;
  const start = prefix(path);
  if (last?.annotations !== data.annotations || last.start !== start)
    last = { annotations: data.annotations, start, found: within(data.annotations, start) };
  return last.found;
}

function within(annotations: Answers, start: string): Answers {
  const inside = Object.entries(annotations).filter(([id]) => id.startsWith(start));
  return Object.fromEntries(inside.map(([id, annotation]) => [id.slice(start.length), annotation]));
}
