/** A number: typed, stepped by buttons and arrows, ten at a time with Shift. */

import type { KeyboardEvent } from "react";
import { parse, stepped, written } from "../../words/values";
import { Glyph } from "../Glyph";
import { type ControlProps, placeholderOf } from "./props";
import { useTyped } from "./typed";

export function NumberBox({ slot, id, reasonId, faulty, complain }: ControlProps) {
  const { spec, path } = slot;
  const field = useTyped({
    stored: written(spec, slot.value),
    read: (text) => parse(spec, text),
    commit: slot.commit,
    complain,
  });
  const step = (by: number): void => {
    const next = stepped(spec, field.text || startOf(slot), by);
    field.setText(next);
    field.finish(next);
  };
  const keyed = (event: KeyboardEvent<HTMLInputElement>): void => {
    field.keyed(event);
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    step((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1));
  };
  return (
    <div className={`control${faulty ? " control-faulty" : ""}`}>
      <input
        {...field.props}
        id={id}
        type="text"
        inputMode="decimal"
        role="spinbutton"
        aria-valuenow={typeof slot.value === "number" ? slot.value : undefined}
        aria-valuemin={spec.minimum ?? undefined}
        aria-valuemax={spec.maximum ?? undefined}
        aria-invalid={faulty}
        aria-describedby={reasonId}
        placeholder={placeholderOf(slot)}
        data-testid={`param-${path}`}
        onKeyDown={keyed}
      />
      <span className="steps">
        <Step less slot={slot} step={step} />
        <Step slot={slot} step={step} />
      </span>
    </div>
  );
}

/** Where stepping begins while nothing is set. */
function startOf({ spec }: ControlProps["slot"]): string {
  return String(spec.start ?? spec.minimum ?? 0);
}

function Step({ slot, step, less = false }: { slot: ControlProps["slot"]; step: (by: number) => void; less?: boolean }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${less ? "Less" : "More"} ${slot.spec.name}`}
      data-testid={`param-${slot.path}-${less ? "less" : "more"}`}
      onClick={(event) => step((less ? -1 : 1) * (event.shiftKey ? 10 : 1))}
    >
      <Glyph name={less ? "minus" : "plus"} size={14} />
    </button>
  );
}
