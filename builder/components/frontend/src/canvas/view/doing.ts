/** How do buttons do what the keys do? One command by its id, with what it needs of the page. */

import { createContext, useContext } from "react";
import { type Around, COMMANDS, type Command, allowed } from "../state/commands";
import { useEditor } from "../state/context";

export const Doing = createContext<(() => Around) | null>(null);

/** The command and what runs it; null where it cannot be done now, or is not known. */
export function useCommands(ids: readonly string[]): readonly { command: Command; run: () => void }[] {
  const editor = useEditor();
  const around = useContext(Doing);
  const found = ids.flatMap((id) => COMMANDS.find((command) => command.id === id) ?? []);
  return found
    .filter((command) => around !== null && allowed(command, editor))
    .map((command) => ({ command, run: () => command.run(editor, around!()) }));
}
