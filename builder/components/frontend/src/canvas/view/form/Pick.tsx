/** A long choice: a button that opens a list over the page, with a search field when the list is long. */

import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Glyph } from "../Glyph";
import { useOutside } from "../Menu";

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly picture?: ReactNode;
}

interface Props {
  readonly id: string;
  readonly labelId: string;
  readonly reasonId?: string;
  readonly name: string;
  readonly options: readonly Option[];
  /** The chosen value; null where none of them is. */
  readonly value: string | null;
  /** What stands on the button while none is chosen. */
  readonly none: string;
  readonly faulty?: boolean;
  readonly testid: string;
  readonly choose: (value: string) => void;
}

const SEARCHED_FROM = 8;

export function Pick(props: Props) {
  const { options, value, testid } = props;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const face = useRef<HTMLButtonElement>(null);
  const chosen = options.find((option) => option.value === value);
  const close = (): void => {
    setOpen(false);
    face.current?.focus({ preventScroll: true });
  };
  useOutside(box, open, () => setOpen(false));
  const keyed = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <div className={`control control-pick${props.faulty ? " control-faulty" : ""}`} ref={box}>
      <button
        ref={face}
        type="button"
        id={props.id}
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={`${props.id}-list`}
        aria-labelledby={`${props.labelId} ${props.id}`}
        aria-describedby={props.reasonId}
        aria-invalid={props.faulty}
        className="pick-face"
        data-testid={testid}
        data-value={value ?? ""}
        title={chosen?.label}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => !open && keyed(event)}
      >
        {chosen?.picture}
        <span className={`pick-label${chosen ? "" : " pick-none-chosen"}`}>{chosen?.label ?? props.none}</span>
        <Glyph name="down" size={15} />
      </button>
      {open && <List {...props} face={face.current!} close={close} />}
    </div>
  );
}

function List({ options, value, testid, name, id, choose, face, close }: Props & { face: HTMLElement; close: () => void }) {
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(Math.max(0, options.findIndex((option) => option.value === value)));
  const panel = useRef<HTMLDivElement>(null);
  const base = useId();
  const searched = options.length >= SEARCHED_FROM;
  const words = search.trim().toLowerCase().replaceAll(" ", "_");
  const found = options.filter((option) => option.label.toLowerCase().replaceAll(" ", "_").includes(words));
  const active = Math.min(at, found.length - 1);
  usePlaced(panel, face);
  useCarriedOff(panel, face, close);
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>(searched ? "input" : "[role=listbox]")?.focus({ preventScroll: true });
  }, [searched]);
  useEffect(() => {
    panel.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const take = (option: Option | undefined): void => {
    if (!option) return;
    close();
    choose(option.value);
  };
  const keyed = (event: KeyboardEvent): void => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: found.length - 1, PageDown: active + 8, PageUp: active - 8 }[
      event.key
    ];
    if (event.key === "Tab") return close();
    if (event.key === "Escape") close();
    else if (event.key === "Enter" || (event.key === " " && !searched)) take(found[active]);
    else if (to !== undefined && !(searched && ["Home", "End"].includes(event.key))) setAt(Math.max(0, Math.min(found.length - 1, to)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const current = found[active] ? `${base}-${found[active].value}` : undefined;
  return (
    <div ref={panel} className="pick-list" popover="manual" onKeyDown={keyed}>
      {searched && (
        <div className="pick-search">
          <Glyph name="search" size={15} />
          <input
            type="text"
            role="combobox"
            aria-expanded
            aria-controls={`${id}-list`}
            aria-activedescendant={current}
            aria-label={`Search ${name}`}
            placeholder="Search"
            spellCheck={false}
            value={search}
            data-testid={`${testid}-search`}
            onChange={(event) => {
              setSearch(event.target.value);
              setAt(0);
            }}
          />
        </div>
      )}
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label={name}
        tabIndex={searched ? -1 : 0}
        aria-activedescendant={searched ? undefined : current}
        className="pick-options"
      >
        {found.map((option, index) => (
          <div
            key={option.value}
            id={`${base}-${option.value}`}
            role="option"
            aria-selected={option.value === value}
            className={`pick-option${index === active ? " pick-active" : ""}`}
            data-at={index}
            data-testid={`${testid}-${option.value}`}
            onPointerMove={() => setAt(index)}
            onClick={() => take(option)}
          >
            {option.picture}
            <span className="pick-label">{option.label}</span>
            {option.hint && <span className="quiet pick-hint">{option.hint}</span>}
            {option.value === value && <Glyph name="check" size={14} />}
          </div>
        ))}
        {!found.length && <p className="quiet pick-none">Nothing is called {search}.</p>}
      </div>
    </div>
  );
}

/** The list lies over the page: it closes when its button is scrolled or moved away from under it. */
function useCarriedOff(panel: { current: HTMLElement | null }, face: HTMLElement, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const root = face.getRootNode();
    const moved = (event: Event): void => {
      if (!panel.current?.contains(event.target as Node)) latest.current();
    };
    root.addEventListener("scroll", moved, true);
    window.addEventListener("resize", moved);
    return () => {
      root.removeEventListener("scroll", moved, true);
      window.removeEventListener("resize", moved);
    };
  }, [panel, face]);
}

const GAP = 4;
const TALLEST = 300;

/** Lays the list over everything, below its button or above where there is more room. */
function usePlaced(panel: { current: HTMLDivElement | null }, face: HTMLElement): void {
  useLayoutEffect(() => {
    const list = panel.current;
    if (!list) return;
    list.showPopover?.();
    const box = face.getBoundingClientRect();
    const below = window.innerHeight - box.bottom - 2 * GAP;
    const up = below < Math.min(TALLEST, list.offsetHeight) && box.top > below;
    const width = Math.max(box.width + 2, Math.min(280, list.offsetWidth));
    list.style.width = `${width}px`;
    list.style.left = `${Math.max(GAP, Math.min(box.right - width + 1, window.innerWidth - width - GAP))}px`;
    list.style.maxHeight = `${Math.min(TALLEST, up ? box.top - 2 * GAP : below)}px`;
    if (up) list.style.bottom = `${window.innerHeight - box.top + GAP}px`;
    else list.style.top = `${box.bottom + GAP}px`;
  }, [panel, face]);
}
