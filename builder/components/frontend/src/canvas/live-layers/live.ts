/**
 * How do the layers fare just now? Asked for once a second, while somebody looks and the run goes.
 *
 * A store of its own beside the editor's state: what is new here draws the badges whose words changed, and nothing else.
 */

import { type Newest, type ShownRun, isOver } from "./answer";
import { type Badge, type Badges, NO_BADGES, badges } from "./badges";
import type { Quantity } from "./quantity";

export const EVERY_MS = 1000;
const LONGEST_MS = 10_000;

export type Fetched = (url: string) => Promise<Newest | "missing">;

export class LiveLayers {
  /** The run that is shown; what its route told last takes the place of what the page told. */
  run: ShownRun | null = null;
  newest: Newest | null = null;
  /** What the page told of it last. */
  private told: ShownRun | null = null;
  private badges: Badges = NO_BADGES;
  private quantity: Quantity = "off";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private failures = 0;
  private asking = false;
  private finished = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly fetched: Fetched = overNetwork,
    private readonly hidden: () => boolean = () => typeof document !== "undefined" && document.hidden,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  badge(path: string): Badge | null {
    return this.badges.get(path) ?? null;
  }

  /** Whether there are figures and pictures of this layer. */
  knows(path: string): boolean {
    return this.newest?.layers?.[path] !== undefined;
  }

  /** The layer itself, or the first inside it, that is known; null where there is none. */
  nearest(path: string): string | null {
    if (this.knows(path)) return path;
    return Object.keys(this.newest?.layers ?? {}).find((layer) => layer.startsWith(`${path}/`)) ?? null;
  }

  /** The page tells which run there is. */
  follow(run: ShownRun | null): void {
    const [before, other] = [this.run, run?.id !== this.run?.id];
    if (!run && !before) return;
    if (other) Object.assign(this, { newest: null, failures: 0 });
    const unheard = other || !this.told || !run || !alike(this.told, run);
    if (unheard) this.finished = false; // it may go on after its end
    this.run = run && before && !unheard ? { ...before, same: run.same } : run;
    this.told = run;
    if (unheard || before?.same !== run?.same) this.changed();
    if (other) this.stop();
    this.wake();
  }

  show(quantity: Quantity): void {
    if (this.quantity === quantity) return;
    this.quantity = quantity;
    this.changed();
  }

  /** Ask now, unless there is nothing to ask for: the tab is looked at again, say. */
  wake = (): void => {
    if (this.asking || !this.run || this.finished || this.hidden()) return;
    clearTimeout(this.timer);
    void this.ask(this.run, this.turn);
  };

  /** Nothing is asked any more until the page tells of the run again. */
  stop(): void {
    clearTimeout(this.timer);
    this.turn += 1;
    this.asking = false;
  }

  private async ask(run: ShownRun, turn: number): Promise<void> {
    this.asking = true;
    const answer = await this.fetched(`${run.url}?after=${this.newest?.seq ?? 0}`).catch(() => null);
    if (turn !== this.turn) return;
    this.asking = false;
    if (answer === "missing") this.finished = true;
    else if (answer === null) this.failures += 1;
    else this.take(answer);
    if (!this.finished && !this.hidden()) this.timer = setTimeout(this.wake, Math.min(LONGEST_MS, EVERY_MS * 2 ** this.failures));
  }

  private take(answer: Newest): void {
    const news = answer.layers !== undefined;
    const before = this.run!;
    this.failures = 0;
    if (!alike(before, answer)) this.run = { ...before, state: answer.state, epoch: answer.epoch, epochs: answer.epochs };
    if (news) this.newest = answer;
    this.finished = isOver(answer.state) && !news;
    if (news || this.run !== before) this.changed();
  }

  private changed(): void {
    this.badges = badges(this.newest, this.quantity, this.run?.same === false, this.badges);
    for (const listener of this.listeners) listener();
  }
}

type Progress = Pick<ShownRun, "state" | "epoch" | "epochs">;

/** Whether both tell the same of how far the run is. */
function alike(one: Progress, other: Progress): boolean {
  return one.state === other.state && one.epoch === other.epoch && one.epochs === other.epochs;
}

async function overNetwork(url: string): Promise<Newest | "missing"> {
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (answer.status === 404) return "missing";
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Newest;
}
