/** One of many names; activations come with the curve of their function. */

import { Curve } from "./Curve";
import { Pick, type Option } from "./Pick";
import type { ControlProps } from "./props";

/** Stands for no value in a list. */
export const NONE = "none";

export function Choice({ slot, id, labelId, reasonId, faulty }: ControlProps) {
  const { spec } = slot;
  const bends = spec.group === "activation";
  const empty = bends ? "linear" : NONE;
  const current = slot.value === null || slot.value === undefined ? (spec.nullable ? empty : null) : String(slot.value);
  const names = spec.nullable && !spec.choices.includes(empty) ? [empty, ...spec.choices] : spec.choices;
  const known = current === null || slot.mixed || names.includes(current) ? names : [...names, current];
  const options = known.map((name): Option => ({ value: name, label: name, picture: bends ? <Curve name={name} /> : undefined }));
  const choose = (name: string): void =>
    slot.commit(spec.nullable && name === empty && (name === NONE || spec.default === null) ? null : name);
  return (
    <Pick
      id={id}
      labelId={labelId}
      reasonId={reasonId}
      name={spec.name}
      options={options}
      value={slot.mixed ? null : current}
      none={slot.mixed ? "mixed" : "choose"}
      faulty={faulty}
      testid={`param-${slot.path}`}
      choose={choose}
    />
  );
}
