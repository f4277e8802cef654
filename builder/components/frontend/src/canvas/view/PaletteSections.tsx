/** The lists of the palette: what was found, or what is offered, liked, taken lately, and all families. */

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { type Group, type Item, groupsOf, itemOf, itemsOf } from "../design/items";
import { usePicked } from "../state/context";
import { type Spot, doubt, offers, searched } from "../state/offers";
import type { Place } from "../state/placing";
import { counted } from "../words/numbers";
import { Glyph, Tile } from "./Glyph";
import { Entry, type Grab } from "./PaletteEntry";
import type { Hint } from "./PaletteCard";
import { stops, useOneStop, walkStops } from "./roving";
import { useSpot } from "./spot";

interface ListProps {
  readonly grab: Grab;
  readonly hint: Hint;
}

/** The scrolling list; arrows walk through all its entries. */
function List({ children, label, hint }: { children: ReactNode; label?: string; hint: Hint }) {
  const box = useRef<HTMLDivElement>(null);
  useOneStop(box);
  const up = (): void => box.current?.closest("nav")?.querySelector<HTMLElement>(".palette-search input")?.focus();
  return (
    <div
      ref={box}
      className="palette-list"
      role="group"
      aria-label={label}
      onScroll={hint.scrolled}
      onKeyDown={(event) => void walkStops(event, box.current!, up)}
    >
      {children}
    </div>
  );
}

/** Enough to choose from; who sees none of them types more. */
const MOST_FOUND = 40;

export function Found({ text, grab, hint }: ListProps & { text: string }) {
  const catalog = usePicked((state) => state.catalog)!;
  const spot = useSpot();
  const found = useMemo(() => searched(catalog, spot, text), [catalog, text, spot]);
  if (!found.length)
    return (
      <p className="palette-note" role="status" data-testid="palette-nothing">
        Nothing is called “{text.trim()}”. Try what it does, such as pool, join or image, or the name in another library, such
        as Linear.
      </p>
    );
  return (
    <List label="Found layers" hint={hint}>
      <div className="unseen" role="status">
        {counted(found.length, "entry", "entries")} found
      </div>
      {found.slice(0, MOST_FOUND).map(({ item, marks, by }) => (
        <Entry key={item.key} item={item} marks={marks} by={by} doubt={doubt(spot, item)} grab={grab} hint={hint} named />
      ))}
    </List>
  );
}

interface SectionsProps extends ListProps {
  readonly family: Item["family"] | null;
  readonly setFamily: (family: Item["family"] | null) => void;
}

export function Sections({ grab, hint, family, setFamily }: SectionsProps) {
  const catalog = usePicked((state) => state.catalog)!;
  const shelf = usePicked((state) => state.shelf);
  const spot = useSpot();
  const shown = usePicked((state) => state.shown);
  const answers = usePicked((state) => state.answers);
  const first = useMemo(() => offers({ design: shown, answers, catalog }, spot), [shown, answers, catalog, spot]);
  const known = (keys: readonly string[]): readonly Item[] =>
    keys.map((key) => itemOf(catalog, key)).filter((item) => item !== undefined);
  const named = new Set<string>();
  const entry = (item: Item, more: { title?: string; place?: Place; key?: string } = {}): ReactNode => {
    const isFirst = !named.has(item.key) && !more.place;
    if (isFirst) named.add(item.key);
    return (
      <Entry
        key={more.key ?? item.key}
        item={item}
        title={more.title}
        place={more.place}
        doubt={more.place ? null : doubt(spot, item)}
        grab={grab}
        hint={hint}
        named={isFirst}
        current={!more.key && spot.kind === "behind" && spot.tensor.type === item.key}
      />
    );
  };
  return (
    <List hint={hint}>
      <h3>{headline(spot)}</h3>
      <div role="group" aria-label="Suggested layers" data-testid="palette-fits">
        {first.map(({ item, title, place, key }) => entry(item, { title, place, key }))}
      </div>
      <Shortened title="Favourites" items={known(shelf.liked)} atMost={6} entry={entry} testid="palette-favourites" />
      <Shortened title="Recent" items={known(shelf.recent)} atMost={3} entry={entry} testid="palette-recent" />
      <h3>
        All layers <span>{itemsOf(catalog).length}</span>
      </h3>
      {groupsOf(itemsOf(catalog)).map((group) => (
        <Family
          key={group.family}
          group={group}
          entry={entry}
          open={family === group.family}
          toggle={() => setFamily(family === group.family ? null : group.family)}
        />
      ))}
    </List>
  );
}

function headline(spot: Spot): ReactNode {
  if (spot.kind === "several") return `For ${spot.outlets.length} selected`;
  if (spot.kind !== "behind" || !spot.tensor.shape) return "To begin with";
  return (
    <>
      Fits after <span className="palette-after">{spot.outlet.id}</span>
    </>
  );
}

type MakeEntry = (item: Item) => ReactNode;

interface ShortenedProps {
  readonly title: string;
  readonly items: readonly Item[];
  readonly atMost: number;
  readonly entry: MakeEntry;
  readonly testid: string;
}

/** A short list under its own heading; nothing while it is empty. */
function Shortened({ title, items, atMost, entry, testid }: ShortenedProps) {
  if (!items.length) return null;
  return (
    <>
      <h3>{title}</h3>
      <div role="group" aria-label={title} data-testid={testid}>
        <Some items={items} atMost={atMost} entry={entry} of={title} />
      </div>
    </>
  );
}

/** The first few, and the rest on demand. Two or fewer behind the button are shown at once. */
function Some({ items, atMost, entry, of }: { items: readonly Item[]; atMost: number; entry: MakeEntry; of: string }) {
  const [all, setAll] = useState(false);
  const cut = all || items.length <= atMost + 2 ? items.length : atMost;
  const more = items.length - cut;
  return (
    <>
      {items.slice(0, cut).map((item) => entry(item))}
      {more > 0 && (
        <button
          type="button"
          className="more stop"
          tabIndex={-1}
          aria-label={`${more} more of ${of}`}
          onClick={(event) => {
            if (event.detail === 0) goOn(event.currentTarget);
            setAll(true);
          }}
        >
          {more} more
        </button>
      )}
    </>
  );
}

/** Pressed by key, the button gives the keyboard to the first entry that comes in its place. */
function goOn(button: HTMLElement): void {
  const list = button.closest<HTMLElement>(".palette-list")!;
  const at = stops(list).indexOf(button);
  requestAnimationFrame(() => stops(list)[at]?.focus());
}

const AT_ONCE = 6;

interface FamilyProps {
  readonly group: Group;
  readonly entry: MakeEntry;
  readonly open: boolean;
  readonly toggle: () => void;
}

function Family({ group: { family, title, glyph, items }, entry, open, toggle }: FamilyProps) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open) section.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <section ref={section}>
      <button
        type="button"
        className={`family stop${open ? " family-open" : ""}`}
        tabIndex={-1}
        aria-expanded={open}
        data-testid={`family-${family}`}
        onClick={toggle}
      >
        <Tile name={glyph} family={family} size="s" />
        <span className="family-title">{title}</span>
        <span className="family-count">{items.length}</span>
        <Glyph name={open ? "down" : "right"} size={15} />
      </button>
      {open && (
        <div role="group" aria-label={title} className="family-items">
          <Some items={items} atMost={AT_ONCE} entry={entry} of={title} />
        </div>
      )}
    </section>
  );
}
