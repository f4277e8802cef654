/** The arguments of an object that is itself a value, set in a little. */

import { createContext, useContext, useState } from "react";
import type { ParamSpec } from "../../design/catalog";
import type { Params } from "../../design/document";
import { counted } from "../../words/numbers";
import { Field } from "./Field";
import type { Write } from "./slot";

/** Whether the full form is shown. */
export const ShowAll = createContext(false);

interface Props {
  readonly label: string;
  readonly specs: readonly ParamSpec[];
  readonly given: Params;
  readonly write: Write;
  readonly path: string;
}

export function SubForm({ label, specs, given, write, path }: Props) {
  const all = useContext(ShowAll);
  const [more, setMore] = useState(false);
  if (!specs.length) return null;
  const few = specs.filter((spec) => spec.basic || spec.required || spec.name in given);
  const shown = more ? specs : few;
  const hidden = specs.length - few.length;
  if (!shown.length && !all) return null;
  return (
    <div className="subform" role="group" aria-label={label} data-testid={`subform-${path.slice(0, -1)}`}>
      {shown.map((spec) => (
        <Field key={spec.name} spec={spec} given={given} write={write} path={path} />
      ))}
      {hidden > 0 && (
        <button type="button" className="link" aria-expanded={more} data-testid={`more-${path.slice(0, -1)}`} onClick={() => setMore(!more)}>
          {more ? "Fewer" : counted(hidden, "more setting", "more settings")}
        </button>
      )}
    </div>
  );
}
