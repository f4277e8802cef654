/** Yes or no. */

import type { ControlProps } from "./props";

export function Switch({ slot, id, labelId, reasonId }: ControlProps) {
  const on = slot.value === true;
  return (
    <span className="switch-line">
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={slot.mixed ? undefined : on}
        aria-labelledby={labelId}
        aria-describedby={reasonId}
        className={`switch${slot.mixed ? " switch-mixed" : ""}`}
        data-testid={`param-${slot.path}`}
        onClick={() => slot.commit(!on)}
      >
        <i />
      </button>
      {slot.mixed && <span className="quiet">mixed</span>}
    </span>
  );
}
