/** One run as it comes in: its points, what hinders them, and the news that it is over. */
import { rememberedSeries } from "./memory";
import { Poller, type Trouble } from "./poll";
import { empty, merge, type Series } from "./series";
import { isFinal, type Answer, type RunState } from "./types";
import { unpack, type Packet } from "./unpack";

export interface FeedEvents {
  /** Something to draw or to say differently. */
  changed(): void;
  /** The run came to its end while it was watched; told once. */
  ended(run: string, state: RunState): void;
  /** It goes on in another state than the page shows; told once for each. */
  turned(run: string, state: RunState): void;
}

export class Feed {
  readonly series: Series;
  trouble: Trouble = null;
  private readonly poller: Poller;
  private watched = false;
  private told = false;
  private asked = false;
  /** The state that the page shows, if it said so. */
  private known: string | undefined;
  private after = 0;

  /** `whileHidden`: ask now and then even while nobody looks. */
  constructor(readonly run: string, prefix: string, private readonly events: FeedEvents, whileHidden = false) {
    this.series = rememberedSeries(run);
    this.poller = new Poller({
      url: () => `${prefix}${encodeURIComponent(run)}/points?${this.question()}`,
      answer: (told) => this.take(told),
      status: () => this.series.status,
      trouble: (trouble) => this.hinder(trouble),
    }, whileHidden);
  }

  /** Begin, or begin again: `active` says that the page believes the run to be going on. */
  follow(active: boolean, known?: string): void {
    this.watched ||= active;
    this.known = known;
    if (active || !this.complete) this.poller.start();
  }

  rest(): void {
    this.poller.rest();
  }

  wake(): void {
    this.poller.wake();
  }

  end(): void {
    this.poller.stop();
  }

  get over(): boolean {
    return this.series.status !== null && isFinal(this.series.status.state);
  }

  /** The run is over and all of it is here: no need to ask again. */
  private get complete(): boolean {
    return this.over && this.asked && !this.poller.going;
  }

  private take(told: Packet | Answer | null): boolean {
    this.asked = true;
    const answer = told && unpack(told, this.series);
    if (!answer) return this.misunderstood(told !== null);
    const before = JSON.stringify(this.series.status);
    if (this.after === 0) empty(this.series);
    const merged = merge(this.series, answer);
    const news = this.incomplete(answer.state) || merged;
    if (news || JSON.stringify(this.series.status) !== before) this.events.changed();
    this.tellEnd(answer.state);
    this.tellTurn(answer.state);
    return news;
  }

  /** Nothing new; or a packet for somebody who knows more, after which all is asked for again. */
  private misunderstood(isPacket: boolean): boolean {
    if (isPacket) {
      this.series.seq = 0;
      this.series.stamp = "";
    }
    return isPacket;
  }

  private question(): string {
    this.after = this.next();
    return `after=${this.after}&stamp=${this.after ? encodeURIComponent(this.series.stamp) : ""}`;
  }

  /** What comes bit by bit is thinned to spare the line, so a run that is over is fetched once more in one piece. */
  private next(): number {
    return this.over && !this.series.complete ? 0 : this.series.seq;
  }

  private incomplete(state: RunState): boolean {
    this.series.complete = isFinal(state) && (this.series.complete || this.after === 0);
    return isFinal(state) && !this.series.complete;
  }

  private tellEnd(state: RunState): void {
    if (!isFinal(state)) {
      this.watched = true;
      this.told = false;
    } else if (this.watched && !this.told) {
      this.told = true;
      this.events.ended(this.run, state);
    }
  }

  private tellTurn(state: RunState): void {
    if (this.known === undefined || state === this.known || isFinal(state)) return;
    this.known = state;
    this.events.turned(this.run, state);
  }

  private hinder(trouble: Trouble): void {
    if (this.trouble === trouble) return;
    this.trouble = trouble;
    this.events.changed();
  }
}
