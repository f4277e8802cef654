/** The form of a layer or of several: the few settings of a first course, or all of them under headings, with a search. */

import { type ReactNode, useState } from "react";
import type { ParamSpec } from "../../design/catalog";
import { SECTIONS, sectionOf } from "../../design/controls";
import type { Params } from "../../design/document";
import type { Issue } from "../../protocol";
import { useRemembered } from "../../state/remembered";
import { Glyph } from "../Glyph";
import { Field } from "./Field";
import type { Offer } from "./Offers";
import { Strength, takesStrength } from "./Strength";
import { ShowAll } from "./SubForm";
import type { Slot, Write } from "./slot";

/** A setting and where it stands. */
export interface Line {
  readonly spec: ParamSpec;
  readonly given: Params;
  readonly write: Write;
  readonly ofCall?: boolean;
  readonly mixed?: boolean;
  readonly note?: string;
  readonly issues?: readonly Issue[];
  readonly offers?: readonly Offer[];
  readonly instead?: (slot: Slot) => ReactNode;
}

/** From here on the full form has headings and a search. */
const MANY = 10;

export function Form({ lines, about }: { lines: readonly Line[]; about: string }) {
  const [view, setView] = useRemembered("settings", "basic");
  const [search, setSearch] = useState("");
  const all = view === "all";
  const few = lines.filter(isTold);
  const shown = all ? matching(lines, search) : few;
  const many = lines.length > MANY;
  return (
    <ShowAll value={all}>
      {lines.length > few.length && <Switcher all={all} total={lines.length} choose={(on) => setView(on ? "all" : "basic")} />}
      {all && many && <Search text={search} set={setSearch} />}
      {all && many && !search ? <Sections lines={lines} /> : shown.map((line) => <Row key={keyOf(line)} line={line} short={!all} />)}
      {all && search && !shown.length && <p className="quiet">Nothing here is called {search}.</p>}
      {lines.length > 0 && !few.length && !all && <p className="quiet">{about}. Nothing here needs setting.</p>}
      {!lines.length && <p className="quiet">{about}. There is nothing to set.</p>}
    </ShowAll>
  );
}

function keyOf({ spec, ofCall }: Line): string {
  return ofCall ? `call/${spec.name}` : spec.name;
}

/** Shown in the short form: what a first course needs, what is set, and what something is said about. */
function isTold({ spec, given, mixed, issues, offers }: Line): boolean {
  if (spec.basic || spec.required || mixed || takesStrength(spec)) return true;
  return spec.name in given || !!issues?.length || !!offers?.length;
}

function matching(lines: readonly Line[], search: string): readonly Line[] {
  const words = search.toLowerCase().trim();
  const plain = (text: string): string => text.toLowerCase().replaceAll("_", " ");
  const named = lines.filter(({ spec }) => plain(spec.name).includes(plain(words)));
  return [...named, ...lines.filter((line) => !named.includes(line) && line.spec.help.toLowerCase().includes(words))];
}

function Row({ line, short = false }: { line: Line; short?: boolean }) {
  const { ofCall: _, ...field } = line;
  if (short && Strength.fits(line)) return <Strength line={line} />;
  return <Field {...field} />;
}

function Sections({ lines }: { lines: readonly Line[] }) {
  return SECTIONS.map((section) => {
    const inside = lines.filter((line) => sectionOf(line.spec, line.ofCall ?? false) === section);
    if (!inside.length) return null;
    return (
      <section key={section} className="field-section" aria-label={section}>
        {section !== "Basic" && <h4>{section}</h4>}
        {inside.map((line) => (
          <Row key={keyOf(line)} line={line} />
        ))}
      </section>
    );
  });
}

function Switcher({ all, total, choose }: { all: boolean; total: number; choose: (all: boolean) => void }) {
  const button = (on: boolean, label: string, testid: string): ReactNode => (
    <button
      type="button"
      role="radio"
      aria-checked={all === on}
      tabIndex={all === on ? 0 : -1}
      data-testid={testid}
      onClick={() => choose(on)}
      onKeyDown={(event) => {
        if (!event.key.startsWith("Arrow")) return;
        event.preventDefault();
        choose(!all);
        const parent = event.currentTarget.parentElement!;
        requestAnimationFrame(() => parent.querySelector<HTMLElement>("[aria-checked=true]")?.focus());
      }}
    >
      {label}
    </button>
  );
  return (
    <div className="segments" role="radiogroup" aria-label="Which settings">
      {button(false, "Basic", "inspector-basic")}
      {button(true, `All ${total}`, "inspector-all")}
    </div>
  );
}

function Search({ text, set }: { text: string; set: (text: string) => void }) {
  return (
    <div className="control form-search">
      <Glyph name="search" size={15} />
      <input
        type="text"
        value={text}
        placeholder="Find a setting"
        aria-label="Find a setting"
        spellCheck={false}
        data-testid="form-search"
        onChange={(event) => set(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !text) return;
          set("");
          event.preventDefault();
        }}
      />
    </div>
  );
}
