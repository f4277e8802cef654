/** A button that opens a list of actions below it; arrows, Home, End and Esc work. */

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

import { Glyph } from "./Glyph";

export interface Item {
  readonly label: string;
  readonly hint?: string;
  readonly glyph?: string;
  readonly run?: () => void;
  /** A download instead of an action. */
  readonly href?: string;
  readonly testid?: string;
}

interface Props {
  readonly label: string;
  readonly face: ReactNode;
  readonly items: readonly (Item | "line" | { readonly heading: string })[];
  readonly className?: string;
  readonly testid?: string;
  readonly align?: "left" | "right";
}

export function Menu({ label, face, items, className = "button", testid, align = "right" }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useOutside(box, open, () => setOpen(false));
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [open]);
  const close = (): void => {
    setOpen(false);
    box.current?.querySelector<HTMLElement>("button")?.focus();
  };
  return (
    <div className="menu" ref={box} onKeyDown={(event) => open && walk(event, box.current!, close)}>
      <button
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        title={label}
        data-testid={testid}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && (
        <div className={`menu-list menu-${align}`} role="menu" aria-label={label}>
          {items.map((item, index) => (
            <Row key={index} item={item} close={close} />
          ))}
        </div>
      )}
    </div>
  );
}

function Row({ item, close }: { item: Props["items"][number]; close: () => void }) {
  if (item === "line") return <div className="menu-line" role="separator" />;
  if ("heading" in item) return <div className="menu-heading">{item.heading}</div>;
  const inside = (
    <>
      <span className="menu-words">
        {item.glyph && <Glyph name={item.glyph} size={16} />}
        {item.label}
      </span>
      {item.hint && <span className="menu-hint">{item.hint}</span>}
    </>
  );
  const common = { role: "menuitem", tabIndex: -1, className: "menu-item", "data-testid": item.testid };
  const run = (): void => {
    close();
    item.run?.();
  };
  if (item.href)
    return (
      <a {...common} href={item.href} download onClick={close}>
        {inside}
      </a>
    );
  return (
    <button type="button" {...common} onClick={run}>
      {inside}
    </button>
  );
}

/** Arrows, Home, End, Esc and Tab in an open menu. */
export function walk(event: KeyboardEvent, box: HTMLElement, close: () => void): void {
  const items = [...box.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.indexOf((box.getRootNode() as ShadowRoot).activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (to === undefined) return;
  else items[(to + items.length) % items.length]?.focus();
  if (event.key !== "Tab") event.preventDefault();
  event.stopPropagation();
}

/** Calls `leave` when something outside the box is pressed. */
export function useOutside(box: { current: HTMLElement | null }, active: boolean, leave: () => void): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    if (!active) return;
    const press = (event: Event): void => {
      if (box.current && !event.composedPath().includes(box.current)) latest.current();
    };
    window.addEventListener("pointerdown", press, true);
    return () => window.removeEventListener("pointerdown", press, true);
  }, [active, box]);
}
