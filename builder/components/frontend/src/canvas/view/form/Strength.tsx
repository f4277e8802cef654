/** The short form's way to say that large weights cost something: one number instead of a regularizer. */

import type { ParamSpec } from "../../design/catalog";
import { held, written } from "../../design/objects";
import { usePicked } from "../../state/context";
import { Field } from "./Field";
import type { Line } from "./Form";
import { slotOf } from "./slot";

const SPEC: ParamSpec = {
  name: "l2_strength",
  kind: "float",
  default: null,
  required: false,
  nullable: true,
  choices: [],
  minimum: 0,
  maximum: 1000,
  length: null,
  basic: true,
  start: 0.001,
  help: "Cost of large weights: pulls them towards 0, so that the network learns less by heart. This is kernel_regularizer with L2.",
};

export function takesStrength(spec: ParamSpec): boolean {
  return spec.name === "kernel_regularizer" && spec.group === "regularizer" && spec.choices.includes("l2");
}

/** Keras' strength where none is given. */
const KERAS_STRENGTH = 0.01;

export function Strength({ line }: { line: Line }) {
  const catalog = usePicked((state) => state.catalog);
  const slot = slotOf(line.spec, line.given, line.write, { mixed: line.mixed ?? false });
  const now = held(catalog, "regularizer", slot.value);
  const strength = now ? (now.params.l2 ?? KERAS_STRENGTH) : null;
  return (
    <Field
      spec={SPEC}
      label="L2 strength"
      mixed={line.mixed ?? false}
      given={strength === null ? {} : { l2_strength: strength }}
      note={line.note}
      issues={line.issues}
      write={(_, set, __, merge) => {
        const next = set.l2_strength;
        if (typeof next !== "number" || next === 0) slot.reset(merge);
        else slot.commit(written(catalog, line.spec, { type: "L2", params: next === KERAS_STRENGTH ? {} : { l2: next } }), merge);
      }}
    />
  );
}

/** Only where the regularizer is none or L2: another one is shown as it is. */
Strength.fits = ({ spec, given }: Line): boolean => {
  if (!takesStrength(spec)) return false;
  const value = given[spec.name];
  if (value === undefined || value === null) return true;
  const type = typeof value === "string" ? value : (value as { type?: unknown }).type;
  return type === "l2" || type === "L2";
};
