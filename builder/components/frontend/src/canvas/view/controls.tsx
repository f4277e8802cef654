/** The controls for settings: text, steppers, switches, choices, and sizes along axes. */

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ParamSpec } from "../design/catalog";
import type { Json } from "../design/document";
import { parse, written } from "../words/values";
import { Glyph } from "./Glyph";

interface ControlProps {
  readonly spec: ParamSpec;
  readonly value: Json | undefined;
  readonly id: string;
  readonly faulty: boolean;
  readonly commit: (value: Json) => void;
  readonly complain: (reason: string | null) => void;
}
export function Control(props: ControlProps): ReactNode {
  const { spec, value } = props;
  const structured = typeof value === "object" && value !== null && !Array.isArray(value);
  if (structured || spec.kind === "json") return <Text {...props} spec={{ ...spec, kind: "json" }} />;
  if (spec.kind === "bool") return <Switch {...props} />;
  if (spec.kind === "choice")
    return spec.choices.length <= 3 && spec.choices.length > 1 && !spec.nullable && spec.choices.join("").length < 20 ? (
      <Segments {...props} />
    ) : (
      <Choice {...props} />
    );
  if (spec.kind === "ints" && spec.length && spec.length <= 3 && (typeof value === "number" || Array.isArray(value)))
    return <Linked {...props} />;
  return <Text {...props} stepper={spec.kind === "int" || spec.kind === "float"} />;
}

/** Text that counts on Enter or when it is left; what cannot be read is said and not sent. */
function Text({ spec, value, id, faulty, commit, complain, stepper = false }: ControlProps & { stepper?: boolean }) {
  const stored = written(spec, value);
  const [text, setText] = useState(stored);
  const dropped = useRef(false);
  useEffect(() => setText(stored), [stored]);
  const finish = (typed: string): void => {
    if (typed === stored) return complain(null);
    const parsed = parse(spec, typed);
    if (parsed.ok) commit(parsed.value);
    else complain(parsed.reason);
  };
  const step = (by: number): void => {
    const next = stepped(spec, text, by);
    setText(next);
    finish(next);
  };
  return (
    <div className={`control${faulty ? " control-faulty" : ""}`}>
      <input
        id={id}
        type="text"
        inputMode={stepper ? "decimal" : "text"}
        value={text}
        placeholder={spec.nullable ? "off" : spec.required ? "needed" : ""}
        aria-invalid={faulty}
        spellCheck={false}
        autoComplete="off"
        data-testid={`param-${spec.name}`}
        data-untouched={text === stored}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (!dropped.current) finish(text);
          dropped.current = false;
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") finish(text);
          if (event.key === "Escape") {
            dropped.current = true;
            setText(stored);
            complain(null);
          }
          if (!stepper || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
          event.preventDefault();
          step(event.key === "ArrowUp" ? 1 : -1);
        }}
      />
      {stepper && (
        <span className="steps">
          <button
            type="button"
            tabIndex={-1}
            aria-label={`Less ${spec.name}`}
            data-testid={`param-${spec.name}-less`}
            onClick={() => step(-1)}
          >
            <Glyph name="minus" size={14} />
          </button>
          <button
            type="button"
            tabIndex={-1}
            aria-label={`More ${spec.name}`}
            data-testid={`param-${spec.name}-more`}
            onClick={() => step(1)}
          >
            <Glyph name="plus" size={14} />
          </button>
        </span>
      )}
    </div>
  );
}

/** The next value up or down: by one, or by a tenth of the leading digit's place for fractions. */
function stepped(spec: ParamSpec, text: string, by: number): string {
  const now = Number(text.replace("\u2212", "-")) || 0;
  const unit =
    spec.kind === "int"
      ? 1
      : Math.abs(now) >= 10
        ? 1
        : Math.abs(now) > 0 && Math.abs(now) < 0.1
          ? 10 ** Math.floor(Math.log10(Math.abs(now)))
          : 0.1;
  const low = spec.minimum ?? -Infinity;
  const high = spec.maximum ?? Infinity;
  return String(Number(Math.min(high, Math.max(low, now + by * unit)).toPrecision(10)));
}

