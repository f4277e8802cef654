/** What is done to a block, or to a call of something, most often? Buttons for it; the rest is in the menu. */

import { keyName } from "../words/keys";
import { useCommands } from "./doing";

const SHORT: { readonly [id: string]: string } = {
  "open-block": "Open",
  "expand-block": "Show inside",
  "collapse-block": "Hide inside",
  "fit-block": "Fit to what comes in",
  "use-again": "Use again",
  "own-copy": "Own weights",
};

export function BlockTools({ ids }: { ids: readonly string[] }) {
  const commands = useCommands(ids);
  return (
    <div className="actions">
      {commands.map(({ command, run }) => (
        <button
          key={command.id}
          type="button"
          className="button"
          title={command.keys ? `${command.title} (${keyName(command.keys[0]!)})` : command.title}
          data-testid={`tool-${command.id}`}
          onClick={run}
        >
          {SHORT[command.id] ?? command.title}
        </button>
      ))}
    </div>
  );
}
