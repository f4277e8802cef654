/** What does each control get? */

import type { Slot } from "./slot";

export interface ControlProps {
  readonly slot: Slot;
  /** Id of the element that the label belongs to. */
  readonly id: string;
  /** Id of the label, for controls of several parts. */
  readonly labelId: string;
  /** Id of the line that says what is wrong. */
  readonly reasonId: string;
  readonly faulty: boolean;
  /** Says under the field why what is typed does not do; null takes it back. */
  readonly complain: (reason: string | null) => void;
}

/** What stands in an empty text field. */
export function placeholderOf({ spec, mixed }: Slot): string {
  if (mixed) return "mixed";
  return spec.nullable ? "off" : spec.required ? "needed" : "";
}
