/** What can be drawn with: searched, offered for the selected node, liked, taken lately, and by family. */

import { type KeyboardEvent, useRef, useState } from "react";
import type { Catalog } from "../design/catalog";
import { type Item, groupsOf, itemsOf } from "../design/items";
import { useEditor, usePicked } from "../state/context";
import { searched, spotOf } from "../state/offers";
import { keyName } from "../words/keys";
import { type Carried, useCarry } from "./dragging";
import { Glyph, Tile } from "./Glyph";
import { useOutside } from "./Menu";
import { PaletteCard, useCard } from "./PaletteCard";
import { Found, Sections } from "./PaletteSections";
import { stops } from "./roving";

export function Palette() {
  const compact = usePicked((state) => state.compact);
  const catalog = usePicked((state) => state.catalog);
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [family, setFamily] = useState<Item["family"] | null>(null);
  const [carried, grab] = useCarry();
  const [card, hint] = useCard(carried !== null);
  const box = useRef<HTMLElement>(null);
  const editor = useEditor();
  const away = (): void => {
    setOpen(false);
    setText("");
    hint.hide();
  };
  useOutside(box, compact && open && !carried, away);
  const folded = compact && (!open || carried !== null);
  const unfold = (wanted: Item["family"]): void => {
    setFamily(wanted);
    setOpen(true);
  };
  const takeBest = (): void => {
    const place = editor.behind(editor.centre());
    const best = catalog && searched(catalog, spotOf(editor.scene, place), text)[0];
    if (best) editor.take(best.item, place);
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    if (text) setText("");
    else if (compact && open) away();
    else return;
    hint.hide();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <nav
      ref={box}
      className={`palette${compact ? " palette-rail" : ""}${folded ? "" : " palette-open"}`}
      aria-label="Layers"
      onKeyDown={escape}
    >
      <div className="palette-sheet">
        <Search
          text={text}
          setText={setText}
          folded={folded}
          unfold={() => compact && setOpen(true)}
          take={takeBest}
          list={box}
        />
        {!catalog ? (
          <p className="palette-note">Reading the layers.</p>
        ) : folded ? (
          <Rail catalog={catalog} unfold={unfold} />
        ) : text.trim() ? (
          <Found text={text} grab={grab} hint={hint} />
        ) : (
          <Sections grab={grab} hint={hint} family={family} setFamily={setFamily} />
        )}
      </div>
      {card && !folded && <PaletteCard {...card} />}
      {carried && <Ghost {...carried} />}
    </nav>
  );
}

interface SearchProps {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly folded: boolean;
  readonly unfold: () => void;
  /** Adds the best of what was found. */
  readonly take: () => void;
  readonly list: { readonly current: HTMLElement | null };
}

/** Enter adds the best entry; arrow down goes into the list. */
function Search({ text, setText, folded, unfold, take, list }: SearchProps) {
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") stops(list.current!)[0]?.focus();
    else if (event.key === "Enter" && text.trim()) take();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <label className="palette-search">
      <Glyph name="search" size={16} />
      <input
        data-testid="palette-search"
        type="text"
        placeholder={folded ? "" : "Find a layer"}
        aria-label="Find a layer"
        aria-keyshortcuts="Control+K"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onFocus={unfold}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keyed}
      />
      <kbd>{keyName("Ctrl K")}</kbd>
    </label>
  );
}

function Rail({ catalog, unfold }: { catalog: Catalog; unfold: (family: Item["family"]) => void }) {
  return (
    <div className="rail">
      {groupsOf(itemsOf(catalog)).map(({ family, title, glyph }) => (
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

function Ghost({ item, x, y }: Carried) {
  return (
    <div className="ghost" style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}>
      <Tile name={item.glyph} family={item.family} size="m" />
      <span>
        <b>{item.title}</b>
      </span>
    </div>
  );
}
