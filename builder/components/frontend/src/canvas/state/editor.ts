/** Everything that can be done to the canvas. React only shows its state; nothing here draws. */

import { Catalog, type LayerSpec } from "../design/catalog";
import { clip, freeOffset, keep, recall } from "../design/clipboard";
import { type Design, type Edge, type Position, edgeKey, indexOf, nodeOf, positionOf } from "../design/document";
import { type Edit, EditRefused, apply } from "../design/edits";
import { changed, outOf, sameNetwork } from "../design/graph";
import { type History, begin, record, redo, undo } from "../design/history";
import { lanes } from "../design/lanes";
import { type Path, WHOLE, designAt, nodeAlong, opened, prefix, samePath } from "../design/nesting";
import { type NodeSize, layout } from "../design/layout";
import { type Proposal, judge } from "../design/ports";
import type { Action, CanvasData, Issue } from "../protocol";
import { type Host, type Taken, Wire } from "../wire";
import { answersAt } from "./answers";
import { faultsOf } from "./faults";
import { type Place, placed } from "./placing";
import { sameSet, shared } from "./sharing";
import { NOTHING, START, type Stage, type State } from "./state";

const SHOW_CHECKING_MS = 150;

export class Editor {
  state: State = START;
  readonly wire: Wire;
  /** What only the browser knows: the component's root and the zoomable surface. */
  stage: Stage | null = null;
  private readonly listeners = new Set<() => void>();
  private waiting: unknown = null;

