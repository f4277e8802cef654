/** What does a field know of its setting? Its value, whether it differs from Keras' default, and how to change it. */

import type { ParamSpec } from "../../design/catalog";
import { type Json, type Params, sameJson } from "../../design/document";
import { sameSetting } from "../../design/settings";

/** Sets and resets settings that stand side by side, as one step that can be undone; `merge` joins it to the last one. */
export type Write = (label: string, set: Params, reset: readonly string[], merge?: boolean) => void;

export interface Slot {
  readonly spec: ParamSpec;
  /** From the layer to here: "units", "layer.units". */
  readonly path: string;
  /** What is set, else the default; undefined where there is neither, or where several layers differ. */
  readonly value: Json | undefined;
  readonly set: boolean;
  /** Set, and to something else than Keras' default. */
  readonly differs: boolean;
  /** The selected layers have different values. */
  readonly mixed: boolean;
  commit(value: Json, merge?: boolean): void;
  reset(merge?: boolean): void;
}

interface Where {
  readonly path?: string;
  readonly mixed?: boolean;
}

/** The slot of one setting among `given`. A value that equals the default is not kept in the document. */
export function slotOf(spec: ParamSpec, given: Params, write: Write, { path = "", mixed = false }: Where = {}): Slot {
  const set = mixed || spec.name in given;
  const value = mixed ? undefined : spec.name in given ? given[spec.name] : (spec.default ?? undefined);
  const reset = (merge = false): void => write(merge ? `set ${spec.name}` : `reset ${spec.name}`, {}, [spec.name], merge);
  const commit = (next: Json, merge = false): void => {
    const back = !spec.required && sameSetting(spec, next, spec.default);
    if (!mixed && (set ? sameJson(next, value) : back)) return;
    if (back) reset(merge);
    else write(`set ${spec.name}`, { [spec.name]: next }, [], merge);
  };
  const differs = mixed || (set && (spec.required || !sameSetting(spec, value, spec.default)));
  return { spec, path: path + spec.name, value, set, differs, mixed, commit, reset };
}
