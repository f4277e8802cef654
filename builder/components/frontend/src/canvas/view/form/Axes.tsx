/** One number along each axis, linked as long as all are to be equal; ranges from one number to another. */

import { type KeyboardEvent, useState } from "react";
import type { ParamSpec } from "../../design/catalog";
import type { Json } from "../../design/document";
import { spread } from "../../design/settings";
import { type Parsed, parse, stepped } from "../../words/values";
import { Glyph } from "../Glyph";
import type { ControlProps } from "./props";
import { useTyped } from "./typed";

type Size = number | null;

export function Axes({ slot, id, labelId, reasonId, faulty, complain }: ControlProps) {
  const { spec, value } = slot;
  const sizes = spread(value, spec.length!);
  const [linked, setLinked] = useState(new Set(sizes).size <= 1);
  const change = (index: number, typed: Size): void => {
    const next = sizes.map((old, at) => (linked || at === index ? typed : (old ?? typed)));
    if (next.includes(null)) slot.commit(null);
    else slot.commit(axesValue(spec, next as number[]));
  };
  const one: ParamSpec = { ...spec, kind: "int" };
  return (
    <div className={`linked${faulty ? " control-faulty" : ""}`} role="group" aria-labelledby={labelId} aria-describedby={reasonId}>
      {sizes.map((size, index) => (
        <span key={index} className="linked-part">
          {index > 0 && (
            <button
              type="button"
              className="link-button"
              aria-pressed={linked}
              aria-label="The same along each axis"
              title="The same along each axis"
              data-testid={index === 1 ? `link-${slot.path}` : undefined}
              onClick={() => setLinked(!linked)}
            >
              <Glyph name="link" size={15} />
            </button>
          )}
          <SmallNumber
            spec={one}
            id={index ? undefined : id}
            label={sizes.length > 1 ? `${spec.name} ${index + 1}` : spec.name}
            testid={index ? `param-${slot.path}-${index + 1}` : `param-${slot.path}`}
            value={size}
            empty={slot.mixed ? "mixed" : spec.nullable ? "auto" : ""}
            commit={(typed) => change(index, typed)}
            complain={complain}
          />
        </span>
      ))}
    </div>
  );
}

/** Equal sizes as one number, unless Keras' own default is a list. */
export function axesValue(spec: ParamSpec, sizes: readonly number[]): Json {
  return new Set(sizes).size === 1 && !Array.isArray(spec.default) ? sizes[0]! : [...sizes];
}

interface SmallProps {
  readonly spec: ParamSpec;
  readonly id?: string | undefined;
  readonly label: string;
  readonly testid: string;
  readonly value: Size;
  readonly empty?: string;
  readonly commit: (value: Size) => void;
  /** Takes a text that stands for more than this number; null when it does not. */
  readonly readAll?: (text: string) => Parsed | null;
  readonly commitAll?: (value: Json) => void;
  readonly complain: (reason: string | null) => void;
}

/** A number without buttons; arrows step it, with Shift by ten. */
export function SmallNumber({ spec, id, label, testid, value, empty = "", commit, complain, readAll, commitAll }: SmallProps) {
  const field = useTyped({
    stored: value === null ? "" : String(value),
    read: (text) => readAll?.(text) ?? parse(spec, text),
    commit: (next) => (Array.isArray(next) ? commitAll?.(next) : commit(next as Size)),
    complain,
  });
  const keyed = (event: KeyboardEvent<HTMLInputElement>): void => {
    field.keyed(event);
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const next = stepped(spec, field.text, (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1));
    field.setText(next);
    field.finish(next);
  };
  return (
    <div className="control">
      <input
        {...field.props}
        id={id}
        type="text"
        inputMode="numeric"
        aria-label={label}
        title={label}
        placeholder={empty}
        data-testid={testid}
        onKeyDown={keyed}
      />
    </div>
  );
}

/** A number, or a range from one to another. */
export function Range({ slot, id, labelId, reasonId, faulty, complain }: ControlProps) {
  const { spec, value, path } = slot;
  const onlyPair = spec.holds === "pair";
  const [wide, setWide] = useState(onlyPair || Array.isArray(value));
  const pair = onlyPair || wide || Array.isArray(value);
  const low: Size = Array.isArray(value) ? spread(value, 2)[0]! : typeof value === "number" ? value : null;
  const high: Size = Array.isArray(value) ? spread(value, 2)[1]! : null;
  const one: ParamSpec = { ...spec, kind: "float", holds: "" };
  const set = (from: Size, to: Size): void => {
    if (from === null && to === null) return slot.commit(null);
    if (!pair || to === null) return slot.commit(from);
    const start = from ?? to;
    if (start > to) return complain(`${spec.name} needs the smaller number first; ${start} is above ${to}.`);
    complain(null);
    slot.commit([start, to]);
  };
  const toggle = (): void => {
    setWide(!pair);
    if (pair && high !== null) slot.commit(high);
    else if (low !== null) slot.commit([Math.min(-low, low), Math.max(-low, low)].map((edge) => within(spec, edge)));
  };
  const small = { spec: one, complain, empty: slot.mixed ? "mixed" : spec.nullable ? "off" : "" };
  return (
    <div className={`linked${faulty ? " control-faulty" : ""}`} role="group" aria-labelledby={labelId} aria-describedby={reasonId}>
      <SmallNumber
        {...small}
        id={id}
        label={pair ? `${spec.name} from` : spec.name}
        testid={`param-${path}`}
        value={low}
        commit={(next) => set(next, high)}
      />
      {pair && (
        <>
          <span className="to">to</span>
          <SmallNumber
            {...small}
            label={`${spec.name} to`}
            testid={`param-${path}-2`}
            value={high}
            commit={(next) => set(low, next)}
          />
        </>
      )}
      {!onlyPair && (
        <button type="button" className="mode" aria-pressed={pair} data-testid={`range-${path}`} onClick={toggle}>
          range
        </button>
      )}
    </div>
  );
}

function within({ minimum, maximum }: ParamSpec, value: number): number {
  return Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, value)) + 0;
}
