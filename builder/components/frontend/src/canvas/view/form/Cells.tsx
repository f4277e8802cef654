/** A list of cells, one on top of the other: add, remove, move, and each with its own arguments. */

import type { ParamSpec } from "../../design/catalog";
import type { Json, Params } from "../../design/document";
import { FIRST_CELL } from "../../design/objects";
import { Glyph } from "../Glyph";
import { Field } from "./Field";
import type { ControlProps } from "./props";
import type { Write } from "./slot";

export function Cells({ slot }: ControlProps) {
  const cells = Array.isArray(slot.value) ? (slot.value as readonly Json[]) : [];
  const replaced = (at: number, cell: Json): readonly Json[] => cells.map((old, index) => (index === at ? cell : old));
  const movedUp = (at: number): readonly Json[] => [...cells.slice(0, at - 1), cells[at]!, cells[at - 1]!, ...cells.slice(at + 1)];
  return (
    <div className="cells" role="list" aria-label={slot.spec.name}>
      {cells.map((cell, at) => (
        <div key={at} className="cell" role="listitem">
          <Field
            spec={one(slot.spec, at)}
            given={{ [name(at)]: cell } as Params}
            write={writer(at, (next, merge) => slot.commit(replaced(at, next), merge))}
            path={`${slot.path}.`}
          />
          <span className="cell-tools">
            <Tool glyph="up" label={`Move cell ${at + 1} up`} off={at === 0} run={() => slot.commit(movedUp(at))} />
            <Tool
              glyph="x"
              label={`Remove cell ${at + 1}`}
              off={cells.length < 2}
              run={() => slot.commit(cells.filter((_, index) => index !== at))}
            />
          </span>
        </div>
      ))}
      <button
        type="button"
        className="link"
        data-testid={`add-${slot.path}`}
        onClick={() => slot.commit([...cells, cells[cells.length - 1] ?? FIRST_CELL])}
      >
        Add a cell
      </button>
    </div>
  );
}

function name(at: number): string {
  return `cell_${at + 1}`;
}

function one(spec: ParamSpec, at: number): ParamSpec {
  return { ...spec, name: name(at), group: "cell", required: true, default: null, help: "What happens at one step on this floor." };
}

function writer(at: number, replace: (cell: Json, merge?: boolean) => void): Write {
  return (_, set, __, merge) => {
    const next = set[name(at)];
    if (next !== undefined) replace(next, merge);
  };
}

function Tool({ glyph, label, off, run }: { glyph: string; label: string; off: boolean; run: () => void }) {
  return (
    <button type="button" className="reset reset-on" aria-label={label} title={label} disabled={off} onClick={run}>
      <Glyph name={glyph} size={13} />
    </button>
  );
}
