/** Everything that can be done to the canvas. React only shows its state; nothing here draws. */

import { ANALYSIS_KEY, type AnalysisView, readAnalysis } from "../analysis/kept";
import { Catalog, type LayerSpec } from "../design/catalog";
import { type Design, EMPTY, type Edge, type Position, edgeKey, indexOf, nodeOf } from "../design/document";
import { type Edit, EditRefused, apply, inside } from "../design/edits";
import { changed, outOf, sameNetwork } from "../design/graph";
import { type History, begin, record, redo, undo } from "../design/history";
import type { Item } from "../design/items";
import { lanes } from "../design/lanes";
import { type Path, WHOLE, designAt, opened, prefix, samePath } from "../design/nesting";
import type { NodeSize } from "../design/layout";
import { LiveLayers } from "../live-layers/live";
import { notesOf } from "../design/notes";
import { type Proposal, judge } from "../design/ports";
import type { Action, CanvasData, Issue } from "../protocol";
import { type Host, type Taken, Wire } from "../wire";
import { answersAt } from "./answers";
import * as clipboard from "./clipboard";
import { addBlock, fitToFirst } from "./blocking";
import { faultsOf } from "./faults";
import * as going from "./going";
import { type Scene, outputFor } from "./offers";
import { type Place, placed } from "./placing";
import * as places from "./places";
import * as plugging from "./plugging";
import * as removing from "./removing";
import { spoken } from "./saying";
import { sameSet, shared } from "./sharing";
import { SHELF_KEY, type Shelf, readShelf, taken, toggled } from "./shelf";
import { QUANTITY_LOOK, rememberedQuantity } from "./watching";
import { NOTHING, START, UNSELECTED, type Stage, type State } from "./state";

const SHOW_CHECKING_MS = 150;
const NO_CATALOG = new Catalog([]);
/** Who selects more layers than this does not mean to join them. */
const MOST_JOINED = 6;

export class Editor {
  state: State = START;
  readonly wire: Wire;
  /** How the layers of the run fare. */
  readonly live = new LiveLayers();
  /** What only the browser knows: the component's root and the zoomable surface. */
  stage: Stage | null = null;
  private readonly listeners = new Set<() => void>();
  private waiting: unknown = null;
  /** The two drawings that `stale` was found from: while a layer is dragged, nothing is compared again. */
  private compared: { annotated: Design | null; drawn: Design } = { annotated: null, drawn: EMPTY };
  /** Where the person was in each drawing of the history, so that undo leads back there. */
  private readonly visited = new WeakMap<Design, Pick<State, "path" | "selected" | "notes">>();

