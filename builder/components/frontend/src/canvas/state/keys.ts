/** What does a key do on the canvas? The command that is bound to it. */

import { type Around, COMMANDS, type Command, allowed } from "./commands";
import type { Editor } from "./editor";

export interface Press {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** Does what the key stands for; false when it stands for nothing here, or when the browser acts on it itself. */
export function press(editor: Editor, around: Around, key: Press): boolean {
  const command = COMMANDS.find((one) => boundTo(one, key) && allowed(one, editor));
  if (!command || command.native) return false;
  command.run(editor, around);
  return true;
}

function boundTo(command: Command, press: Press): boolean {
  return command.keys?.some((keys) => meant(keys, press)) ?? false;
}

/** Whether a press is the written key. Signs such as "?" and "+" need Shift on some keyboards and not on others. */
export function meant(keys: string, press: Press): boolean {
  const parts = keys.split(" ");
  const name = parts[parts.length - 1]!;
  const sign = name.length === 1 && !/[a-z0-9]/i.test(name);
  return (
    name.toLowerCase() === press.key.toLowerCase() &&
    parts.includes("Ctrl") === press.ctrl &&
    parts.includes("Alt") === press.alt &&
    (sign || parts.includes("Shift") === press.shift)
  );
}