  constructor(private readonly host: Omit<Host, "changed">) {
    this.wire = new Wire({ ...host, changed: () => this.set({}) });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The network that is open. */
  get design(): Design {
    return this.state.shown;
  }

  /** The whole drawing. */
  get whole(): Design {
    return this.state.history.present;
  }

  /** The full path of a node that is shown: "block/conv". */
  prefixed(id: string): string {
    return prefix(this.state.path) + id;
  }

  get size(): NodeSize {
    return { width: 264, height: this.state.compact ? 44 : 52 };
  }

  set(change: Partial<State>): void {
    const before = this.state;
    const wanted = { ...before, ...change };
    const { path, shown } = opened(wanted.history.present, wanted.path);
    const next: State = { ...wanted, path, shown, answers: answersAt(wanted.data, path) };
    const sync = this.wire.sync();
    const stale = this.staleIn(next);
    const routed =
      before.shown.nodes !== shown.nodes || before.shown.edges !== shown.edges || before.compact !== next.compact;
    this.state = {
      ...next,
      sync,
      stale,
      checking: this.checkingAmong(stale, next.checking),
      lanes: routed ? lanes(shown, { width: 264, height: next.compact ? 44 : 52 }) : next.lanes,
    };
    for (const listener of this.listeners) listener();
  }

  /** A fresh answer shows at once; that one is awaited shows after a moment, so that quick answers do not flicker. */
  private checkingAmong(stale: ReadonlySet<string>, shown: ReadonlySet<string>): ReadonlySet<string> {
    const settled = [...shown].every((id) => stale.has(id)) ? shown : new Set([...shown].filter((id) => stale.has(id)));
    if (stale.size > settled.size && this.waiting === null) {
      this.waiting = this.host.later(() => {
        this.waiting = null;
        this.state = { ...this.state, checking: this.state.stale };
        this.set({});
      }, SHOW_CHECKING_MS);
    }
    return settled;
  }

  private staleIn(next: State): ReadonlySet<string> {
    const drawn = next.shown;
    const whole = this.wire.annotatedDrawing();
    const annotated = whole && designAt(whole, next.path);
    const found = annotated ? changed(annotated, drawn) : new Set(drawn.nodes.map((node) => node.id));
    return sameSet(found, this.state.stale) ? this.state.stale : found;
  }

  /** New data from Python. */
  receive(data: CanvasData, mounting: boolean): void {
    const { take, offer } = this.wire.receive(data, mounting);
    const fresh = data.notice && data.notice.text !== this.state.data?.notice?.text ? data.notice : null;
    const taken = take ? this.taken(take) : {};
    this.set({ data: shared(this.state.data, data), ...taken, ...(offer ? { offer } : {}), ...(fresh ? { notice: fresh } : {}) });
  }

  private taken(take: Taken): Partial<State> {
    if (take.why === "authored")
      return { history: record(this.state.history, take.design, take.label), ...this.kept(take.design), dragging: null };
    return {
      history: begin(take.design),
      path: WHOLE,
      selected: NOTHING,
      wires: NOTHING,
      dragging: null,
      fit: this.state.fit + 1,
      offer: null,
    };
  }

  /** The selection without what is no longer there. */
  private kept(whole: Design): Partial<State> {
    const { path, shown } = opened(whole, this.state.path);
    if (!samePath(path, this.state.path)) return { selected: NOTHING, wires: NOTHING, fit: this.state.fit + 1 };
    const nodes = indexOf(shown);
    const wires = new Set(shown.edges.map(edgeKey));
    return {
      selected: new Set([...this.state.selected].filter((id) => nodes.has(id))),
      wires: new Set([...this.state.wires].filter((id) => wires.has(id))),
    };
  }

  /** Applies edits as one step that can be undone; says why in a notice when one is refused. */
  edit(label: string, edits: readonly Edit[], after: Partial<State> = {}, merge = false): boolean {
    try {
      const { path } = this.state;
      const within = (edit: Edit): Edit => (path.length ? { kind: "within", path, edit } : edit);
      const next = edits.map(within).reduce(apply, this.whole);
      this.show(record(this.state.history, next, label, merge), after);
      return true;
    } catch (refusal) {
      if (!(refusal instanceof EditRefused)) throw refusal;
      this.set({ notice: { severity: "warning", text: refusal.message } });
      return false;
    }
  }

  private show(history: History, after: Partial<State> = {}): void {
    const before = this.whole;
    if (history.present === before) return this.set(after);
    const change: Partial<State> = { history, notice: null, ...this.kept(history.present), ...after };
    const selection = [...(change.selected ?? NOTHING)];
    if (sameNetwork(before, history.present)) this.wire.moved(history.present, selection);
    else this.wire.edited(history.present, selection);
    this.set(change);
  }

  undo(): void {
    this.show(undo(this.state.history));
  }

  redo(): void {
    this.show(redo(this.state.history));
  }

  select(nodes: Iterable<string>, wires: Iterable<string> = []): void {
    this.set({ selected: new Set(nodes), wires: new Set(wires) });
  }

  /** The one selected node, if it is one. */
  get chosen(): string | null {
    return this.state.selected.size === 1 ? [...this.state.selected][0]! : null;
  }

  add(spec: LayerSpec, place: Place): void {
    const { node, edits } = placed(this.design, this.state.catalog!, spec, place, this.size);
    if (this.edit(`add ${node.id}`, edits, { selected: new Set([node.id]), wires: NOTHING, arrived: node.id })) {
      if (place.kind !== "at") this.set({ goTo: { id: node.id, count: (this.state.goTo?.count ?? 0) + 1 } });
    }
  }

  connect(proposal: Proposal): boolean {
    const verdict = judge(this.design, this.state.catalog ?? new Catalog([]), proposal);
    if (!verdict.ok) {
      this.set({ notice: { severity: "warning", text: verdict.reason } });
      return false;
    }
    const { edge, replace } = verdict;
    const edits: Edit[] = proposal.moving ? [{ kind: "disconnect", edge: proposal.moving }] : [];
    return this.edit(`connect ${edge.source} to ${edge.target}`, [...edits, { kind: "connect", edge, replace }]);
  }

  /** Takes away what is selected; neighbours of a removed node are joined again. */
  removeSelected(reconnect = true): void {
    const { selected, wires } = this.state;
    const cut = this.design.edges.filter(
      (edge) => wires.has(edgeKey(edge)) && !selected.has(edge.source) && !selected.has(edge.target),
    );
    const edits: Edit[] = cut.map((edge) => ({ kind: "disconnect", edge }));
    const ids = [...selected];
    if (ids.length) edits.push({ kind: "remove_nodes", ids, reconnect });
    if (edits.length)
      this.edit(ids.length ? `remove ${ids.join(", ")}` : "disconnect", edits, { selected: NOTHING, wires: NOTHING });
  }

  copy(): void {
    if (this.state.selected.size) keep(clip(this.design, this.state.selected));
  }

  cut(): void {
    this.copy();
    this.removeSelected();
  }

  paste(): void {
    const copied = recall();
    if (copied?.nodes.length) this.pasteNodes(copied.nodes, copied.edges, "paste");
  }

  duplicate(): void {
    const { nodes, edges } = clip(this.design, this.state.selected);
    if (nodes.length) this.pasteNodes(nodes, edges, "duplicate");
  }

  private pasteNodes(nodes: Design["nodes"], edges: readonly Edge[], label: string): void {
    const offset = freeOffset(this.design, nodes);
    const before = new Set(this.design.nodes.map((node) => node.id));
    if (!this.edit(label, [{ kind: "paste", nodes, edges, offset }])) return;
    this.select(this.design.nodes.filter((node) => !before.has(node.id)).map((node) => node.id));
  }

  /** Moves the selected nodes by the keyboard. */
  nudge(dx: number, dy: number): void {
    const nodes = this.design.nodes.filter((node) => this.state.selected.has(node.id));
    if (!nodes.length) return;
    const positions = Object.fromEntries(
      nodes.map((node) => [node.id, [positionOf(node)[0] + dx, positionOf(node)[1] + dy] as const]),
    );
    this.edit(`move ${nodes.map((node) => node.id).join()}`, [{ kind: "move_nodes", positions }], {}, true);
  }

  drop(positions: ReadonlyMap<string, Position>): void {
    const moved = [...positions].filter(([id, [x, y]]) => {
      const node = nodeOf(this.design, id);
      return node && (positionOf(node)[0] !== x || positionOf(node)[1] !== y);
    });
    if (!moved.length) return this.set({ dragging: null });
    this.edit(
      moved.length === 1 ? `move ${moved[0]![0]}` : "move layers",
      [{ kind: "move_nodes", positions: Object.fromEntries(moved) }],
      { dragging: null },
    );
  }

  arrange(): void {
    if (!this.design.nodes.length) return;
    this.edit("layout", [{ kind: "move_nodes", positions: layout(this.design, this.size) }], {
      gliding: true,
      fit: this.state.fit + 1,
    });
    this.host.later(() => this.set({ gliding: false }), 360);
  }

  /** Faults in the order of the drawing. */
  faults(): readonly Issue[] {
    return faultsOf(this.state);
  }

  nextFault(): void {
    const ids = [...new Set(this.faults().flatMap((issue) => (issue.node ? [issue.node] : [])))];
    if (!ids.length) return;
    this.jumpTo(ids[(ids.indexOf(this.chosen === null ? "" : this.prefixed(this.chosen)) + 1) % ids.length]!);
  }

  /** Selects a node and brings it into view. */
  jump(id: string): void {
    this.set({ selected: new Set([id]), wires: NOTHING, dialog: null, goTo: { id, count: (this.state.goTo?.count ?? 0) + 1 } });
  }

  /** The same for a node anywhere in the whole drawing, by its full path; opens the network that holds it. */
  jumpTo(full: string): void {
    if (!nodeAlong(this.whole, full)) return;
    const ids = full.split("/");
    this.enter(ids.slice(0, -1));
    this.jump(ids[ids.length - 1]!);
  }

  /** Opens the network nested in a node that is shown; other nodes stay closed. */
  open(id: string): void {
    if (nodeOf(this.design, id)?.graph) this.enter([...this.state.path, id]);
  }

  /** Goes out until `depth` networks are open (0: the whole drawing) and selects the one that was left. */
  leave(depth = this.state.path.length - 1): void {
    const left = this.state.path[depth];
    if (left === undefined) return;
    this.enter(this.state.path.slice(0, depth));
    this.select([left]);
  }

  private enter(path: Path): void {
    if (samePath(path, this.state.path)) return;
    this.set({ path, selected: NOTHING, wires: NOTHING, dragging: null, dialog: null, fit: this.state.fit + 1 });
  }

  act(action: Action): void {
    this.wire.flush();
    this.host.send("action", action);
  }

  /** Shows the kept drawing that was offered, as a step that can be undone. */
  restore(): void {
    const { offer } = this.state;
    if (!offer) return;
    this.set({ offer: null });
    this.show(record(this.state.history, offer.design, "restore"), { fit: this.state.fit + 1 });
  }

  dismissOffer(): void {
    this.wire.forget();
    this.set({ offer: null });
  }

  /** Puts the keyboard back on the drawing. */
  focus(): void {
    this.stage?.surface.focus({ preventScroll: true });
  }

  /** The middle of what is seen of the drawing. */
  centre(): Position {
    const box = this.stage?.surface.getBoundingClientRect();
    if (!box || !this.stage) return [0, 0];
    const [x, y] = this.stage.toDrawing(box.left + box.width / 2, box.top + box.height / 2);
    return [x - this.size.width / 2, y - this.size.height / 2];
  }

  /** Where a layer goes that is added without a place: behind the selected node. */
  behind(centre: Position): Place {
    const id = this.chosen;
    if (!id) return { kind: "at", position: centre };
    const wires = outOf(this.design, id);
    return wires.length === 1 ? { kind: "on", edge: wires[0]! } : { kind: "behind", id };
  }
}
