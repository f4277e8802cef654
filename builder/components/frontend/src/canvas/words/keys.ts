/** How is a key written for the person in front of this keyboard? */

const MAC = /Mac|iP/.test(typeof navigator === "undefined" ? "" : navigator.platform);

/** "Ctrl Shift Z"; on a Mac "Cmd Shift Z". */
export function keyName(keys: string): string {
  return keys.replace("Ctrl", MAC ? "Cmd" : "Ctrl").replace("Escape", "Esc").replace("-", "\u2212");
}
