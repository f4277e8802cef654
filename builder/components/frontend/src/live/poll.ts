/** Ask for what is new as long as something may come: often while somebody looks, now and then while nobody does. */
import { isFinal, type Answer } from "./types";
import type { Packet, Status } from "./unpack";

export const EVERY_MS = 250;
/** A run that has gone on for a while needs no quarters of a second. */
const LATER_MS = 500;
/** While nothing moves: paused, or waiting for its turn. */
const RESTING_MS = 1000;
/** Right after Train a person waits for the first point; what lasts longer than this is asked for in peace. */
const SOON_MS = 80;
const SOON_FOR_MS = 5000;
/** While the tab is hidden: for its title, and to tell of the end. */
export const HIDDEN_MS = 5000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const GIVE_UP_MS = 15_000;

export type Trouble = "offline" | "missing" | null;

export interface Listener {
  /** Address for what is newer than the points already there. */
  url(): string;
  /** Take the answer in, null when nothing is new; true when it brought points. */
  answer(told: Packet | Answer | null): boolean;
  /** What is known of the run. */
  status(): Status | null;
  trouble(trouble: Trouble): void;
}

export class Poller {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private request: AbortController | null = null;
  private failures = 0;
  private running = false;
  private began = 0;

  constructor(private readonly listener: Listener, private readonly whileHidden = false) {}

  /** True until the run is over and all of it is here. */
  get going(): boolean {
    return this.running;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.began = performance.now();
    this.wake();
  }

  stop(): void {
    this.running = false;
    this.pause();
  }

  /** Ask now: the tab is looked at again, or the line is back. */
  wake(): void {
    if (!this.running || this.request) return;
    this.pause();
    if (this.may) void this.ask();
  }

  /** The tab is no longer looked at: ask seldom, or not at all, but be ready to go on. */
  rest(): void {
    if (!this.whileHidden) this.pause();
    else if (this.timer !== null) this.later(0);
  }

  private get may(): boolean {
    return this.whileHidden || !document.hidden;
  }

  private pause(): void {
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
    const wait = await this.exchange(request.signal, asked).catch(() => (this.request === request ? this.failed() : null));
    clearTimeout(limit);
    if (this.request !== request) return;
    this.request = null;
    if (wait === null) this.running = false;
    else this.later(wait);
  }

  /** One question and its answer; returns the pause until the next one, null when there is nothing more to ask. */
  private async exchange(signal: AbortSignal, asked: number): Promise<number | null> {
    const response = await fetch(this.listener.url(), { signal, headers: { Accept: "application/json" } });
    if (response.status === 404) return this.missing();
    if (!response.ok) throw new Error(String(response.status));
    const told = response.status === 204 ? null : ((await response.json()) as Packet | Answer);
    if (signal.aborted) return null;
    this.failures = 0;
    const news = this.listener.answer(told);
    this.listener.trouble(null);
    const status = this.listener.status();
    if (status && isFinal(status.state) && !news) return null;
    return Math.max(20, pauseMs(status, asked - this.began) - (performance.now() - asked));
  }

  private missing(): null {
    this.listener.trouble("missing");
    return null;
  }

  private failed(): number {
    this.failures += 1;
    if (this.failures > 1) this.listener.trouble("offline");
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failures - 1));
  }

  private later(wait: number): void {
    if (!this.may) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.wake();
    }, document.hidden ? Math.max(wait, HIDDEN_MS) : wait);
  }
}

/** From one question to the next: a quarter of a second at first, half a one when it has gone on for a minute. */
export function pauseMs(status: Status | null, sinceMs = Infinity): number {
  if (sinceMs < SOON_FOR_MS && isBeginning(status)) return SOON_MS;
  if (status?.state === "paused" || status?.state === "queued") return RESTING_MS;
  const seconds = status?.progress?.elapsed ?? 0;
  return Math.min(LATER_MS, Math.max(EVERY_MS, seconds * 10));
}

/** Nothing is drawn yet, and the run begins at once: it is not held up by others in the queue. */
function isBeginning(status: Status | null): boolean {
  if (status === null || isFinal(status.state) || status.progress?.elapsed) return false;
  return status.state !== "queued" || !status.queue || status.queue.wait_s === 0;
}
