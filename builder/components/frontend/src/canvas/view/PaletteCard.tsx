/** What does the entry under the pointer do? A card beside it: words, a picture of the shapes, and what can be set. */

import { useEffect, useMemo, useRef, useState } from "react";
import { startParams } from "../design/catalog";
import type { BlockSpec } from "../design/blocks";
import { type Design, type Params, nodeOf } from "../design/document";
import { into, outOf } from "../design/graph";
import { type Item, groupsOf } from "../design/items";
import { windowOf } from "../design/solids";
import { useEditor, usePicked } from "../state/context";
import type { Answers } from "../state/answers";
import { type Spot, doubt } from "../state/offers";
import { type Shape, counted, firstShape } from "../words/numbers";
import { value } from "../words/subtitle";
import { Tile } from "./Glyph";
import { Drawing } from "./ShapePicture";
import { useSpot } from "./spot";

export interface Card {
  readonly item: Item;
  /** Where the entry is, from the top of the palette, in pixels. */
  readonly top: number;
}

export interface Hint {
  show(item: Item, entry: HTMLElement): void;
  hide(): void;
  /** The entries move: what is shown closes, what was about to open still does. */
  scrolled(): void;
  /** An entry is gone: its card goes with it. */
  gone(key: string): void;
}

/** Long enough that a pointer that only passes opens nothing. */
const DELAY_MS = 350;
/** Going from one entry to the next shows the next card at once. */
const WARM_MS = 250;

