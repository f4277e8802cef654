/** The list of keys, made from the commands that the keys run. */

import { useEffect, useRef } from "react";
import { COMMANDS, type Command, GROUPS, type Group } from "../state/commands";
import { useEditor } from "../state/context";
import { keyName } from "../words/keys";

/** What a hand does with the mouse; the same jobs have keys above. */
const HANDS: readonly (readonly [string, string])[] = [
  ["Drag from a port", "Draw a wire; dropped on nothing, it asks for a layer"],
  ["Drag a wire", "Move its nearer end to another port"],
  ["Double click a wire", "Put a layer on it"],
  ["Drag a layer on a wire", "Put it on that wire"],
  ["Alt drag a layer", "Take it out of its wires"],
  ["Shift drag", "Select with a box"],
  ["Space drag", "Move the view; the middle button does too"],
];

/** What is pressed while the keyboard is in a setting. */
const FIELDS: readonly (readonly [string, string])[] = [
  ["Arrows", "One more or less; with Shift ten"],
  ["Alt R", "Back to Keras' default"],
  ["F1", "What the setting means"],
  ["Esc", "What was there before; once more, back to the layer"],
];

export function KeySheet() {
  const editor = useEditor();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => void box.current?.focus(), []);
  const close = (): void => {
    editor.set({ dialog: null });
    editor.focus();
  };
  return (
    <div className="veil" onPointerDown={(event) => event.target === event.currentTarget && close()}>
      <div className="sheet" role="dialog" aria-modal="true" aria-label="Keys" tabIndex={-1} ref={box} data-testid="key-sheet">
        <div className="sheet-head">
          <h2>Keys</h2>
          <p>On a Mac, Cmd takes the place of Ctrl. Esc closes this list.</p>
        </div>
        <div className="sheet-columns">
          {(Object.keys(GROUPS) as Group[]).map((group) => (
            <Section key={group} title={GROUPS[group]} lines={linesOf(group)} />
          ))}
          <Section title="In a field" lines={FIELDS} />
          <Section title="By mouse" lines={HANDS} />
        </div>
      </div>
    </div>
  );
}

function Section({ title, lines }: { title: string; lines: readonly (readonly [string, string])[] }) {
  if (!lines.length) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {lines.map(([key, does]) => (
          <div key={`${key} ${does}`}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Commands that share what is shown, as the four arrows do, stand once. */
function linesOf(group: Group): readonly (readonly [string, string])[] {
  const bound = COMMANDS.filter((command) => command.group === group && command.keys);
  const lines = bound.map((command) => [keyShown(command), command.title] as const);
  return [...new Map(lines.map((line) => [line.join("\n"), line])).values()];
}

function keyShown(command: Command): string {
  return command.shown ?? keyName(command.keys![0]!);
}
