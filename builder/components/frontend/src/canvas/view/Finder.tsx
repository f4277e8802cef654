/** One list to type into: add a layer, find one in the drawing, or choose where a wire goes. */

import { type CSSProperties, type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useEditor, usePicked } from "../state/context";
import type { Point } from "../state/state";
import { counted } from "../words/numbers";
import { type Choice, type FinderDialog, choicesFor } from "./choices";
import { Glyph, Tile } from "./Glyph";
import { Marked } from "./PaletteEntry";

export type { FinderDialog } from "./choices";

/** Who sees none of these types more. */
const MOST = 120;
const PAGE = 8;

export function Finder({ dialog }: { dialog: FinderDialog }) {
  const editor = useEditor();
  const catalog = usePicked((state) => state.catalog);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const all = useMemo(() => choicesFor(editor, dialog, text), [editor, catalog, dialog, text]);
  const choices = all.slice(0, MOST);
  const list = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    moved.current = false;
  }, [at]);
  const close = (): void => {
    editor.set({ dialog: null });
    editor.focus();
  };
  const choose = (choice: Choice | undefined): void => {
    if (!choice || choice.refused) return;
    editor.set({ dialog: null });
    choice.run();
    editor.focus();
  };
  const go = (to: number): void => {
    moved.current = true;
    setAt(to);
  };
  const key = (event: KeyboardEvent): void => {
    const to = stepped(event.key, at, choices.length);
    const again = (event.ctrlKey || event.metaKey) && ["k", "f"].includes(event.key.toLowerCase());
    if (to !== null) go(to);
    else if (event.key === "Enter") choose(choices[at]);
    else if (event.key === "Escape" || event.key === "Tab") close();
    else if (!again) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { title, verb } = WORDS[dialog.kind];
  const hint = dialog.kind === "connect" ? `Connect ${dialog.from} to…` : dialog.kind === "add" ? hintFor(dialog) : title;
  const box = useRef<HTMLDivElement>(null);
  const corner = useCorner(box, dialog.kind === "add" ? dialog.at : undefined);
  return (
    <div className="veil" onPointerDown={(event) => event.target === event.currentTarget && close()}>
      <div
        ref={box}
        className={`finder finder-${dialog.kind}`}
        style={corner}
        role="dialog"
        aria-modal="true"
        aria-label={hint}
        onKeyDown={key}
        data-testid={`finder-${dialog.kind}`}
      >
        <label className="finder-field">
          <Glyph name="search" size={18} />
          <input
            autoFocus
            value={text}
            placeholder={hint}
            aria-label={hint}
            role="combobox"
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls="finder-list"
            aria-activedescendant={choices[at] ? `choice-${at}` : undefined}
            data-testid="finder-input"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
              list.current?.scrollTo?.({ top: 0 });
            }}
          />
          <kbd>Esc</kbd>
        </label>
        <div className="finder-list" role="listbox" id="finder-list" ref={list} aria-label={title}>
          {choices.map((choice, index) => (
            <Row
              key={choice.key}
              choice={choice}
              index={index}
              heading={choice.group === choices[index - 1]?.group ? undefined : choice.group}
              on={index === at}
              point={() => index !== at && setAt(index)}
              choose={() => choose(choice)}
            />
          ))}
          {!choices.length && <p className="palette-note">{nothing(dialog, text)}</p>}
        </div>
        <div className="finder-foot">
          <span role="status" aria-live="polite" data-testid="finder-count">
            {counted(all.length, NOUNS[dialog.kind][0], NOUNS[dialog.kind][1])}
          </span>
          <span className="spring" />
          <kbd>Enter</kbd> {verb}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly choice: Choice;
  readonly index: number;
  readonly heading: string | undefined;
  readonly on: boolean;
  readonly point: () => void;
  readonly choose: () => void;
}

function Row({ choice, index, heading, on, point, choose }: RowProps) {
  const reason = choice.refused ?? choice.doubt;
  return (
    <>
      {heading && (
        <div className="choice-group" role="presentation">
          {heading}
        </div>
      )}
      <div
        id={`choice-${index}`}
        role="option"
        aria-selected={on}
        aria-disabled={choice.refused !== undefined}
        className={`choice${choice.refused ? " choice-off" : choice.doubt ? " choice-doubt" : ""}`}
        data-testid={`choice-${choice.key}`}
        onPointerMove={point}
        onClick={choose}
      >
        <Tile name={choice.glyph} family={choice.family} size="s" />
        <span className="choice-title">
          <Marked text={choice.title} marks={choice.marks ?? []} />
        </span>
        <span className="choice-details" title={reason ?? choice.details}>
          {reason ?? choice.details}
        </span>
        {choice.answer && (
          <span className="choice-answer">
            <b>{choice.answer.shape}</b> <i>{choice.answer.params}</i>
          </span>
        )}
      </div>
    </>
  );
}

const WORDS = {
  add: { title: "Add a layer", verb: "adds it" },
  find: { title: "Find in the drawing", verb: "goes there" },
  connect: { title: "Connect to", verb: "connects" },
};
const NOUNS = { add: ["entry", "entries"], find: ["layer", "layers"], connect: ["place", "places"] } as const;

function hintFor({ place }: Extract<FinderDialog, { kind: "add" }>): string {
  if (place?.kind === "into") return `Add a layer before ${place.id}`;
  return place?.kind === "from" ? `Add a layer after ${place.id}` : "Add a layer";
}

function nothing(dialog: FinderDialog, text: string): string {
  if (!text.trim()) return "Nothing is drawn yet.";
  const tried = `Nothing is called “${text.trim()}”.`;
  if (dialog.kind === "add")
    return `${tried} Try what it does, such as pool, join or image, or the name in another library, such as Linear.`;
  return dialog.kind === "find" ? `${tried} Try a type such as Dense, a setting such as relu, or fault.` : tried;
}

function stepped(key: string, at: number, length: number): number | null {
  const last = Math.max(0, length - 1);
  switch (key) {
    case "ArrowDown":
      return at >= last ? 0 : at + 1;
    case "ArrowUp":
      return at <= 0 ? last : at - 1;
    case "PageDown":
      return Math.min(last, at + PAGE);
    case "PageUp":
      return Math.max(0, at - PAGE);
    default:
      return null;
  }
}

const GAP = 12;

/** Beside the given point of the window, but whole within the component. */
function useCorner(box: { readonly current: HTMLElement | null }, point: Point | undefined): CSSProperties | undefined {
  const [corner, setCorner] = useState<CSSProperties>();
  useLayoutEffect(() => {
    const finder = box.current;
    const around = finder?.parentElement?.getBoundingClientRect();
    if (!point || !finder || !around) return setCorner(undefined);
    const left = Math.min(point[0] - around.left + GAP, around.width - finder.offsetWidth - GAP);
    const top = Math.min(point[1] - around.top + GAP, around.height - finder.offsetHeight - GAP);
    setCorner({ position: "absolute", left: Math.max(GAP, left), top: Math.max(GAP, top) });
  }, [box, point]);
  return corner;
}
