/** One entry of the palette: added by Enter or a double click, carried by the pointer, marked as a favourite. */

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect } from "react";
import { effect } from "../design/fits";
import type { Item } from "../design/items";
import type { Mark } from "../design/search";
import { useEditor, usePicked } from "../state/context";
import type { Place } from "../state/placing";
import { Glyph, Tile } from "./Glyph";
import type { Hint } from "./PaletteCard";

export type Grab = (event: PointerEvent, item: Item) => void;

interface Props {
  readonly item: Item;
  /** Said instead of the item's own title. */
  readonly title?: string;
  /** Where it goes when it is added; left out: behind what is selected. */
  readonly place?: Place;
  readonly marks?: readonly Mark[];
  readonly by?: string | null;
  /** Why it does not fit behind what is selected. */
  readonly doubt: string | null;
  readonly grab: Grab;
  readonly hint: Hint;
  /** Where an entry is listed twice only the first is named for tests. */
  readonly named: boolean;
  readonly current?: boolean;
}

export function Entry({ item, title, place, marks = [], by, doubt, grab, hint, named, current = false }: Props) {
  const editor = useEditor();
  const liked = usePicked((state) => state.shelf.liked.includes(item.key));
  useEffect(() => () => hint.gone(item.key), [hint, item.key]);
  const add = (): void => {
    hint.hide();
    editor.take(item, place ?? editor.behind(editor.centre()));
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" || event.key === " ") add();
    else if (event.key === "*" || event.key.toLowerCase() === "f") editor.like(item.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={`entry-row${doubt ? " entry-off" : ""}`}>
      <button
        type="button"
        className={`entry stop${current ? " entry-on" : ""}`}
        tabIndex={-1}
        data-testid={named ? `palette-${item.key}` : undefined}
        data-key={item.key}
        aria-label={[`${title ?? item.title}: ${item.summary}`, doubt].filter(Boolean).join(". ")}
        aria-keyshortcuts="Enter F"
        onPointerDown={(event) => {
          hint.hide();
          grab(event, item);
        }}
        onPointerMove={(event) => event.pointerType !== "touch" && event.buttons === 0 && hint.show(item, event.currentTarget)}
        onPointerLeave={hint.hide}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && hint.show(item, event.currentTarget)}
        onBlur={hint.hide}
        onDoubleClick={add}
        onKeyDown={keyed}
      >
        <Tile name={item.glyph} family={item.family} size="s" />
        <span className="entry-name">{title ?? <Marked text={item.title} marks={marks} />}</span>
        <span className="entry-more">{by ?? (doubt ? "" : effect(item))}</span>
      </button>
      <button
        type="button"
        className={`entry-star${liked ? " entry-liked" : ""}`}
        tabIndex={-1}
        aria-pressed={liked}
        aria-label={`${item.title} as a favourite`}
        title={liked ? "Favourite: press to take it off" : "Make it a favourite (F)"}
        data-testid={named ? `star-${item.key}` : undefined}
        onClick={() => editor.like(item.key)}
      >
        <Glyph name="star" size={15} />
      </button>
    </div>
  );
}

/** The title with the letters that matched in bold. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
