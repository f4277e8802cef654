/** How does a text field behave? It is judged while typed, counts on Enter or when left, and Esc gives the old value back. */

import { type ChangeEvent, type KeyboardEvent, useLayoutEffect, useState } from "react";
import type { Json } from "../../design/document";
import type { Parsed } from "../../words/values";

interface Typing {
  /** The value in the drawing, as text. */
  readonly stored: string;
  read(text: string): Parsed;
  commit(value: Json): void;
  complain(reason: string | null): void;
  /** Enter makes a new line. */
  readonly lines?: boolean;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

export function useTyped({ stored, read, commit, complain, lines = false }: Typing) {
  const [text, setText] = useState(stored);
  useLayoutEffect(() => setText(stored), [stored]);
  const type = (typed: string): void => {
    setText(typed);
    const parsed = typed === stored ? null : read(typed);
    complain(parsed && !parsed.ok ? parsed.reason : null);
  };
  const finish = (typed = text): void => {
    if (typed === stored) return complain(null);
    const parsed = read(typed);
    if (!parsed.ok) return complain(stored ? `${parsed.reason} The drawing keeps ${stored}.` : parsed.reason);
    complain(null);
    setText(stored);
    commit(parsed.value);
  };
  const drop = (): void => {
    setText(stored);
    complain(null);
  };
  const keyed = (event: KeyboardEvent<Field>): void => {
    if (event.key === "Enter" && !(lines && !event.ctrlKey)) finish();
    if (event.key !== "Escape" || text === stored) return;
    drop();
    event.preventDefault();
  };
  const props = {
    value: text,
    spellCheck: false,
    autoComplete: "off",
    "data-untouched": text === stored,
    onChange: (event: ChangeEvent<Field>) => type(event.target.value),
    onBlur: () => finish(),
  };
  return { text, setText, finish, keyed, props };
}
