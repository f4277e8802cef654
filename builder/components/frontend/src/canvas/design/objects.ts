/** How does a named object stand in the document? A name where it has no arguments of its own, else type and params. */

import { type Catalog, type ObjectSpec, type ParamSpec, startParams } from "./catalog";
import { type Json, type Params, sameJson } from "./document";

/** An object value read: its type and its own arguments. */
export interface Held {
  readonly type: string;
  readonly params: Params;
}

/** The objects of a group, in the catalogue's order. */
export function objectsOf(catalog: Catalog | null, group: string): readonly ObjectSpec[] {
  return catalog?.objects.filter((spec) => spec.group === group) ?? [];
}

/** What the value holds; null when it holds nothing. Names that the catalogue does not know stay as types. */
export function held(catalog: Catalog | null, group: string, value: Json | undefined): Held | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") {
    const found = objectsOf(catalog, group).find((spec) => spec.names.includes(value) || spec.type === value);
    return { type: found?.type ?? value, params: {} };
  }
  const { type, params } = value as { type?: Json; params?: Json };
  return { type: String(type ?? ""), params: (params ?? {}) as Params };
}

/** What the held object does, in a few words; empty where the catalogue does not say. */
export function summaryOf(catalog: Catalog | null, group: string, value: Json | undefined): string {
  const now = group ? held(catalog, group, value) : null;
  if (!now) return "";
  return (group === "layer" ? catalog?.layer(now.type) : objectsOf(catalog, group).find((spec) => spec.type === now.type))?.summary ?? "";
}

/** The value as it is written: Keras' short name while no argument of its own is set. */
export function written(catalog: Catalog | null, spec: ParamSpec, { type, params }: Held): Json {
  const bare = Object.keys(params).length === 0;
  if (!bare) return { type, params };
  const usual = held(catalog, spec.group ?? "", spec.default);
  if (usual && usual.type === type && sameJson(usual.params, {})) return spec.default;
  const name = objectsOf(catalog, spec.group ?? "").find((candidate) => candidate.type === type)?.names[0];
  return name ?? { type, params: {} };
}

/** The types that may stand here: those that the setting names, else all of its group. */
export function typesFor(catalog: Catalog | null, spec: ParamSpec): readonly string[] {
  const group = spec.group === "cells" ? "cell" : (spec.group ?? "");
  if (group === "layer") return spec.choices;
  return objectsOf(catalog, group).map((found) => found.type);
}

/** The settings of a nested layer, cell or other object, with those that every layer takes. */
export function innerSpecs(catalog: Catalog | null, group: string, type: string): readonly ParamSpec[] {
  if (group === "layer") return [...(catalog?.layer(type)?.params ?? []), ...(catalog?.common ?? [])];
  const cell = group === "cell" || group === "cells";
  const found = objectsOf(catalog, cell ? "cell" : group).find((spec) => spec.type === type);
  return [...(found?.params ?? []), ...(cell ? (catalog?.common ?? []) : [])];
}

/** An object of another type in the place of `before`: what both take is kept, what the new one needs is given. */
export function retyped(catalog: Catalog | null, group: string, type: string, before: Held | null): Held {
  const specs = innerSpecs(catalog, group, type);
  const old = innerSpecs(catalog, group, before?.type ?? "");
  const kept = Object.entries(before?.params ?? {}).filter(([name]) => {
    const [one, other] = [old, specs].map((list) => list.find((spec) => spec.name === name));
    return one && other && one.kind === other.kind && one.length === other.length;
  });
  return { type, params: { ...started(catalog, group, type, specs), ...Object.fromEntries(kept) } };
}

function started(catalog: Catalog | null, group: string, type: string, specs: readonly ParamSpec[]): Params {
  const layer = group === "layer" ? catalog?.layer(type) : undefined;
  if (layer) return startParams(layer);
  const given = specs.filter((spec) => spec.start !== null && spec.start !== undefined);
  const cells = specs.find((spec) => spec.group === "cells" && spec.required);
  return {
    ...Object.fromEntries(given.map((spec) => [spec.name, spec.start])),
    ...(cells ? { [cells.name]: [FIRST_CELL] } : {}),
  };
}

export const FIRST_CELL: Json = { type: "LSTMCell", params: { units: 32 } };
