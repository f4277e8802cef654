/** The title of the browser's tab while a run goes on: how far it is, also when nobody looks. */
import { stepsDone } from "./words";
import { NOTHING } from "./numbers";
import type { Series } from "./series";

export class TabTitle {
  private shown = "";
  private before = "";

  /** Show these words; null brings the page's own title back. */
  show(words: string | null): void {
    if (words === null) return this.restore();
    const wanted = `${words} · Layerloom`;
    // Whoever else set a title meanwhile meant it: that is the one to bring back.
    if (document.title !== this.shown) this.before = document.title;
    if (document.title !== wanted) document.title = wanted;
    this.shown = wanted;
  }

  private restore(): void {
    if (this.shown && document.title === this.shown) document.title = this.before;
    this.shown = "";
  }
}

const ENDS: Record<string, string> = { finished: "Finished", stopped: "Stopped", failed: "Failed", lost: "Lost" };

/** "62 % moons-mlp"; null while nothing is to be told. An end is told as long as nobody has looked. */
export function titleWords(series: Series, unseenEnd: boolean): string | null {
  const status = series.status;
  if (!status) return null;
  const end = ENDS[status.state];
  if (end) return unseenEnd ? `${end}: ${status.name}` : null;
  if (status.state === "queued") return `${status.queue ? `Place ${status.queue.place}` : "Waiting"}, ${status.name}`;
  const steps = stepsDone(series);
  const share = steps?.total ? `${Math.floor((100 * steps.done) / steps.total)} %` : NOTHING;
  return `${status.state === "paused" ? "Paused, " : ""}${share} ${status.name}`;
}
