/** The shape of an input: what kind of thing it is, and its lengths by name. */

import { useId, useState } from "react";
import type { Json, Params } from "../../design/document";
import { INPUT_KINDS, type InputKind, type Sizes, kindOf, shapeOfKind } from "../../design/inputs";
import type { ParamSpec } from "../../design/catalog";
import { parse } from "../../words/values";
import { SmallNumber } from "./Axes";
import { Pick } from "./Pick";
import type { Slot, Write } from "./slot";
import { TextBox } from "./TextBox";

interface Props {
  readonly slot: Slot;
  readonly given: Params;
  readonly write: Write;
  /** Shapes that a row of the chosen data can take. */
  readonly ofData: readonly Sizes[];
}

export function InputShape({ slot, given, write, ofData }: Props) {
  const id = useId();
  const [reason, setReason] = useState<string | null>(null);
  const [own, setOwn] = useState(false);
  const shape = Array.isArray(slot.value) ? (slot.value as Sizes) : [];
  const kind = own ? "own" : kindOf(slot.value, given.dtype);
  const choose = (to: InputKind): void => {
    setOwn(to === "own");
    if (to !== kind) write(`set shape`, ...changed(slot, given, to, shapeOfKind(to, shape, ofData)));
  };
  const names = INPUT_KINDS.find((entry) => entry.kind === kind)!.sizes;
  const set = (index: number, size: number | null): void => slot.commit(shape.map((old, at) => (at === index ? size : old)));
  return (
    <div className="input-shape" role="group" aria-label="Shape of the input">
      <span id={`${id}-kind`} className="spoken">
        Kind of input
      </span>
      <Pick
        id={id}
        labelId={`${id}-kind`}
        name="kind of input"
        options={INPUT_KINDS.map((entry) => ({ value: entry.kind, label: entry.title, hint: entry.sizes.join(" × ") }))}
        value={kind}
        none="choose"
        testid="input-kind"
        choose={(value) => choose(value as InputKind)}
      />
      {kind === "own" && (
        <TextBox slot={slot} id={`${id}-own`} labelId={`${id}-kind`} reasonId={`${id}-reason`} faulty={reason !== null} complain={setReason} />
      )}
      {kind === "text" && <p className="quiet">One text a row. Put TextVectorization behind it.</p>}
      {names.length > 0 && (
        <div className="margin-grid" style={{ gridTemplateColumns: `repeat(${Math.min(names.length, 4)}, minmax(0, 1fr))` }}>
          {names.map((name, index) => (
            <label key={name} className="margin">
              <span>{name}</span>
              <SmallNumber
                spec={lengthSpec(slot.spec, name)}
                label={name}
                testid={index ? `param-shape-${name}` : "param-shape"}
                value={shape[index] ?? null}
                empty="n"
                commit={(size) => set(index, size)}
                readAll={(text) => (SEVERAL.test(text.trim()) ? parse(slot.spec, text) : null)}
                commitAll={slot.commit}
                complain={setReason}
              />
            </label>
          ))}
        </div>
      )}
      {reason && (
        <p className="field-fault" id={`${id}-reason`} role="alert" data-testid="fault-shape">
          {reason}
        </p>
      )}
    </div>
  );
}

/** A whole shape may be typed or pasted into any of its lengths: 8×8×1. */
const SEVERAL = /[\s,×x]/;

/** One length; left empty it is not known in advance. */
function lengthSpec(spec: ParamSpec, name: string): ParamSpec {
  return { ...spec, name, kind: "int", minimum: spec.minimum ?? 1, nullable: spec.unknown ?? true };
}

/** A text input holds strings; all others numbers. */
function changed(slot: Slot, given: Params, to: InputKind, shape: Sizes): [Params, readonly string[]] {
  const size = { [slot.spec.name]: shape as Json };
  if (to === "text") return [{ ...size, dtype: "string" }, []];
  return [size, given.dtype === "string" ? ["dtype"] : []];
}
