/** What does the network give out? The list of its outputs, or their names. */

import type { Design, References } from "../document";
import { EditRefused, known } from "./kind";

/** `"id"` or `"id:port"` in order, or by name; null: decided from the drawing. */
export type EndEdit = { kind: "set_outputs"; outputs?: References | null };

/** Refuses unknown layers and one that is named twice. */
export function setOutputs(design: Design, outputs: References | null | undefined): Design {
  const listed: readonly string[] = Object.values(outputs ?? {});
  for (const reference of listed) {
    known(design, reference.split(":")[0]!);
    if (listed.filter((other) => other === reference).length > 1) throw new EditRefused(`${reference} is an output already.`);
  }
  const { outputs: _, ...rest } = design;
  return listed.length ? { ...rest, outputs: outputs! } : rest;
}
