/** When are the figures fetched? Once for each checked drawing, and only while somebody looks at them. */

import { useEffect, useRef, useState } from "react";
import type { Design } from "../design/document";
import { useEditor, usePicked } from "../state/context";
import type { Analysis, AnalysisRow } from "./report";

/** What the figures shall be about. */
export interface Wanted {
  readonly url: string;
  /** The drawing that was checked last: the same object as long as its meaning is the same. */
  readonly drawing: Design;
  /** The settings that the forecast of memory rests on. */
  readonly batch: number | null;
  /** One layer by its full path; null for all. */
  readonly only: string | null;
}

export interface Told {
  readonly about: Wanted;
  readonly analysis: Analysis;
}

export interface Figures {
  readonly told: Told | null;
  readonly failed: boolean;
}

/** Edits come in bursts; only where a burst ends are figures fetched. */
const REST_MS = 120;

export class Source {
  figures: Figures = { told: null, failed: false };
  private wanted: Wanted | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(
    private readonly fetched: (url: string) => Promise<Analysis>,
    private readonly changed: (figures: Figures) => void,
  ) {}

  /** Asks for these figures, unless they are here or under way. */
  want(wanted: Wanted | null): void {
    if (!wanted || (this.wanted && same(this.wanted, wanted))) return;
    this.wanted = wanted;
    clearTimeout(this.timer);
    this.turn += 1;
    const turn = this.turn;
    this.timer = setTimeout(() => void this.fetch(wanted, turn), this.figures.told ? REST_MS : 0);
  }

  private async fetch(wanted: Wanted, turn: number): Promise<void> {
    const query = wanted.only === null ? "" : `?node=${encodeURIComponent(wanted.only)}`;
    try {
      const analysis = await this.fetched(wanted.url + query);
      if (turn === this.turn) this.show({ told: { about: wanted, analysis }, failed: false });
    } catch {
      if (turn !== this.turn) return;
      this.wanted = null; // the next answer of the check is a reason to try again
      this.show({ told: this.figures.told, failed: true });
    }
  }

  private show(figures: Figures): void {
    this.figures = figures;
    this.changed(figures);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.turn += 1;
    this.wanted = null;
  }
}

function same(one: Wanted, other: Wanted): boolean {
  return one.url === other.url && one.drawing === other.drawing && one.batch === other.batch && one.only === other.only;
}

async function overNetwork(url: string): Promise<Analysis> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Analysis;
}

export interface Live extends Figures {
  /** Whether the figures belong to the drawing as it is now. */
  readonly fresh: boolean;
}

/** The figures of all layers (`only` null) or of one, kept while newer ones are awaited. */
export function useAnalysis(only: string | null): Live {
  const editor = useEditor();
  const data = usePicked((state) => state.data);
  const sync = usePicked((state) => state.sync);
  const [figures, setFigures] = useState<Figures>({ told: null, failed: false });
  const source = useRef<Source | null>(null);
  source.current ??= new Source(overNetwork, setFigures);
  const drawing = editor.wire.annotatedDrawing();
  const url = data?.analysis_url ?? null;
  const batch = data?.totals?.batch_size ?? null;
  useEffect(() => {
    const ready = url !== null && drawing !== null && data?.status === "checked";
    source.current!.want(ready ? { url, drawing, batch, only } : null);
  }, [url, drawing, batch, only, data]);
  useEffect(() => () => source.current?.stop(), []);
  const about = figures.told?.about;
  const told = about && (about.url !== url || about.only !== only) ? null : figures.told;
  return { ...figures, told, fresh: told !== null && told.about.drawing === drawing && sync !== "checking" };
}

/** The figures of one layer; null while they are unknown. */
export function useFigures(id: string): AnalysisRow | null {
  const editor = useEditor();
  const full = editor.prefixed(id);
  const { told } = useAnalysis(full);
  return told?.analysis.rows.find((row) => row.id === full) ?? null;
}
