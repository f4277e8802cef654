/** The layers that can be drawn: searched, suggested for the selected node, and by family. */

import { type PointerEvent, useMemo, useRef, useState } from "react";
import { Catalog, FAMILIES, type Family, type LayerSpec, glyphOf } from "../design/catalog";
import { search, suggestions } from "../design/suggest";
import { useEditor, usePicked } from "../state/context";
import type { State } from "../state/state";
import { firstShape } from "../words/numbers";
import { type Carried, useCarry } from "./dragging";
import { Glyph, Tile } from "./Glyph";
import { useOutside } from "./Menu";

type Grab = (event: PointerEvent, spec: LayerSpec) => void;

export function Palette() {
  const compact = usePicked((state) => state.compact);
  const catalog = usePicked((state) => state.catalog);
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [family, setFamily] = useState<Family | null>(null);
  const [carried, grab] = useCarry();
  const box = useRef<HTMLElement>(null);
  const away = (): void => {
    setOpen(false);
    setText("");
  };
  useOutside(box, compact && open && !carried, away);
  const folded = compact && (!open || carried !== null);
  const unfold = (wanted: Family): void => {
    setFamily(wanted);
    setOpen(true);
  };
  return (
    <nav
      ref={box}
      className={`palette${compact ? " palette-rail" : ""}${folded ? "" : " palette-open"}`}
      aria-label="Layers"
      onKeyDown={(event) => compact && open && event.key === "Escape" && away()}
    >
      <div className="palette-sheet">
        <label className="palette-search">
          <Glyph name="search" size={16} />
          <input
            data-testid="palette-search"
            type="text"
            placeholder={folded ? "" : "Find a layer"}
            aria-label="Find a layer"
            value={text}
            spellCheck={false}
            autoComplete="off"
            onFocus={() => compact && setOpen(true)}
            onChange={(event) => setText(event.target.value)}
          />
          <kbd>Ctrl K</kbd>
        </label>
        {!catalog ? (
          <p className="palette-note">Reading the layers.</p>
        ) : folded ? (
          <Rail unfold={unfold} />
        ) : text ? (
          <Found catalog={catalog} text={text} grab={grab} />
        ) : (
          <Families catalog={catalog} grab={grab} family={family} setFamily={setFamily} />
        )}
      </div>
      {carried && <Ghost {...carried} />}
    </nav>
  );
}

function Rail({ unfold }: { unfold: (family: Family) => void }) {
  return (
    <div className="rail">
      {FAMILIES.map(({ family, title, glyph }) => (
        <button
          key={family}
          type="button"
          className="rail-button"
          aria-label={title}
          title={title}
          data-testid={`family-${family}`}
          onClick={() => unfold(family)}
        >
          <Tile name={glyph} family={family} size="m" />
        </button>
      ))}
    </div>
  );
}

function Found({ catalog, text, grab }: { catalog: Catalog; text: string; grab: Grab }) {
  const found = search(catalog, text);
  if (!found.length) return <p className="palette-note">No layer is called “{text.trim()}”.</p>;
  return (
    <div className="palette-list" role="group" aria-label="Found layers">
      {found.slice(0, 60).map((spec) => (
        <Entry key={spec.type} spec={spec} grab={grab} named />
      ))}
    </div>
  );
}

interface FamiliesProps {
  readonly catalog: Catalog;
  readonly grab: Grab;
  readonly family: Family | null;
  readonly setFamily: (family: Family | null) => void;
}

function Families({ catalog, grab, family, setFamily }: FamiliesProps) {
  const chosen = usePicked(chosenNode);
  const shape = usePicked((state) => (chosen ? firstShape(state.answers[chosen]?.shape ?? null) : null));
  const type = usePicked((state) => (chosen ? (state.shown.nodes.find((node) => node.id === chosen)?.type ?? "") : ""));
  const fitting = useMemo(() => suggestions(catalog, shape, type), [catalog, shape, type]);
  const shown = new Set(fitting.map((spec) => spec.type));
  return (
    <div className="palette-list">
      <h3>
        {chosen && shape ? (
          <>
            Fits after <span className="palette-after">{chosen}</span>
          </>
        ) : (
          "To begin with"
        )}
      </h3>
      <div role="group" aria-label="Suggested layers">
        {fitting.map((spec) => (
          <Entry key={spec.type} spec={spec} grab={grab} named />
        ))}
      </div>
      <h3>
        All layers <span>{catalog.layers.length}</span>
      </h3>
      {FAMILIES.map((entry) => (
        <Section
          key={entry.family}
          {...entry}
          layers={catalog.layers.filter((spec) => spec.family === entry.family)}
          shown={shown}
          grab={grab}
          open={family === entry.family}
          toggle={() => setFamily(family === entry.family ? null : entry.family)}
          current={type}
        />
      ))}
    </div>
  );
}

interface SectionProps {
  readonly family: Family;
  readonly title: string;
  readonly glyph: string;
  readonly layers: readonly LayerSpec[];
  readonly shown: ReadonlySet<string>;
  readonly grab: Grab;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly current: string;
}

function Section({ family, title, glyph, layers, shown, grab, open, toggle, current }: SectionProps) {
  if (!layers.length) return null;
  return (
    <section>
      <button
        type="button"
        className={`family${open ? " family-open" : ""}`}
        aria-expanded={open}
        data-testid={`family-${family}`}
        onClick={toggle}
      >
        <Tile name={glyph} family={family} size="s" />
        <span className="family-title">{title}</span>
        <span className="family-count">{layers.length}</span>
        <Glyph name={open ? "down" : "right"} size={15} />
      </button>
      {open && (
        <div role="group" aria-label={title}>
          {layers.map((spec) => (
            <Entry key={spec.type} spec={spec} grab={grab} named={!shown.has(spec.type)} current={spec.type === current} />
          ))}
        </div>
      )}
    </section>
  );
}

/** One layer. Where it is listed twice only the first is `named` for tests. */
function Entry({ spec, grab, named, current = false }: { spec: LayerSpec; grab: Grab; named: boolean; current?: boolean }) {
  const editor = useEditor();
  const add = (): void => editor.add(spec, editor.behind(editor.centre()));
  return (
    <button
      type="button"
      className={`entry${current ? " entry-on" : ""}`}
      title={spec.summary}
      data-testid={named ? `palette-${spec.type}` : undefined}
      onPointerDown={(event) => grab(event, spec)}
      onDoubleClick={add}
      aria-label={`${spec.type}: ${spec.summary}`}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        add();
      }}
    >
      <Tile name={glyphOf(spec.type, spec.family)} family={spec.family} size="s" />
      <span className="entry-name">{spec.type}</span>
    </button>
  );
}

function Ghost({ spec, x, y }: Carried) {
  return (
    <div className="ghost" style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}>
      <Tile name={glyphOf(spec.type, spec.family)} family={spec.family} size="m" />
      <span>
        <b>{spec.type}</b>
      </span>
    </div>
  );
}

function chosenNode({ selected }: State): string | null {
  return selected.size === 1 ? [...selected][0]! : null;
}
