/** Earlier runs behind the one that is looked at: grey, dashed, one line each. */
import { placing } from "./across";
import type { Ghost, Sight } from "./live";
import { measured } from "./measured";
import { smoothed } from "./smoothing";
import type { Told } from "./traces";

/** The validation curve of each earlier run, or its training curve where it has none. */
export function ghostLines(ghosts: readonly Ghost[], metric: string, { choices, colours }: Sight): Told[] {
  return ghosts.flatMap((ghost, i) => {
    const place = placing(ghost.series, choices.across);
    const curve = [`val_${metric}`, metric].map((name) => measured(ghost.series, metric, name, place)).find((one) => one.x.length);
    if (!curve) return [];
    const y = smoothed({ x: curve.epochs, y: curve.y }, choices.smoothing, ghost.series.status?.epochs ?? 1).y;
    const pen = { colour: colours.ghost, width: 1.4, dash: "5px,4px", opacity: [0.9, 0.65, 0.45][i] ?? 0.4 };
    return [{ ...curve, y, name: ghost.label, pen }];
  });
}
