/** What can be done on the canvas? All commands, in the order of menus and key sheet. */

import { ADDING } from "./adding";
import { ARRANGING } from "./arranging";
import { EDITING } from "./editing";
import { ENDS } from "./ends";
import { GOING } from "./going";
import { BLOCKS } from "./blocks";
import { SETTINGS } from "./settings";
import type { Command } from "./command";
import { MENDING } from "./mending";
import { NOTING } from "./noting";
import { WATCHING } from "./watching";

export * from "./command";

export const COMMANDS: readonly Command[] = [...ADDING, ...BLOCKS, ...MENDING, ...EDITING, ...SETTINGS, ...ENDS, ...ARRANGING, ...NOTING, ...GOING, ...WATCHING];

export function commandOf(id: string): Command {
  return COMMANDS.find((command) => command.id === id)!;
}
