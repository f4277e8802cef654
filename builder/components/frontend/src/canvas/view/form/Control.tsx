/** The control for a setting, by what the catalogue says of it. */

import type { ReactNode } from "react";
import { type ControlKind, canShow, controlOf } from "../../design/controls";
import { Axes, Range } from "./Axes";
import { Cells } from "./Cells";
import { Choice } from "./Choice";
import { Margins } from "./Margins";
import { NumberBox } from "./NumberBox";
import { ObjectChoice } from "./ObjectChoice";
import type { ControlProps } from "./props";
import { Segments } from "./Segments";
import type { Slot } from "./slot";
import { Switch } from "./Switch";
import { TextBox, Words } from "./TextBox";

const CONTROLS: { readonly [kind in ControlKind]: (props: ControlProps) => ReactNode } = {
  number: NumberBox,
  segments: Segments,
  list: Choice,
  switch: Switch,
  axes: Axes,
  shape: TextBox,
  numbers: TextBox,
  range: Range,
  margins: Margins,
  words: Words,
  text: TextBox,
  object: ObjectChoice,
  nested: ObjectChoice,
  cells: Cells,
  json: TextBox,
};
/** These take the whole width, below their name. */
const WIDE: ReadonlySet<ControlKind> = new Set(["margins", "words", "cells"]);
/** Longer values of these get a line of their own. */
const STRETCHED: ReadonlySet<ControlKind> = new Set(["shape", "numbers", "text", "json"]);
const SHORT = 16;

/** The control that shows this slot's value; JSON for a value that the usual one cannot show. */
export function shownControl(slot: Slot): ControlKind {
  const control = controlOf(slot.spec);
  return canShow(control, slot.value) ? control : "json";
}

export function isWide(slot: Slot): boolean {
  const control = shownControl(slot);
  if (WIDE.has(control)) return true;
  return STRETCHED.has(control) && JSON.stringify(slot.value ?? "").length > SHORT;
}

export function Control(props: ControlProps): ReactNode {
  const kind = shownControl(props.slot);
  const Shown = CONTROLS[kind];
  if (kind !== "json") return <Shown {...props} />;
  const spec = { ...props.slot.spec, kind: "json" as const, holds: "", group: "" };
  return <TextBox {...props} slot={{ ...props.slot, spec }} />;
}
