/** Pictures as they come in: asked for one after the other, as long as somebody looks and something may come. */
import { decode, type Picture } from "./decode";
import { isFinal } from "./types";

/** A little more often than there are new ones, and no more bytes a second than this. */
export const EVERY_MS = 70;
export const BYTES_PER_S = 48_000;
const CALM_MS = 1000;
const GIVE_UP_MS = 15_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

export interface FeedEvents {
  picture(picture: Picture): void;
  /** The run's state and, once it ended, its best epoch, as often as they are told; both empty when the line is broken. */
  state(state: string, best: string): void;
}

export class Feed {
  private stamp = "";
  private timer: ReturnType<typeof setTimeout> | null = null;
  private request: AbortController | null = null;
  private failures = 0;
  private isOver = false;
  private isPaused = true;
  private wantsUnits = false;

  /** `prefix` is everything before `picture` in the address; `calm` says whether little motion is wanted. */
  constructor(private readonly prefix: string, private readonly events: FeedEvents, private readonly calm: () => boolean) {}

  /** Ask for hidden units too, or no longer. */
  set units(wanted: boolean) {
    if (wanted === this.wantsUnits) return;
    this.wantsUnits = wanted;
    if (wanted) this.again();
  }

  /** Begin, or begin again: the run may have gone on. */
  again(): void {
    this.isOver = false;
    this.drop();
    if (!this.isPaused) void this.ask();
  }

  /** Somebody looks. */
  wake(): void {
    this.isPaused = false;
    if (!this.request && this.timer === null && !this.isOver) void this.ask();
  }

  /** Nobody looks: no more questions. */
  pause(): void {
    this.isPaused = true;
    this.drop();
  }

  private drop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.request?.abort();
    this.request = null;
  }

  private async ask(): Promise<void> {
    const request = new AbortController();
    this.request = request;
    const asked = performance.now();
    const limit = setTimeout(() => request.abort(), GIVE_UP_MS);
    const pause = await this.exchange(request.signal).catch(() => (this.request === request ? this.failed() : 0));
    clearTimeout(limit);
    if (this.request !== request) return;
    this.request = null;
    if (this.isOver || this.isPaused) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.ask();
    }, Math.max(0, pause - (performance.now() - asked)));
  }

  /** One question and its answer; returns the milliseconds from one question to the next. */
  private async exchange(signal: AbortSignal): Promise<number> {
    const response = await fetch(`${this.prefix}picture?after=${this.stamp}&units=${this.wantsUnits ? 1 : 0}`, { signal });
    if (response.status === 404) {
      this.isOver = true;
      return 0;
    }
    if (!response.ok) throw new Error(String(response.status));
    const state = response.headers.get("layerloom-state") ?? "";
    const bytes = response.status === 204 ? 0 : await this.take(response, signal);
    if (signal.aborted) return 0;
    this.failures = 0;
    this.events.state(state, response.headers.get("layerloom-best") ?? "");
    this.isOver = isFinal(state) && bytes === 0;
    return Math.max(this.calm() ? CALM_MS : EVERY_MS, (bytes / BYTES_PER_S) * 1000);
  }

  /** Read the picture; returns the bytes that came over the line. */
  private async take(response: Response, signal: AbortSignal): Promise<number> {
    const content = new Uint8Array(await response.arrayBuffer());
    if (signal.aborted) return 0;
    this.events.picture(decode(content));
    this.stamp = response.headers.get("layerloom-stamp") ?? "";
    return Number(response.headers.get("content-length")) || content.length;
  }

  private failed(): number {
    this.failures += 1;
    if (this.failures > 1) this.events.state("", "");
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failures - 1));
  }
}