/** The card that is shown, and what opens and closes it. */
export function useCard(off: boolean): [Card | null, Hint] {
  const [card, setCard] = useState<Card | null>(null);
  const timer = useRef(0);
  const left = useRef(0);
  /** The item whose card is shown or about to be. */
  const wanted = useRef<Item | null>(null);
  const hint = useMemo<Hint>(() => {
    const close = (which: (shown: Card) => boolean): void =>
      setCard((shown) => {
        if (!shown || !which(shown)) return shown;
        left.current = performance.now();
        wanted.current = null;
        return null;
      });
    const hide = (): void => {
      window.clearTimeout(timer.current);
      wanted.current = null;
      close(() => true);
    };
    const show = (item: Item, entry: HTMLElement): void => {
      if (wanted.current === item) return;
      wanted.current = item;
      window.clearTimeout(timer.current);
      const warm = left.current > 0 && performance.now() - left.current < WARM_MS;
      const open = (): void => void (entry.isConnected && setCard({ item, top: topOf(entry) }));
      timer.current = window.setTimeout(open, warm ? 0 : DELAY_MS);
    };
    return { show, hide, scrolled: () => close(() => true), gone: (key) => close((shown) => shown.item.key === key) };
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useEffect(() => {
    if (off) hint.hide();
  }, [off, hint]);
  return [off ? null : card, hint];
}

function topOf(entry: HTMLElement): number {
  return entry.getBoundingClientRect().top - (entry.closest("nav")?.getBoundingClientRect().top ?? 0);
}

export function PaletteCard({ item, top }: Card) {
  const box = useRef<HTMLDivElement>(null);
  const spot = useSpot();
  const shapes = useShapes(item, spot);
  const [at, setAt] = useState(top);
  useEffect(() => {
    const room = (box.current?.closest("nav")?.clientHeight ?? 0) - (box.current?.offsetHeight ?? 0) - 8;
    setAt(Math.max(8, Math.min(top - 12, room)));
  }, [top, item]);
  const reason = doubt(spot, item);
  const family = groupsOf([item])[0]?.title;
  return (
    <div ref={box} className="hint" role="tooltip" style={{ top: at }} data-testid="palette-card" data-key={item.key}>
      <div className="hint-head">
        <Tile name={item.glyph} family={item.family} size="s" />
        <b>{item.title}</b>
        <span className="quiet">{family}</span>
      </div>
      <p>{item.summary}.</p>
      {reason && <p className="hint-doubt">Does not fit: {reason}.</p>}
      {shapes && (
        <figure className={`fam-${item.family}`} data-testid="palette-shapes" data-real={shapes.real}>
          <Drawing inputs={shapes.inputs} outputs={[shapes.output]} looks={windowOf(item.key, shapes.params)} family={item.family} />
          <figcaption>{shapes.real ? "in this drawing" : "an example"}</figcaption>
        </figure>
      )}
      <Settings item={item} />
      {item.words.length > 0 && (
        <p className="quiet" data-testid="palette-words">
          Also: {item.words.slice(0, 5).join(", ")}
        </p>
      )}
    </div>
  );
}

const SETTINGS = 4;

/** What one would set first, with the value that it is dropped with. */
function Settings({ item: { spec, block } }: { item: Item }) {
  if (block) return <p className="hint-inside">{insideOf(block)}</p>;
  if (!spec) return null;
  const start = startParams(spec);
  const shown = spec.params.filter((param) => param.basic || param.required).slice(0, SETTINGS);
  if (!shown.length) return <p className="quiet">Nothing to set.</p>;
  const rest = spec.params.length - shown.length;
  return (
    <>
      <dl data-testid="palette-settings">
        {shown.map(({ name, default: usual }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{(start[name] ?? usual) === null ? "not set" : value(start[name] ?? usual)}</dd>
          </div>
        ))}
      </dl>
      {rest > 0 && <p className="quiet">and {rest} more</p>}
    </>
  );
}

/** The layers of a ready block, each kind once: "12 layers: Conv2D, ReLU, Add". */
function insideOf({ graph }: BlockSpec): string {
  const types = graph.nodes.map((node) => node.type).filter((type) => type !== "InputLayer");
  return `${counted(types.length, "layer")}: ${[...new Set(types)].join(", ")}`;
}

interface Shapes {
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  /** The settings that do this. */
  readonly params: Params;
  /** Checked in this drawing, not an example. */
  readonly real: boolean;
}

/** Shapes as checked behind the chosen node where such a layer stands there, else the catalogue's example. */
function useShapes(item: Item, spot: Spot): Shapes | null {
  const editor = useEditor();
  const answers = usePicked((state) => state.answers);
  return useMemo(() => {
    const real = spot.kind === "behind" ? realShapes(editor.design, answers, item, spot.outlet.id) : null;
    if (real) return real;
    const params = item.spec ? startParams(item.spec) : {};
    const given = spot.kind === "behind" && doubt(spot, item) === null ? spot.tensor.shape : null;
    if (given && keepsShape(item)) return { inputs: item.joins ? [given, given] : [given], output: given, params, real: true };
    return item.example ? { ...item.example, params, real: false } : null;
  }, [editor, answers, item, spot]);
}

/** From a layer of this type that hangs on the chosen one, or is it. */
function realShapes(design: Design, answers: Answers, item: Item, id: string): Shapes | null {
  const near = [...outOf(design, id).map((edge) => edge.target), id].map((each) => nodeOf(design, each));
  const node = near.find((candidate) => (item.block ? candidate?.ui?.block === item.block.name : candidate?.type === item.key));
  const output = node && firstShape(answers[node.id]?.shape);
  if (!node || !output || answers[node.id]?.blocked_by) return null;
  const inputs = into(design, node.id).map((edge) => firstShape(answers[edge.source]?.shape));
  return inputs.some((shape) => shape === null) ? null : { inputs: inputs as Shape[], output, params: node.params ?? {}, real: true };
}

/** Activations, norms and the like hand on the shape that they are given, whatever it is. */
function keepsShape({ family, example, joins, key }: Item): boolean {
  if (!example || key === "SpectralNormalization") return false;
  const same = example.inputs.every((shape) => shape.join() === example.output.join());
  return same && (family === "steady" || family === "bend" || (joins && family === "merge"));
}
