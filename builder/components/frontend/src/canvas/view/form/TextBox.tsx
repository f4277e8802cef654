/** Text, lists of numbers, shapes, one word a line; JSON where the catalogue says nothing better. */

import { parse, written } from "../../words/values";
import { type ControlProps, placeholderOf } from "./props";
import { useTyped } from "./typed";

export function TextBox({ slot, id, reasonId, faulty, complain }: ControlProps) {
  const field = useTyped({
    stored: written(slot.spec, slot.value),
    read: (text) => parse(slot.spec, text),
    commit: slot.commit,
    complain,
  });
  return (
    <div className={`control${faulty ? " control-faulty" : ""}`}>
      <input
        {...field.props}
        id={id}
        type="text"
        aria-invalid={faulty}
        aria-describedby={reasonId}
        placeholder={placeholderOf(slot)}
        data-testid={`param-${slot.path}`}
        onKeyDown={field.keyed}
      />
    </div>
  );
}

/** A list of words, one a line. */
export function Words({ slot, id, reasonId, faulty, complain }: ControlProps) {
  const field = useTyped({
    stored: written(slot.spec, slot.value),
    read: (text) => parse(slot.spec, text),
    commit: slot.commit,
    complain,
    lines: true,
  });
  return (
    <textarea
      {...field.props}
      id={id}
      rows={Math.min(8, Math.max(2, field.text.split("\n").length))}
      aria-invalid={faulty}
      aria-describedby={reasonId}
      placeholder={slot.mixed ? "mixed" : "one word a line"}
      data-testid={`param-${slot.path}`}
      onKeyDown={field.keyed}
    />
  );
}