function Switch({ spec, value, id, commit }: ControlProps) {
  const on = value === true;
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={on}
      className="switch"
      aria-label={spec.name}
      data-testid={`param-${spec.name}`}
      onClick={() => commit(!on)}
    >
      <i />
    </button>
  );
}

function Segments({ spec, value, id, commit }: ControlProps) {
  return (
    <div className="segments segments-small" role="radiogroup" id={id} aria-label={spec.name} data-testid={`param-${spec.name}`}>
      {spec.choices.map((choice) => (
        <button
          key={choice}
          type="button"
          role="radio"
          aria-checked={value === choice}
          data-testid={`param-${spec.name}-${choice}`}
          onClick={() => commit(choice)}
        >
          {choice}
        </button>
      ))}
    </div>
  );
}

const NONE = "";

function Choice({ spec, value, id, faulty, commit }: ControlProps) {
  const current = value === null || value === undefined ? NONE : String(value);
  const choices = current !== NONE && !spec.choices.includes(current) ? [...spec.choices, current] : spec.choices;
  return (
    <div className={`control control-choice${faulty ? " control-faulty" : ""}`}>
      <select
        id={id}
        value={current}
        aria-invalid={faulty}
        data-testid={`param-${spec.name}`}
        onChange={(event) => commit(event.target.value === NONE ? null : event.target.value)}
      >
        {(spec.nullable || current === NONE) && <option value={NONE}>none</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
      <Glyph name="down" size={15} />
    </div>
  );
}

/** One number along each axis; linked as long as all are equal. */
function Linked({ spec, value, id, faulty, commit, complain }: ControlProps) {
  const length = spec.length!;
  const numbers = Array.isArray(value) ? value.map(Number) : Array.from({ length }, () => Number(value));
  const [linked, setLinked] = useState(new Set(numbers).size <= 1);
  const change = (index: number, typed: string): void => {
    const parsed = parse({ ...spec, kind: "int" }, typed);
    if (!parsed.ok) return complain(parsed.reason);
    const next = numbers.map((old, at) => (linked || at === index ? (parsed.value as number) : old));
    commit(new Set(next).size === 1 && !Array.isArray(spec.default) && linked ? next[0]! : next);
  };
  return (
    <div className={`linked${faulty ? " control-faulty" : ""}`}>
      {numbers.map((number, index) => (
        <span key={index} className="linked-part">
          {index > 0 && (
            <button
              type="button"
              className="link-button"
              aria-pressed={linked}
              aria-label="The same along each axis"
              title="The same along each axis"
              onClick={() => setLinked(!linked)}
            >
              <Glyph name="link" size={15} />
            </button>
          )}
          <AxisNumber
            id={index ? undefined : id}
            label={`${spec.name} ${index + 1}`}
            testid={index ? `param-${spec.name}-${index + 1}` : `param-${spec.name}`}
            number={number}
            change={(typed) => change(index, typed)}
          />
        </span>
      ))}
    </div>
  );
}

function AxisNumber({
  id,
  label,
  testid,
  number,
  change,
}: {
  id: string | undefined;
  label: string;
  testid: string;
  number: number;
  change: (typed: string) => void;
}) {
  const [text, setText] = useState(String(number));
  useEffect(() => setText(String(number)), [number]);
  return (
    <div className="control">
      <input
        id={id}
        type="text"
        inputMode="numeric"
        value={text}
        aria-label={label}
        data-testid={testid}
        data-untouched={text === String(number)}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onBlur={() => text !== String(number) && change(text)}
        onKeyDown={(event) => {
          if (event.key === "Enter") change(text);
          if (event.key === "ArrowUp") change(String(number + 1));
          if (event.key === "ArrowDown") change(String(number - 1));
        }}
      />
    </div>
  );
}
