/** The panel below the drawing: how the weights and activations of one layer were spread, epoch by epoch. */

import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { type Album, added, address, isBehind, overNetwork } from "../live-layers/pictures";
import { useLive } from "../live-layers/use";
import { epochWords, greyWords } from "../live-layers/words";
import { useEditor, usePicked } from "../state/context";
import { calledPath, closeHistograms, openHistograms } from "../state/watching";
import { Glyph } from "./Glyph";
import { lines } from "./LiveFacts";
import { Ridgeline } from "./Ridgeline";

export function HistogramPanel() {
  const layer = usePicked((state) => state.histograms);
  return layer === null ? null : <OpenPanel layer={layer} />;
}

function OpenPanel({ layer }: { layer: string }) {
  const editor = useEditor();
  const { album, failed } = useAlbum(layer);
  const [at, setAt] = useState<number | null>(null);
  useFollowedSelection(layer);
  useEffect(() => {
    if (editor.chosen !== null) editor.jump(editor.chosen); // the panel may have covered it
  }, [editor]);
  const run = useLive((live) => live.run);
  const shots = album?.shots ?? [];
  const index = at === null ? shots.length - 1 : Math.max(0, shots.findIndex((shot) => shot.id === at));
  const shot = shots[index];
  const choose = (next: number): void => setAt(next >= shots.length - 1 ? null : (shots[next]?.id ?? null));
  return (
    <section
      className="histograms"
      aria-label={`Histograms of ${layer}`}
      data-testid="histograms"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        closeHistograms(editor);
      }}
    >
      <header className="histograms-head">
        <h2 title={layer}>{layer}</h2>
        {shot && (
          <label className="histograms-when">
            <input
              type="range"
              min={0}
              max={Math.max(0, shots.length - 1)}
              step={1}
              value={index}
              aria-label="Epoch"
              aria-valuetext={epochWords(shot.at)}
              data-testid="histograms-epoch"
              onChange={(event: ChangeEvent<HTMLInputElement>) => choose(Number(event.target.value))}
            />
            <b data-testid="histograms-when">{epochWords(shot.at)}</b>
          </label>
        )}
        <p className="histograms-words" role="status">
          {run && !run.same ? greyWords(run) : words(shots.length, failed)}
        </p>
        <button type="button" className="tool" aria-label="Close the histograms" title="Close (Esc, H)" onClick={() => closeHistograms(editor)}>
          <Glyph name="x" />
        </button>
      </header>
      {shot && (
        <div className="histograms-body">
          <Ridgeline title="Weights" none="This layer has no weights." drawn={shots.map((one) => one.weights)} at={index} choose={choose} testid="ridges-weights" />
          <Ridgeline title="What it gives out" none="What it gives out was not seen." drawn={shots.map((one) => one.activations)} at={index} choose={choose} testid="ridges-activations" />
          <dl className="histograms-facts" data-testid="histograms-facts">
            {lines(shot.figures).map(([label, value]) => (
              <div className="amount" key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}

function words(count: number, failed: boolean): string {
  if (failed && !count) return "The pictures did not come. They are fetched again.";
  if (!count) return "Fetching the pictures.";
  return "";
}

/** The pictures of a layer, added to as the run goes on. */
function useAlbum(layer: string): { album: Album | null; failed: boolean } {
  const url = useLive((live) => live.run?.url ?? null);
  const seq = useLive((live) => live.newest?.seq ?? 0);
  const [album, setAlbum] = useState<Album | null>(null);
  const [failed, setFailed] = useState(false);
  const known = useRef<{ url: string; album: Album } | null>(null);
  useEffect(() => {
    if (url === null) return;
    let wanted = true;
    const fetchThem = async (): Promise<void> => {
      const old = known.current?.url === url && known.current.album.layer === layer ? known.current.album : null;
      let answer = await overNetwork(address(url, layer, old));
      const behind = old !== null && isBehind(old, answer);
      if (behind) answer = await overNetwork(address(url, layer, null));
      if (!wanted) return;
      known.current = { url, album: added(behind ? null : old, layer, answer) };
      setAlbum(known.current.album);
      setFailed(false);
    };
    fetchThem().catch(() => wanted && setFailed(true));
    return () => {
      wanted = false;
    };
  }, [url, layer, seq]);
  return { album: album?.layer === layer ? album : null, failed };
}

/** Another layer that is selected takes the place of the one that is shown. */
function useFollowedSelection(layer: string): void {
  const editor = useEditor();
  const chosen = usePicked((state) => (state.selected.size === 1 ? [...state.selected][0]! : null));
  const before = useRef(chosen);
  useEffect(() => {
    if (chosen === before.current) return;
    before.current = chosen;
    const path = chosen === null ? null : calledPath(editor, chosen);
    if (path === null || layer.startsWith(`${path}/`)) return;
    const next = editor.live.nearest(path);
    if (next !== null && next !== layer) openHistograms(editor, next);
  }, [chosen, layer, editor]);
}
