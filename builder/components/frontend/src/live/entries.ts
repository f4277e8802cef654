/** What an overlay shows: runs, each for itself, and series of runs as one. */
import type { Series } from "./series";
import type { RunGroup, RunView } from "./types";

export interface Entry {
  /** By which it is hidden and shown. */
  key: string;
  label: string;
  colour: string;
  /** One run, or the runs of a series. */
  members: Series[];
}

/** Series stand where their first run stood; a run in a series is not shown by itself. A series of one is a run. */
export function entriesOf(runs: readonly RunView[], groups: readonly RunGroup[], series: ReadonlyMap<string, Series>, colours: readonly string[]): Entry[] {
  const told = new Set<string>();
  const entries: Entry[] = [];
  for (const run of runs) {
    if (told.has(run.id)) continue;
    const group = groups.find((one) => one.runs.includes(run.id) && one.runs.length > 1);
    const ids = group ? group.runs.filter((id) => series.has(id)) : [run.id];
    for (const id of ids) told.add(id);
    const colour = colours[entries.length % colours.length]!;
    entries.push({ key: group ? `group ${group.label}` : run.id, label: group?.label ?? run.label, colour, members: ids.map((id) => series.get(id)!) });
  }
  return entries;
}
