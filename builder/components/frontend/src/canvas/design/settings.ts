/** When do two values of a setting mean the same? One number for all axes is as good as a list of equal ones. */

import type { ParamSpec } from "./catalog";
import { type Json, sameJson } from "./document";

export function sameSetting(spec: ParamSpec, one: Json | undefined, other: Json | undefined): boolean {
  if (sameJson(one, other)) return true;
  if (spec.kind !== "ints" || !spec.length || isNothing(one) || isNothing(other)) return false;
  return sameJson(spread(one, spec.length), spread(other, spec.length));
}

function isNothing(value: Json | undefined): boolean {
  return value === null || value === undefined;
}

/** The value along each axis; one number stands for all, null where there is none. */
export function spread(value: Json | undefined, length: number): readonly (number | null)[] {
  if (!Array.isArray(value)) return Array.from({ length }, () => (typeof value === "number" ? value : null));
  return Array.from({ length }, (_, index) => (typeof value[index] === "number" ? value[index] : null));
}
