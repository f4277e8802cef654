/** A button that shows more below it; it closes on Esc and on a press elsewhere. */

import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { Glyph } from "./Glyph";
import { useOutside } from "./Menu";

interface Props {
  readonly face: ReactNode;
  readonly className: string;
  readonly testid: string;
  readonly children: ReactNode;
}

export function Disclosure({ face, className, testid, children }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useOutside(box, open, () => setOpen(false));
  const keyed = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  return (
    <div className="menu" ref={box} onKeyDown={keyed}>
      <button type="button" className={className} aria-expanded={open} data-testid={testid} onClick={() => setOpen(!open)}>
        {face}
        <Glyph name={open ? "up" : "down"} size={14} />
      </button>
      {open && children}
    </div>
  );
}
