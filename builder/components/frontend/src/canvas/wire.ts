/**
 * How does a drawing reach Python without being lost?
 *
 * Full snapshots with a growing `seq`; what is not acknowledged stays in local storage and is sent again after 1, 2, 4 …
 * 10 s. Edits go at once, moves after 400 ms. A state machine without React: time, storage and sending are given to it.
 */

import type { Design } from "./design/document";
import { sameNetwork } from "./design/graph";
import { type Stored, readKept, worthKeeping } from "./kept";
import type { CanvasData, Kind, Snapshot } from "./protocol";

export interface Host {
  send(name: "change" | "poll" | "action", value: unknown): void;
  later(run: () => void, ms: number): unknown;
  cancel(timer: unknown): void;
  read(key: string): string | null;
  write(key: string, text: string | null): void;
  /** Something that the status line shows has changed. */
  changed(): void;
  client: string;
}

export interface Taken {
  readonly design: Design;
  readonly why: "mount" | "project" | "authored" | "replay";
  readonly label: string;
}

export interface Received {
  readonly take: Taken | null;
  /** A kept drawing that no longer builds on what Python has: the person decides. */
  readonly offer: Stored | null;
}

export type Sync = "in sync" | "saving" | "checking" | "offline" | "engine_down";

export const MOVE_DELAY_MS = 400;
export const POLL_MS = 300;
const RESEND_MS = [1000, 2000, 4000, 8000, 10_000];
const OFFLINE_AFTER = 3;

export class Wire {
  project: string | null = null;
  rev = 0;
  base = 0;
  seq = 0;
  private data: CanvasData | null = null;
  private shown: Design | null = null;
  private selection: readonly string[] = [];
  private unconfirmed: { snapshot: Snapshot; attempts: number } | null = null;
  private resendTimer: unknown = null;
  private layoutTimer: unknown = null;
  private pollTimer: unknown = null;
  private polls = 0;
  /** The `seq` at which the drawing was last taken from Python, and whether that drawing has been checked. */
  private takenAt = 0;
  private takenChecked = false;
  private asked = "";
  /** Drawings with another meaning than the one before, oldest first; the first is the one last annotated. */
  private drawings: { seq: number; design: Design }[] = [];

  constructor(private readonly host: Host) {}

  /** New data from Python; says what the canvas must show from now on. `mounting`: the first data after a mount. */
  receive(data: CanvasData, mounting: boolean): Received {
    this.data = data;
    const received = data.project !== this.project ? this.enter(data) : mounting ? this.returnTo(data) : this.follow(data);
    this.base = data.base;
    if (data.status === "checked" && this.drawings.length === 1 && this.drawings[0]!.seq === this.takenAt)
      this.takenChecked = true;
    this.schedulePoll();
    return received;
  }

  private enter(data: CanvasData): Received {
    const why = this.project === null ? "mount" : "project";
    this.stop();
    Object.assign(this, { project: data.project, rev: data.rev, base: data.base, unconfirmed: null, drawings: [], shown: null });
    const kept = readKept(this.host.read(this.key()));
    const given = data.design ?? null;
    if (kept && kept.base === data.base && worthKeeping(kept.design, given)) {
      this.shown = kept.design;
      this.sendHello(true);
      return { take: { design: kept.design, why: "replay", label: "" }, offer: null };
    }
    if (given) this.accept(given, data.rev);
    this.sendHello(false);
    const offer = kept && worthKeeping(kept.design, given) ? kept : null;
    if (kept && !offer) this.host.write(this.key(), null);
    return { take: given ? { design: given, why, label: "" } : null, offer };
  }

  /** The same canvas on the page again: what it shows is kept unless Python has something newer. */
  private returnTo(data: CanvasData): Received {
    const given = data.design;
    const newer = given && !this.unsaved() && (!this.shown || data.rev > this.rev || data.base > this.base);
    if (newer || !given) this.rev = data.rev;
    if (newer && !(this.shown && sameNetwork(this.shown, given))) {
      this.accept(given, data.rev);
      this.sendHello(false);
      return { take: { design: given, why: "authored", label: data.label ?? "change from outside" }, offer: null };
    }
    this.sendHello(this.unsaved());
    return { take: null, offer: null };
  }

