/** What a layer shows of the run: a figure, a bar of its size in colour, and a mark where it is not as it should be. */

import type { CSSProperties } from "react";
import type { Badge } from "../live-layers/badges";
import { colour } from "../live-layers/quantity";
import { useBadge } from "../live-layers/use";
import { greyWords } from "../live-layers/words";
import { useEditor } from "../state/context";
import type { Editor } from "../state/editor";
import { openHistograms } from "../state/watching";
import { Glyph } from "./Glyph";

export function LiveBadge({ path, node }: { path: string; node: string }) {
  const editor = useEditor();
  const badge = useBadge(path);
  if (!badge) return null;
  const words = title(editor, badge);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`live-badge nodrag${badge.grey ? " live-grey" : ` live-${badge.mark}`}`}
      style={{ "--live": badge.grey ? "var(--ll-ink-3)" : colour(badge.level), "--level": `${Math.max(4, badge.level * 100)}%` } as CSSProperties}
      title={words}
      aria-label={`${node}. ${words}`}
      data-testid="live-badge"
      data-mark={badge.mark}
      onClick={(event) => {
        event.stopPropagation();
        editor.select([node]);
        openHistograms(editor, badge.layer);
      }}
    >
      <span className="live-swatch" aria-hidden="true" />
      {!badge.grey && badge.mark !== "usual" && <Glyph name={badge.mark === "small" ? "down" : "up"} size={12} />}
      <span>{badge.text}</span>
      {badge.mark !== "usual" && !badge.grey && <i>{badge.mark === "small" ? "small" : "high"}</i>}
      {badge.grey && <i>changed</i>}
    </button>
  );
}

function title({ live }: Editor, badge: Badge): string {
  const { run, newest } = live;
  const rows = newest?.rows ? ` Seen on ${newest.rows} training rows.` : "";
  const grey = badge.grey && run ? ` ${greyWords(run)}` : "";
  return `${badge.words}${rows}${grey} Click for histograms (H).`;
}
