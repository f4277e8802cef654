/** Ask for what is new, four times a second, as long as somebody looks and something may come. */
import { isFinal, type Answer } from "./types";

export const EVERY_MS = 250;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const GIVE_UP_MS = 15_000;

export type Trouble = "offline" | "missing" | null;

export interface Listener {
  /** Address for what is newer than the points already there. */
  url(): string;
  /** Take the answer in; true when it brought points. */
  answer(answer: Answer): boolean;
  trouble(trouble: Trouble): void;
}

export class Poller {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private request: AbortController | null = null;
  private failures = 0;
  private running = false;

  constructor(private readonly listener: Listener) {}

  /** True until the run is over and all of it is here. */
  get going(): boolean {
    return this.running;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
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
    if (!document.hidden) void this.ask();
  }

  /** Nobody looks: no requests, but ready to go on. */
  pause(): void {
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
    const answer = (await response.json()) as Answer;
    if (signal.aborted) return null;
    this.failures = 0;
    const news = this.listener.answer(answer);
    this.listener.trouble(null);
    if (isFinal(answer.state) && !news) return null;
    return Math.max(20, EVERY_MS - (performance.now() - asked));
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
    if (document.hidden) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.wake();
    }, wait);
  }
}