  constructor(private readonly host: Omit<Host, "changed">) {
    this.wire = new Wire({ ...host, changed: () => this.set({}) });
    const analysis = readAnalysis(host.read(ANALYSIS_KEY));
    const quantity = rememberedQuantity(this.look(QUANTITY_LOOK));
    this.state = { ...START, shelf: readShelf(host.read(SHELF_KEY)), analysis, quantity };
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

  /** What offers depend on. */
  get scene(): Scene {
    return { design: this.design, answers: this.state.answers, catalog: this.state.catalog ?? NO_CATALOG };
  }

  get size(): NodeSize {
    return sizeOf(this.state.compact);
  }

  set(change: Partial<State>): void {
    const before = this.state;
    const wanted = { ...before, ...change };
    const { path, shown } = opened(wanted.history.present, wanted.path);
    const next: State = { ...wanted, path, shown, answers: answersAt(wanted.data, path) };
    const sync = this.wire.sync();
    const stale = this.staleIn(next);
    const routed =
      before.shown.nodes !== shown.nodes ||
      before.shown.edges !== shown.edges ||
      before.shown.ui !== shown.ui ||
      before.compact !== next.compact;
    this.state = {
      ...next,
      sync,
      stale,
      checking: this.checkingAmong(stale, next.checking),
      lanes: routed ? lanes(shown, sizeOf(next.compact)) : next.lanes,
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
    if (this.compared.annotated === annotated && this.compared.drawn === drawn) return this.state.stale;
    this.compared = { annotated, drawn };
    const found = annotated ? changed(annotated, drawn) : new Set(drawn.nodes.map((node) => node.id));
    return sameSet(found, this.state.stale) ? this.state.stale : found;
  }

  /** New data from Python. */
  receive(told: CanvasData, mounting: boolean): void {
    const data = shared(this.state.data, told);
    const { take, offer } = this.wire.receive(data, mounting);
    const fresh = data.notice && data.notice.text !== this.state.data?.notice?.text ? data.notice : null;
    const taken = take ? this.taken(take) : {};
    this.set({ data, ...taken, ...(offer ? { offer } : {}), ...(fresh ? { notice: fresh } : {}) });
  }

  private taken(take: Taken): Partial<State> {
    if (take.why === "authored")
      return { history: record(this.state.history, take.design, take.label), ...this.kept(take.design), dragging: null };
    return {
      history: begin(take.design),
      path: WHOLE,
      ...UNSELECTED,
      dragging: null,
      ...going.openedAnew(this.state),
      offer: null,
    };
  }

  /** The selection without what is no longer there. */
  private kept(whole: Design): Partial<State> {
    const { path, shown } = opened(whole, this.state.path);
    if (!samePath(path, this.state.path)) return { ...UNSELECTED, ...going.openedAnew(this.state) };
    const nodes = indexOf(shown);
    const wires = new Set(shown.edges.map(edgeKey));
    const notes = new Set(notesOf(shown).map((note) => note.id));
    return {
      notes: new Set([...this.state.notes].filter((id) => notes.has(id))),
      selected: new Set([...this.state.selected].filter((id) => nodes.has(id))),
      wires: new Set([...this.state.wires].filter((id) => wires.has(id))),
    };
  }

  /** Applies edits as one step that can be undone; says why in a notice when one is refused. */
  edit(label: string, edits: readonly Edit[], after: Partial<State> = {}, merge = false): boolean {
    return this.editWhole(label, edits.map((edit) => inside(this.state.path, edit)), after, merge);
  }

  /** The same with edits that are told from the whole drawing. */
  editWhole(label: string, edits: readonly Edit[], after: Partial<State> = {}, merge = false): boolean {
    try {
      const next = edits.reduce(apply, this.whole);
      this.remember();
      if (next !== this.whole) this.say(spoken(label));
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
    const step = this.state.history.past.at(-1);
    if (step) this.goBack(undo(this.state.history), `Undone: ${step.label}.`);
  }

  redo(): void {
    const [step] = this.state.history.future;
    if (step) this.goBack(redo(this.state.history), `Done again: ${step.label}.`);
  }

  /** Shows a drawing of the history, with the network open and the layers selected that were so in it. */
  private goBack(history: History, words: string): void {
    this.remember();
    const was = this.visited.get(history.present);
    const moved = was && !samePath(was.path, this.state.path);
    if (moved) this.set({ path: was.path, ...going.openedAnew(this.state) });
    this.say(words);
    this.show(history, was ? { selected: was.selected, notes: was.notes, wires: NOTHING } : {});
  }

  private remember(): void {
    const { path, selected, notes } = this.state;
    this.visited.set(this.whole, { path, selected, notes });
  }

  /** A screen reader says this now. */
  tell(text: string): void {
    this.say(text);
    this.set({});
  }

  /** A screen reader says this with the next change. */
  private say(text: string): void {
    this.state = { ...this.state, said: { text, count: this.state.said.count + 1 } };
  }

  later(run: () => void, ms: number): void {
    this.host.later(run, ms);
  }

  select(nodes: Iterable<string>, wires: Iterable<string> = []): void {
    this.set({ selected: new Set(nodes), wires: new Set(wires), notes: NOTHING, wireOf: null });
  }

  selectNotes(ids: Iterable<string>): void {
    this.set({ selected: NOTHING, wires: NOTHING, notes: new Set(ids), wireOf: null });
  }

  /** The one selected node, if it is one. */
  get chosen(): string | null {
    return this.state.selected.size === 1 && !this.state.notes.size ? [...this.state.selected][0]! : null;
  }

  /** The one selected wire, if nothing else is. */
  get chosenWire(): Edge | null {
    const { selected, notes, wires } = this.state;
    if (wires.size !== 1 || selected.size || notes.size) return null;
    return this.design.edges.find((edge) => wires.has(edgeKey(edge))) ?? null;
  }

  add(spec: LayerSpec, place: Place): void {
    const { node, edits } = placed(this.design, this.state.catalog!, spec, place, this.size);
    if (this.edit(`add ${node.id}`, edits, { selected: new Set([node.id]), wires: NOTHING, arrived: node.id })) {
      if (place.kind !== "at") this.set(going.inView(this.state, node.id));
      this.took(spec.type);
    }
  }

  /** Adds what was chosen in the palette or the quick list. */
  take(item: Item, asked: Place): void {
    const place = asked.kind === "behind" ? { ...asked, port: outputFor(this.scene, asked.id, item) } : asked;
    if (item.spec) this.add(item.spec, place);
    else if (item.block) addBlock(this, item, item.block, place);
  }

  /** Makes a palette entry a favourite, or one no more. */
  like(key: string): void {
    this.shelve(toggled(this.state.shelf, key));
  }

  /** Remembers what was taken from the palette. */
  took(key: string): void {
    this.shelve(taken(this.state.shelf, key));
  }

  private shelve(shelf: Shelf): void {
    this.host.write(SHELF_KEY, JSON.stringify(shelf));
    this.set({ shelf });
  }

  /** Opens, closes or lays out the panel with the figures of all layers. */
  arrangeAnalysis(change: Partial<AnalysisView>): void {
    const analysis = { ...this.state.analysis, ...change };
    this.host.write(ANALYSIS_KEY, JSON.stringify(analysis));
    this.set({ analysis, ...(change.open ? { histograms: null } : {}) });
  }

  connect(proposal: Proposal): boolean {
    const verdict = judge(this.design, this.state.catalog ?? new Catalog([]), proposal);
    if (!verdict.ok) {
      this.set({ notice: { severity: "warning", text: verdict.reason } });
      return false;
    }
    const { edge, replace } = verdict;
    const edits: Edit[] = proposal.moving ? [{ kind: "disconnect", edge: proposal.moving }] : [];
    const fit = fitToFirst(this, edge);
    return this.edit(`connect ${edge.source} to ${edge.target}`, [...edits, { kind: "connect", edge, replace }, ...fit]);
  }

  /** Takes away what is selected; neighbours of a removed node are joined again. */
  removeSelected(reconnect = true): void {
    removing.removeSelected(this, reconnect);
  }

  copy(): string | null {
    return clipboard.copy(this);
  }

  cut(): string | null {
    return clipboard.cut(this);
  }

  /** Pastes the text of the system's clipboard; left out: what was copied here last. */
  paste(text: string | null = null): void {
    clipboard.paste(this, text);
  }

  duplicate(): void {
    clipboard.duplicate(this);
  }

  /** Moves what is selected by the keyboard. */
  nudge(dx: number, dy: number): void {
    places.nudge(this, dx, dy);
  }

  /** Ends a drag: on a wire, out of one, or at a place. */
  drop(positions: ReadonlyMap<string, Position>): void {
    plugging.drop(this, positions);
  }

  /** The open network as it would be after these edits. */
  tried(edits: readonly Edit[]): Design {
    return edits.reduce(apply, this.design);
  }

  arrange(): void {
    places.arrange(this);
  }

  /** Brings the whole drawing into view. */
  showAll(): void {
    this.set(going.wholeInView(this.state));
  }

  showSelected(): void {
    this.set({ ...going.wholeInView(this.state), fitOnly: this.state.selected });
  }

  /** Faults in the order of the drawing. */
  faults(): readonly Issue[] {
    return faultsOf(this.state);
  }

  nextFault(): void {
    going.nextFault(this);
  }

  /** Selects a node and brings it into view. */
  jump(id: string): void {
    going.jump(this, id);
  }

  /** The same for a node anywhere in the whole drawing, by its full path; opens the network that holds it. */
  jumpTo(full: string): void {
    going.jumpTo(this, full);
  }

  /** Opens the network nested in a node that is shown; other nodes stay closed. */
  open(id: string): void {
    if (nodeOf(this.design, id)?.graph) this.enter([...this.state.path, id]);
  }

  /** Goes out until `depth` networks are open (0: the whole drawing) and selects the one that was left. */
  leave(depth = this.state.path.length - 1): void {
    going.leave(this, depth);
  }

  /** Opens the network at the path. */
  enter(path: Path): void {
    going.enter(this, path);
  }

  /** A choice of looks that this browser keeps; null when there is none. */
  look(name: string): string | null {
    return this.host.read(`layerloom.looks.${name}`);
  }

  keepLook(name: string, text: string): void {
    this.host.write(`layerloom.looks.${name}`, text);
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
    this.show(record(this.state.history, offer.design, "restore"), going.wholeInView(this.state));
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
  middle(): Position {
    const box = this.stage?.surface.getBoundingClientRect();
    if (!box || !this.stage) return [0, 0];
    return this.stage.toDrawing(box.left + box.width / 2, box.top + box.height / 2);
  }

  /** The corner of a node in the middle of what is seen. */
  centre(): Position {
    const [x, y] = this.middle();
    return [x - this.size.width / 2, y - this.size.height / 2];
  }

  /** Where a layer goes that is added without a place: behind the selected node. */
  behind(centre: Position): Place {
    const id = this.chosen;
    const { selected } = this.state;
    if (!id) return { kind: "at", position: centre, ...(selected.size <= MOST_JOINED ? { near: [...selected] } : {}) };
    const wires = outOf(this.design, id);
    return wires.length === 1 ? { kind: "on", edge: wires[0]! } : { kind: "behind", id };
  }
}

function sizeOf(compact: boolean): NodeSize {
  return { width: 264, height: compact ? 44 : 52 };
}