  /** Whether there are edits that Python has not confirmed. */
  private unsaved(): boolean {
    return this.layoutTimer !== null || (this.unconfirmed !== null && this.unconfirmed.snapshot.design !== null);
  }

  private follow(data: CanvasData): Received {
    this.acknowledge(data);
    if (data.rev < this.rev) this.rev = data.rev; // The server began anew; this drawing is the newer one.
    if (data.design && data.rev <= this.rev && this.shown && data.ack?.client !== this.host.client) this.meet(data, data.design);
    if (!data.design || (data.rev <= this.rev && this.shown)) return { take: null, offer: null };
    const built = data.on_seq ?? null;
    const settled = this.layoutTimer === null && (built === null ? !this.unsaved() : built === this.seq);
    if (!settled && this.shown) {
      this.answerStale(data.rev);
      return { take: null, offer: null };
    }
    const why = this.shown ? "authored" : "mount";
    this.accept(data.design, data.rev);
    this.submit("layout");
    return { take: { design: data.design, why, label: data.label ?? "change" }, offer: null };
  }

  /** A server that does not know this canvas shows what it has stored: the same drawing, or one to be settled with it. */
  private meet(data: CanvasData, stored: Design): void {
    if (this.unsaved()) return;
    if (sameNetwork(stored, this.shown!)) this.accept(this.shown!, data.rev);
    else if (this.asked !== `${data.base}:meet`) {
      this.asked = `${data.base}:meet`;
      this.submit("edit");
    }
  }

  /** Python built on an older drawing: it gets the newest one, once, and applies its change to that. */
  private answerStale(rev: number): void {
    const about = `${rev}:${this.seq}`;
    if (this.layoutTimer !== null) this.flush();
    else if (this.asked !== about && this.unconfirmed) this.host.send("change", this.unconfirmed.snapshot);
    else if (this.asked !== about) this.submit("edit");
    this.asked = `${rev}:${this.seq}`;
  }

  private accept(design: Design, rev: number): void {
    this.shown = design;
    this.rev = rev;
    this.takenAt = this.seq;
    this.takenChecked = false;
    this.drawings = [{ seq: this.seq, design }];
  }

  private acknowledge(data: CanvasData): void {
    const { ack, annotated } = data;
    if (this.unconfirmed && ack?.client === this.host.client && ack.seq >= this.unconfirmed.snapshot.seq) this.confirmed();
    if (annotated?.client !== this.host.client) return;
    const known = this.drawings.filter((drawing) => drawing.seq <= annotated.seq).length;
    if (known > 1) this.drawings.splice(0, known - 1);
  }

  private confirmed(): void {
    this.unconfirmed = null;
    this.host.cancel(this.resendTimer);
    this.resendTimer = null;
    this.host.write(this.key(), null);
  }

  /** The drawing has a new meaning: sent at once. */
  edited(design: Design, selection: readonly string[]): void {
    this.shown = design;
    this.selection = selection;
    this.submit("edit");
    this.drawings.push({ seq: this.seq, design });
    this.host.changed();
  }

  /** Only places have changed: sent when the hand rests. */
  moved(design: Design, selection: readonly string[]): void {
    this.shown = design;
    this.selection = selection;
    if (this.layoutTimer !== null) this.host.cancel(this.layoutTimer);
    this.layoutTimer = this.host.later(() => this.flush(), MOVE_DELAY_MS);
    this.keep();
    this.host.changed();
  }

  /** Sends moves that are still waiting. */
  flush(): void {
    if (this.layoutTimer === null) return;
    this.submit("layout");
    this.host.changed();
  }

