/** One of a few short choices, side by side; arrows move between them. */

import { type KeyboardEvent, useRef } from "react";
import type { ControlProps } from "./props";

export function Segments({ slot, id, labelId, reasonId }: ControlProps) {
  const choices = slot.spec.choices.map((choice) => ({ value: choice, label: choice }));
  return (
    <Radios
      id={id}
      labelId={labelId}
      reasonId={reasonId}
      testid={`param-${slot.path}`}
      choices={choices}
      value={slot.mixed ? null : String(slot.value)}
      choose={slot.commit}
    />
  );
}

interface RadiosProps {
  readonly choices: readonly { readonly value: string; readonly label: string; readonly title?: string }[];
  readonly value: string | null;
  readonly choose: (value: string) => void;
  readonly testid: string;
  readonly id?: string;
  readonly labelId?: string;
  readonly label?: string;
  readonly reasonId?: string;
}

/** A row of radio buttons of which one takes the Tab key. */
export function Radios({ choices, value, choose, testid, id, labelId, label, reasonId }: RadiosProps) {
  const box = useRef<HTMLDivElement>(null);
  const at = choices.findIndex((choice) => choice.value === value);
  const keyed = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = (Math.max(at, 0) + by + choices.length) % choices.length;
    choose(choices[next]!.value);
    box.current?.querySelectorAll<HTMLElement>("[role=radio]")[next]?.focus();
  };
  return (
    <div
      ref={box}
      className="segments segments-small"
      role="radiogroup"
      id={id}
      aria-labelledby={labelId}
      aria-label={label}
      aria-describedby={reasonId}
      data-testid={testid}
      onKeyDown={keyed}
    >
      {choices.map((choice, index) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          tabIndex={index === Math.max(at, 0) ? 0 : -1}
          aria-checked={choice.value === value}
          title={choice.title}
          data-testid={`${testid}-${choice.value}`}
          onClick={() => choose(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
