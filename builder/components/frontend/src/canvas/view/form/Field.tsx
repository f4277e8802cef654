/** One setting: its name, a control, a mark when it differs from Keras' default, what is wrong with it, and help in place. */

import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import type { ParamSpec } from "../../design/catalog";
import type { Params } from "../../design/document";
import type { Issue } from "../../protocol";
import { limits, written } from "../../words/values";
import { held, summaryOf } from "../../design/objects";
import { usePicked } from "../../state/context";
import { Glyph } from "../Glyph";
import { Control, isWide, shownControl } from "./Control";
import { type Offer, Offers } from "./Offers";
import { useScrub } from "./scrub";
import { type Slot, type Write, slotOf } from "./slot";

/** Longer names make room for the buttons beside them. */
const LONG = 12;

export interface FieldProps {
  readonly spec: ParamSpec;
  readonly given: Params;
  readonly write: Write;
  /** What stands before the name in a nested form: "layer.". */
  readonly path?: string;
  readonly mixed?: boolean;
  readonly issues?: readonly Issue[];
  readonly offers?: readonly Offer[];
  /** A few words beside the name, such as how many of the selected layers have this setting. */
  readonly note?: string;
  /** Another control than the usual one. */
  readonly instead?: (slot: Slot) => ReactNode;
  readonly label?: string;
}

export function Field({ spec, given, write, path = "", mixed = false, issues = [], offers = [], note, instead, label }: FieldProps) {
  const slot = slotOf(spec, given, write, { path, mixed });
  const id = useId();
  const [reason, setReason] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  useEffect(() => setReason(null), [slot.value]);
  const faulty = reason !== null || issues.some((issue) => issue.severity === "error");
  const wide = instead !== undefined || isWide(slot);
  /** Also where there is nothing to reset: on the drawing the same key resets the whole layer. */
  const resetBy = (event: KeyboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (slot.set && !spec.required) slot.reset();
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "F1") setHelp(!help);
    else if (event.altKey && event.code === "KeyR") return resetBy(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const scrubs = shownControl(slot) === "number";
  const scrub = useScrub(slot);
  const grouped = ["segments", "axes", "range", "margins", "cells"].includes(shownControl(slot));
  return (
    <div className={`field${slot.differs ? " field-set" : ""}${wide ? " field-wide" : ""}`} data-field={slot.path} onKeyDown={keyed}>
      <div className={`field-name${spec.name.length > LONG ? " field-name-long" : ""}`}>
        <label id={`${id}-label`} htmlFor={grouped ? undefined : id} {...(scrubs && !instead ? scrub : {})}>
          {breakable(label ?? spec.name)}
          {slot.differs && <span className="spoken">, {spec.required ? "set" : "not the default"}</span>}
        </label>
        {note && <span className="field-note">{note}</span>}
        <span className="field-tools">
          {spec.help && <HelpButton name={spec.name} path={slot.path} on={help} set={setHelp} />}
          {slot.set && !spec.required && !mixed && <ResetButton name={spec.name} path={slot.path} reset={slot.reset} />}
        </span>
      </div>
      {instead ? (
        instead(slot)
      ) : (
        <Control slot={slot} id={id} labelId={`${id}-label`} reasonId={`${id}-reason`} faulty={faulty} complain={setReason} />
      )}
      {help && <Help slot={slot} />}
      <Wrong id={`${id}-reason`} path={slot.path} reason={reason} issues={issues} />
      <Offers offers={offers} path={slot.path} />
    </div>
  );
}

function HelpButton({ name, path, on, set }: { name: string; path: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <button
      type="button"
      className="reset"
      tabIndex={-1}
      aria-label={`What ${name} means`}
      aria-expanded={on}
      title="What this means (F1)"
      data-testid={`help-${path}`}
      onClick={() => set(!on)}
    >
      <Glyph name="help" size={13} />
    </button>
  );
}

function ResetButton({ name, path, reset }: { name: string; path: string; reset: () => void }) {
  return (
    <button
      type="button"
      className="reset"
      tabIndex={-1}
      title="Back to Keras' default (Alt R)"
      aria-label={`Reset ${name}`}
      data-testid={`reset-${path}`}
      onClick={() => reset()}
    >
      <Glyph name="undo2" size={13} />
    </button>
  );
}

function Help({ slot }: { slot: Slot }) {
  const { spec, path } = slot;
  const catalog = usePicked((state) => state.catalog);
  const own = summaryOf(catalog, spec.group ?? "", slot.value);
  const range = ["int", "float", "ints"].includes(spec.kind) ? limits(spec) : "";
  const standard = spec.default === null ? "nothing" : written(spec, spec.default);
  return (
    <p className="field-help" data-testid={`help-text-${path}`}>
      {spec.help}
      {range && ` Takes numbers${range}.`}
      {spec.unknown && " n stands for a length that is not known in advance."}
      {own && ` ${held(catalog, spec.group!, slot.value)!.type}: ${own}.`}
      {spec.required ? " Has to be set." : ` Keras' default: ${standard}.`}
    </p>
  );
}

interface WrongProps {
  readonly id: string;
  readonly path: string;
  readonly reason: string | null;
  readonly issues: readonly Issue[];
}

function Wrong({ id, path, reason, issues }: WrongProps) {
  if (reason)
    return (
      <p className="field-fault" id={id} role="alert" data-testid={`fault-${path}`}>
        {reason}
      </p>
    );
  if (!issues.length) return null;
  return (
    <div id={id} className="field-issues">
      {issues.map((issue, index) => (
        <p key={index} className={`field-issue sev-${issue.severity}`} data-testid={`issue-${path}`}>
          <Glyph name={issue.severity === "error" ? "fault" : "warn"} size={15} />
          <span>
            {issue.message}
            {issue.fix ? <em> {issue.fix}</em> : null}
          </span>
        </p>
      ))}
    </div>
  );
}

/** The name with places where it may be parted. */
function breakable(name: string): ReactNode {
  return name.split("_").map((part, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <>
          _<wbr />
        </>
      )}
      {part}
    </Fragment>
  ));
}
