/**
 * A server that is far away, slow and now and then out of reach, for the tests of races. It keeps the promises of the
 * desk (builder/components/canvas/desk.py): what is sent is stored and confirmed, changes of its own are functions, and
 * annotations go out as what is new. Triggers of one name coalesce while it works, as in Streamlit.
 */

import type { Design } from "../../src/canvas/design/document";
import { sameNetwork } from "../../src/canvas/design/graph";
import type { Annotation, CanvasData, Mark, Snapshot } from "../../src/canvas/protocol";
import { answer } from "./drawings";

export interface Line {
  /** Milliseconds of the next way up or down, and of the next piece of work. */
  delay(): number;
  /** Whether the next message is lost. */
  loses(): boolean;
}

export class SlowServer {
  rev = 0;
  /** The stored version; grows with each save. */
  private base = 1;
  private ack: Mark | null = null;
  private annotated: Mark | null = null;
  private due = true;
  private change: ((design: Design) => Design) | null = null;
  private readonly waiting = new Map<string, unknown>();
  private busy = false;
  private readonly sets: { name: string; set: CanvasData["annotations"] }[] = [];
  private sentLast = 0;
  private arrivedLast = 0;
  private life = 0;

  constructor(
    public design: Design,
    private readonly line: Line,
    private readonly tell: (data: CanvasData) => void,
  ) {}

  /** A trigger on its way up. */
  send(name: string, value: unknown): void {
    if (this.line.loses()) return;
    this.sentLast = Math.max(this.sentLast, Date.now() + this.line.delay());
    const { life } = this;
    const sent = structuredClone(value);
    setTimeout(() => life === this.life && this.arrive(name, sent), this.sentLast - Date.now());
  }

  private arrive(name: string, value: unknown): void {
    this.waiting.set(name, value);
    if (!this.busy) this.work();
  }

  private work(): void {
    if (!this.waiting.size) return;
    this.busy = true;
    const [change, poll] = [this.waiting.get("change"), this.waiting.get("poll")];
    this.waiting.clear();
    const { life } = this;
    setTimeout(() => {
      this.busy = false;
      if (life !== this.life) return this.work();
      if (change) this.take(change as Snapshot);
      this.run(((change ?? poll) as { known?: string | null }).known ?? null);
      this.work();
    }, this.line.delay());
  }

  private take({ client, seq, rev, design }: Snapshot): void {
    this.ack = this.annotated = { client, seq };
    if (!design) {
      this.due = true;
      return;
    }
    this.due = false;
    this.store(design);
    if (this.change && rev < this.rev) this.apply(this.change);
  }

  /** A change that Python authors. */
  author(change: (design: Design) => Design): void {
    this.rev += 1;
    this.change = change;
    this.apply(change);
    this.run(null);
  }

  private apply(change: (design: Design) => Design): void {
    this.store(change(this.design));
    this.due = true;
  }

  private store(design: Design): void {
    if (JSON.stringify(design) !== JSON.stringify(this.design)) this.base += 1;
    this.design = design;
  }

  /** It was killed and started again, or a page was loaded anew: only what is stored is left. */
  restart(): void {
    [this.rev, this.ack, this.annotated, this.due, this.change] = [0, null, null, true, null];
    this.waiting.clear();
    this.sets.length = 0;
    this.life += 1;
  }

  private run(known: string | null): void {
    const data = this.payload(known);
    if (this.line.loses()) return;
    this.arrivedLast = Math.max(this.arrivedLast, Date.now() + this.line.delay());
    const { life } = this;
    setTimeout(() => life === this.life && this.tell(data), this.arrivedLast - Date.now());
  }

  /** The first data of a page. */
  payload(known: string | null): CanvasData {
    const { rev, base, ack, annotated } = this;
    const design = this.due ? { design: this.design, on_seq: ack?.seq ?? null, label: "from outside" } : {};
    return structuredClone(answer({ rev, base, ack, annotated, ...design, ...this.news(known) }));
  }

  private news(has: string | null): Partial<CanvasData> {
    const now = meaning(this.design);
    const name = `k${this.sets.length + 1}`;
    const before = this.sets.slice(-4).find((kept) => kept.name === has)?.set;
    this.sets.push({ name, set: now });
    if (!before) return { known: name, annotations: now };
    const fresh = Object.entries(now).filter(([id, note]) => JSON.stringify(before[id]) !== JSON.stringify(note));
    return { known: name, since: has, annotations: Object.fromEntries(fresh), gone: Object.keys(before).filter((id) => !(id in now)) };
  }

  holds(design: Design): boolean {
    return sameNetwork(this.design, design) && JSON.stringify(this.design.nodes) === JSON.stringify(design.nodes);
  }
}

/** Something that follows from the whole drawing, as shapes do. */
export function meaning(design: Design): { [id: string]: Annotation } {
  const note = (id: string, params: number): [string, Annotation] => [
    id,
    { shape: [params], dtype: "float32", params, trainable_params: params, flops: 1, issues: [], blocked_by: null },
  ];
  return Object.fromEntries(design.nodes.map(({ id, params }) => note(id, Number(params?.units ?? 1))));
}
