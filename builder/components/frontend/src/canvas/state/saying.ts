/** How is what was done said aloud? The labels of steps, as sentences for a screen reader. */

const DONE: Record<string, string> = {
  add: "Added",
  align: "Aligned",
  bypass: "Bypassed",
  change: "Changed",
  collapse: "Collapsed",
  connect: "Connected",
  copy: "Copied",
  cut: "Cut",
  disconnect: "Disconnected",
  duplicate: "Duplicated",
  expand: "Expanded",
  fit: "Fitted",
  give: "Gave",
  group: "Grouped",
  lay: "Laid",
  move: "Moved",
  paste: "Pasted",
  put: "Put",
  remove: "Removed",
  rename: "Renamed",
  repeat: "Repeated",
  reset: "Reset",
  restore: "Restored",
  set: "Set",
  spread: "Spread",
  take: "Took",
  turn: "Turned",
  ungroup: "Ungrouped",
  use: "Used",
  write: "Wrote",
};

/** "remove dense" becomes "Removed dense." */
export function spoken(label: string): string {
  const [verb = "", ...rest] = label.split(" ");
  const done = DONE[verb];
  return `${[done ?? verb.charAt(0).toUpperCase() + verb.slice(1), ...rest].join(" ")}.`;
}
