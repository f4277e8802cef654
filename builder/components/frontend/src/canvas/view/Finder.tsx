/** One list to type into: add a layer, find one in the drawing, or choose where a wire goes. */

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Catalog, glyphOf } from "../design/catalog";
import { judge } from "../design/ports";
import { search, suggestions } from "../design/suggest";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import type { Dialog } from "../state/state";
import { firstShape } from "../words/numbers";
import { subtitle } from "../words/subtitle";
import { Glyph, Tile } from "./Glyph";

interface Choice {
  readonly key: string;
  readonly title: string;
  readonly details: string;
  readonly glyph: string;
  readonly family: string | undefined;
  /** Why it cannot be chosen. */
  readonly refused?: string;
  readonly run: () => void;
}

export type FinderDialog = Extract<Dialog, { kind: "add" | "find" | "connect" }>;

export function Finder({ dialog }: { dialog: FinderDialog }) {
  const editor = useEditor();
  const catalog = usePicked((state) => state.catalog);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const choices = useMemo(
    () => choicesFor(editor, catalog ?? new Catalog([]), dialog, text).slice(0, 50),
    [editor, catalog, dialog, text],
  );
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => void list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [at]);
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
  const key = (event: KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined) setAt((to + choices.length) % Math.max(1, choices.length));
    else if (event.key === "Enter") choose(choices[at]);
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { title, hint } = WORDS[dialog.kind];
  return (
    <div className="veil" onPointerDown={(event) => event.target === event.currentTarget && close()}>
      <div
        className="finder"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        onKeyDown={key}
        data-testid={`finder-${dialog.kind}`}
      >
        <label className="finder-field">
          <Glyph name="search" size={18} />
          <input
            autoFocus
            value={text}
            placeholder={dialog.kind === "connect" ? `Connect ${dialog.from} to…` : hint}
            aria-label={title}
            role="combobox"
            aria-expanded="true"
            aria-controls="finder-list"
            aria-activedescendant={choices[at] ? `choice-${at}` : undefined}
            data-testid="finder-input"
            spellCheck={false}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
          />
          <kbd>Esc</kbd>
        </label>
        <div className="finder-list" role="listbox" id="finder-list" ref={list} aria-label={title}>
          {choices.map((choice, index) => (
            <div
              key={choice.key}
              id={`choice-${index}`}
              role="option"
              aria-selected={index === at}
              aria-disabled={choice.refused !== undefined}
              className={`choice${choice.refused ? " choice-off" : ""}`}
              data-testid={`choice-${choice.key}`}
              onPointerMove={() => index !== at && setAt(index)}
              onClick={() => choose(choice)}
            >
              <Tile name={choice.glyph} family={choice.family} size="s" />
              <span className="choice-title">{choice.title}</span>
              <span className="choice-details">{choice.refused ?? choice.details}</span>
            </div>
          ))}
          {!choices.length && <p className="palette-note">Nothing is called “{text}”.</p>}
        </div>
      </div>
    </div>
  );
}

const WORDS = {
  add: { title: "Add a layer", hint: "Add a layer" },
  find: { title: "Find in the drawing", hint: "Find in the drawing" },
  connect: { title: "Connect to", hint: "" },
};

function choicesFor(editor: Editor, catalog: Catalog, dialog: FinderDialog, text: string): readonly Choice[] {
  if (dialog.kind === "add") return layers(editor, catalog, dialog, text);
  return nodes(editor, catalog, dialog, text);
}

function layers(
  editor: Editor,
  catalog: Catalog,
  { place }: Extract<FinderDialog, { kind: "add" }>,
  text: string,
): readonly Choice[] {
  const from = place?.kind === "from" || place?.kind === "behind" ? place.id : editor.chosen;
  const shape = from ? firstShape(editor.state.answers[from]?.shape ?? null) : null;
  const first = text ? [] : suggestions(catalog, shape);
  const rest = search(catalog, text).filter((spec) => !first.includes(spec));
  return [...first, ...rest].map((spec) => ({
    key: spec.type,
    title: spec.type,
    details: spec.summary,
    glyph: glyphOf(spec.type, spec.family),
    family: spec.family,
    run: () => editor.add(spec, place ?? editor.behind(editor.centre())),
  }));
}

function nodes(
  editor: Editor,
  catalog: Catalog,
  dialog: Extract<FinderDialog, { kind: "find" | "connect" }>,
  text: string,
): readonly Choice[] {
  const wanted = text.trim().toLowerCase();
  const { design } = editor;
  const found = design.nodes.filter((node) => `${node.id} ${node.type}`.toLowerCase().includes(wanted));
  const choices = found.map((node): Choice => {
    const common = {
      key: node.id,
      title: node.id,
      details: subtitle(design, catalog, node),
      glyph: glyphOf(node.type, catalog.of(design, node)?.family),
      family: catalog.of(design, node)?.family,
    };
    if (dialog.kind === "find") return { ...common, run: () => editor.jump(node.id) };
    const proposal = { source: dialog.from, sourcePort: 0, target: node.id };
    const verdict = judge(design, catalog, proposal);
    return { ...common, ...(verdict.ok ? {} : { refused: verdict.reason }), run: () => void editor.connect(proposal) };
  });
  return choices.sort((a, b) => Number(a.refused !== undefined) - Number(b.refused !== undefined));
}
