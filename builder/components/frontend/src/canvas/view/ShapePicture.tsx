/** What comes in and what goes out, drawn to scale: boxes, strips and bars, with the window that the layer looks through. */

import type { AnalysisRow } from "../analysis/report";
import type { Node } from "../design/document";
import type { LayerSpec } from "../design/catalog";
import { into } from "../design/graph";
import { type Solid, solids, windowOf } from "../design/solids";
import type { Annotation } from "../protocol";
import { usePicked } from "../state/context";
import type { State } from "../state/state";
import { type Shape, extent, shape as written, shapeList } from "../words/numbers";

const WIDTH = 276;
const [LEFT, RIGHT] = [70, 206];
const [TOP, TEXT] = [6, 16];
const MOST = 3;

interface Props {
  readonly node: Node;
  readonly spec: LayerSpec | undefined;
  readonly annotation: Annotation | undefined;
  readonly figures: AnalysisRow | null;
  /** The answer is older than the drawing: it stays in place, pale, until the new one comes. */
  readonly stale: boolean;
}

export function ShapePicture({ node, spec, annotation, figures, stale }: Props) {
  const incoming = usePicked((state) => JSON.stringify(incomingShapes(state, node.id)));
  const inputs = JSON.parse(incoming) as readonly (Shape | null)[];
  const known = shapeList(annotation?.shape);
  if (!known.length && inputs.every((size) => size === null)) return null;
  const outputs = known.length ? known : UNKNOWN;
  const looks = windowOf(node.type, node.params ?? {});
  return (
    <div className={`panel${stale ? " amounts-stale" : ""}`}>
      <div className="row-head">
        <h3>Shape</h3>
        <span className="quiet" data-testid="inspector-sees">
          {[sees(figures), ...new Set([annotation?.dtype ?? []].flat())].filter(Boolean).join(", ")}
        </span>
      </div>
      <Drawing inputs={inputs} outputs={outputs} looks={looks} family={spec?.family ?? "io"} testid="inspector-shapes" />
    </div>
  );
}

const UNKNOWN = [null];

/** How much of the network's input one position of the output depends on. */
function sees(figures: AnalysisRow | null): string {
  const field = figures?.receptive_field ?? null;
  if (field === null || figures!.type === "InputLayer") return "";
  return field === "whole" ? "sees the whole input" : `sees ${extent(field)}`;
}

/** The shapes that come in; null where one is not known. */
function incomingShapes({ shown, answers }: State, id: string): readonly (Shape | null)[] {
  return into(shown, id).map((edge) => shapeList(answers[edge.source]?.shape)[edge.source_port ?? 0] ?? null);
}