  /** Says that the canvas is here. Only a drawing that was never confirmed goes along: a look changes nothing. */
  private sendHello(unsaved: boolean): void {
    this.submit("hello", unsaved);
    if (unsaved && this.shown) this.drawings = [{ seq: this.seq, design: this.shown }];
    if (unsaved) this.takenAt = -1;
  }

  private submit(kind: Kind, whole = true): void {
    if (this.project === null || (kind !== "hello" && !this.shown)) return;
    if (this.layoutTimer !== null) this.host.cancel(this.layoutTimer);
    this.layoutTimer = null;
    this.seq += 1;
    // A waiting edit that a layout overtakes must still be read as an edit.
    const told = kind === "layout" && this.unconfirmed?.snapshot.kind === "edit" ? "edit" : kind;
    this.unconfirmed = { snapshot: this.snapshot(told, whole), attempts: 0 };
    if (kind !== "hello") this.keep();
    this.host.send("change", this.unconfirmed.snapshot);
    this.scheduleResend();
  }

  private snapshot(kind: Kind, whole: boolean): Snapshot {
    const { project, base, seq, rev, known, shown, selection } = this;
    const { client } = this.host;
    return { v: 1, kind, project: project!, base, client, seq, rev, known, design: whole ? shown : null, selection };
  }

  private scheduleResend(): void {
    this.host.cancel(this.resendTimer);
    const wait = RESEND_MS[Math.min(this.unconfirmed?.attempts ?? 0, RESEND_MS.length - 1)]!;
    this.resendTimer = this.host.later(() => this.resend(), wait);
  }

  private resend(): void {
    if (!this.unconfirmed) return;
    this.unconfirmed = {
      snapshot: { ...this.unconfirmed.snapshot, base: this.base, known: this.known },
      attempts: this.unconfirmed.attempts + 1,
    };
    this.host.send("change", this.unconfirmed.snapshot);
    this.scheduleResend();
    this.host.changed();
  }

  private schedulePoll(): void {
    this.host.cancel(this.pollTimer);
    this.pollTimer = null;
    if (this.data?.status !== "checking" && !this.data?.repairs_pending) return;
    this.pollTimer = this.host.later(() => {
      this.polls += 1;
      this.host.send("poll", { count: this.polls, known: this.known });
      this.schedulePoll();
    }, POLL_MS);
  }

  /** The set of annotations that is here. */
  private get known(): string | null {
    return this.data?.known ?? null;
  }

  /** The drawing that the annotations belong to; null when that is not known. */
  annotatedDrawing(): Design | null {
    const first = this.drawings[0];
    if (!this.data || !first) return null;
    if (first.seq === this.takenAt && this.takenChecked) return first.design;
    const { annotated } = this.data;
    const least = first.seq === this.takenAt ? first.seq + 1 : first.seq;
    return annotated?.client === this.host.client && annotated.seq >= least ? first.design : null;
  }

  sync(): Sync {
    if (this.unconfirmed && this.unconfirmed.attempts >= OFFLINE_AFTER) return "offline";
    if (this.data?.status === "engine_down") return "engine_down";
    const current = this.shown !== null && this.annotatedDrawing() !== null && this.drawings.length === 1;
    if (!current) return "checking";
    return this.unsaved() ? "saving" : "in sync";
  }

  /** Drops the kept drawing: it was offered and the person has decided. */
  forget(): void {
    this.host.write(this.key(), null);
  }

  private key(): string {
    return `layerloom.canvas.${this.project}`;
  }

  private keep(): void {
    if (this.shown) this.host.write(this.key(), JSON.stringify({ rev: this.rev, base: this.base, design: this.shown }));
  }

  /** Ends all waiting; what is unconfirmed stays in storage. */
  stop(): void {
    for (const timer of [this.resendTimer, this.layoutTimer, this.pollTimer]) this.host.cancel(timer);
    this.resendTimer = this.layoutTimer = this.pollTimer = null;
  }
}