interface Placed {
  readonly solid: Solid | null;
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

interface DrawingProps {
  readonly inputs: readonly (Shape | null)[];
  readonly outputs: readonly (Shape | null)[];
  readonly looks: readonly [number, number] | null;
  readonly family: string;
  readonly testid?: string;
}

export function Drawing({ inputs, outputs, looks, family, testid }: DrawingProps) {
  const shown = { inputs: inputs.slice(0, MOST), outputs: outputs.slice(0, MOST) };
  const shrink = 1 / Math.sqrt(Math.max(1, shown.inputs.length, shown.outputs.length));
  const drawn = solids([...shown.inputs, ...shown.outputs].filter((size) => size !== null), shrink);
  let next = 0;
  const take = (size: Shape | null): Solid | null => (size === null ? null : drawn[next++]!);
  const [left, right] = [shown.inputs.map((size) => [size, take(size)] as const), shown.outputs.map((size) => [size, take(size)] as const)];
  const height = Math.max(tall(left), tall(right), 40);
  const ins = placed(left, left.length && right.length ? LEFT : WIDTH / 2, height);
  const outs = placed(right, left.length ? RIGHT : WIDTH / 2, height);
  const more = [inputs.length, outputs.length].map((count) => Math.max(0, count - MOST));
  return (
    <svg
      className={`shape-picture fam-${family}`}
      viewBox={`0 0 ${WIDTH} ${height + TOP * 2}`}
      role="img"
      aria-label={spoken(inputs, outputs)}
      data-testid={testid}
    >
      <Links ins={ins} outs={outs} looks={looks} />
      {ins.map((place, index) => (
        <Figure key={index} place={place} />
      ))}
      {outs.map((place, index) => (
        <Figure key={index} place={place} out />
      ))}
      <Window ins={ins} outs={outs} looks={looks} />
      {more.map((count, side) =>
        count ? (
          <text key={side} className="shape-more" x={side ? RIGHT : LEFT} y={height + TOP * 2 - 1}>
            and {count} more
          </text>
        ) : null,
      )}
    </svg>
  );
}

function spoken(inputs: readonly (Shape | null)[], outputs: readonly (Shape | null)[]): string {
  const words = (sizes: readonly (Shape | null)[]): string => sizes.map((size) => (size ? written(size) : "unknown")).join(" and ");
  const out = outputs.some((size) => size !== null) ? `${words(outputs)} goes out` : "what goes out is not known yet";
  return inputs.length ? `${words(inputs)} comes in, ${out}` : out;
}

type Sized = readonly (readonly [Shape | null, Solid | null])[];

function tallOf(solid: Solid | null): number {
  return (solid ? solid.height + solid.depth * RISE : 12) + TEXT;
}

function tall(column: Sized): number {
  return column.reduce((sum, [, solid]) => sum + tallOf(solid), 0) + Math.max(0, column.length - 1) * 6;
}

/** A column of figures, one below the other, in the middle of the height. */
function placed(column: Sized, x: number, height: number): readonly Placed[] {
  let y = TOP + (height - tall(column)) / 2;
  return column.map(([size, solid]) => {
    const place = { solid, x, y, label: size ? written(size) : "unknown" };
    y += tallOf(solid) + 6;
    return place;
  });
}

/** How far a box leans back for each pixel of its depth: to the right and up. */
const [LEAN, RISE] = [0.8, 0.45];

/** Corners of the front: left, top, right, bottom. */
function front({ solid, x, y }: Placed): readonly [number, number, number, number] {
  if (!solid) return [x - 6, y, x + 6, y + 12];
  const left = x - (solid.width + solid.depth * LEAN) / 2;
  const top = y + solid.depth * RISE;
  return [left, top, left + solid.width, top + solid.height];
}

function Figure({ place, out = false }: { place: Placed; out?: boolean }) {
  const { solid } = place;
  const [left, top, right, bottom] = front(place);
  const [dx, dy] = [(solid?.depth ?? 0) * LEAN, (solid?.depth ?? 0) * RISE];
  const className = `solid${out ? " solid-out" : ""}${solid?.open ? " solid-open" : ""}${solid ? "" : " solid-unknown"}`;
  return (
    <g className={className}>
      {dx > 0 && (
        <>
          <path className="solid-top" d={`M${left} ${top}l${dx} ${-dy}H${right + dx}L${right} ${top}Z`} />
          <path className="solid-side" d={`M${right} ${top}l${dx} ${-dy}V${bottom - dy}L${right} ${bottom}Z`} />
        </>
      )}
      <rect className="solid-front" x={left} y={top} width={right - left} height={bottom - top} rx={solid?.kind === "dot" ? 4 : 1} />
      {solid && <path className="solid-parts" d={partLines(solid, left, top)} />}
      <text x={place.x} y={bottom + TEXT - 3} className="shape-label">
        {place.label}
      </text>
    </g>
  );
}

function partLines({ parts, width, height }: Solid, left: number, top: number): string {
  const across = Array.from({ length: parts[0] - 1 }, (_, at) => `M${left + (width * (at + 1)) / parts[0]} ${top}v${height}`);
  const down = Array.from({ length: parts[1] - 1 }, (_, at) => `M${left} ${top + (height * (at + 1)) / parts[1]}h${width}`);
  return [...across, ...down].join("");
}

interface LinkProps {
  readonly ins: readonly Placed[];
  readonly outs: readonly Placed[];
  readonly looks: readonly [number, number] | null;
}

/** From each input to the outputs, unless the window shows it. */
function Links({ ins, outs, looks }: LinkProps) {
  if (looks && ins[0]?.solid && outs[0]?.solid) return null;
  const to = outs.map((place) => [front(place), place] as const);
  const lines = ins.flatMap((place) =>
    to.map(([[left, top, , bottom], out]) => {
      const [, from, right, until] = front(place);
      const start = right + (place.solid?.depth ?? 0) * LEAN + 8;
      return `M${start} ${(from + until) / 2}L${left - 8 - (out.solid ? 0 : 4)} ${(top + bottom) / 2}`;
    }),
  );
  return <path className="shape-link" d={lines.join("")} />;
}

/** The window in the first input, and the one value of the output that comes from it. */
function Window({ ins, outs, looks }: LinkProps) {
  const [from, to] = [ins[0], outs[0]];
  if (!looks || !from?.solid || !to?.solid) return null;
  const [left, top, right, bottom] = front(from);
  const flat = from.solid.kind !== "box";
  const [high, wide] = flat ? [from.solid.height, looks[0] * from.solid.cell] : [looks[0] * from.solid.cell, looks[1] * from.solid.cell];
  const [width, height] = [Math.min(right - left, Math.max(3, wide)), Math.min(bottom - top, Math.max(3, high))];
  const x = left + Math.min(from.solid.cell, right - left - width);
  const y = flat ? top : top + Math.min(from.solid.cell, bottom - top - height);
  const [outLeft, outTop, outRight, outBottom] = front(to);
  const spot = Math.max(4, Math.min(to.solid.cell, 7));
  const outX = outLeft + Math.min((outRight - outLeft) / 3, to.solid.cell * 1.5) - spot / 2 + 2;
  const outY = flat ? (outTop + outBottom) / 2 - spot / 2 : outTop + (outBottom - outTop) / 3;
  return (
    <g className="shape-window">
      <path d={`M${x + width} ${y}L${outX} ${outY}M${x + width} ${y + height}L${outX} ${outY + spot}`} />
      <rect className="window-in" x={x} y={y} width={width} height={height} />
      <rect className="window-out" x={outX} y={outY} width={spot} height={spot} />
    </g>
  );
}
