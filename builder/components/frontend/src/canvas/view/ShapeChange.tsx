/** What does a layer do to a shape? Boxes for images, strips for sequences, bars for rows, all to one scale. */

import type { ReactNode } from "react";
import { type Shape, shape as words } from "../words/numbers";

const WIDTH = 268;
const HEIGHT = 104;
const LABELS = 18;

interface Props {
  readonly inputs: readonly Shape[];
  readonly output: Shape;
}

/** The picture, with the shapes in words below it; spoken as "8×8×16 becomes 4×4×16". */
export function ShapeChange({ inputs, output }: Props) {
  const scale = scaleFor([...inputs, output], inputs.length > 1 ? 34 : 50);
  const columns = [...inputs.slice(0, 2), output];
  const step = WIDTH / columns.length;
  const said = `${inputs.map(words).join(" and ")} becomes ${words(output)}`;
  const last = columns.length - 1;
  return (
    <svg
      className="shapes"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={inputs.length ? said : `gives ${words(output)}`}
    >
      {columns.map((sizes, index) => (
        <g key={index}>
          <g transform={`translate(${step * (index + 0.5)} ${(HEIGHT - LABELS) / 2})`}>{drawn(sizes, scale)}</g>
          <text x={step * (index + 0.5)} y={HEIGHT - 4} textAnchor="middle">
            {words(sizes)}
          </text>
        </g>
      ))}
      {last > 0 && <Arrow x={step * last} y={(HEIGHT - LABELS) / 2} />}
    </svg>
  );
}

function Arrow({ x, y }: { x: number; y: number }) {
  return <path className="shapes-arrow" d={`M${x - 11} ${y}h20m-5 -4.500l5 4.500l-5 4.500`} />;
}

interface Scale {
  /** Pixels for a length along an axis of places (height, width, steps). */
  readonly place: (size: number) => number;
  /** Pixels for a number of channels, or of values of a row. */
  readonly depth: (size: number) => number;
  readonly row: (size: number) => number;
}

/** One scale for all shapes of a picture. Channels grow by the square root: 512 beside 3 must both be seen. */
function scaleFor(shapes: readonly Shape[], most: number): Scale {
  const places = shapes.flatMap((shape) => (shape.length > 1 ? shape.slice(0, -1) : []));
  const depths = shapes.filter((shape) => shape.length > 1).map((shape) => shape[shape.length - 1]!);
  const rows = shapes.filter((shape) => shape.length < 2).map((shape) => shape[0] ?? 1);
  const place = largest(places);
  const depth = Math.sqrt(largest(depths));
  const row = Math.sqrt(largest(rows));
  return {
    place: (size) => Math.max(3, (size / place) * most),
    depth: (size) => Math.max(3, (Math.sqrt(size) / depth) * 22),
    row: (size) => Math.max(4, (Math.sqrt(size) / row) * 70),
  };
}

/** Unknown lengths are drawn as if they were 8. */
const UNKNOWN = 8;

function largest(sizes: readonly (number | null)[]): number {
  return Math.max(1, ...sizes.map((size) => size ?? UNKNOWN));
}

/** The shape around the origin. */
function drawn(shape: Shape, scale: Scale): ReactNode {
  const sizes = shape.map((size) => size ?? UNKNOWN);
  const loose = shape.includes(null) ? "shape-loose" : undefined;
  const depth = scale.depth(sizes[sizes.length - 1] ?? 1);
  if (sizes.length <= 1) return <Bar height={sizes.length ? scale.row(sizes[0]!) : 8} loose={loose} />;
  if (sizes.length === 2) return <Strip width={scale.place(sizes[0]!)} height={depth + 8} steps={sizes[0]!} loose={loose} />;
  const [high, wide] = sizes.slice(-3, -1) as [number, number];
  const box = <Box width={scale.place(wide)} height={scale.place(high)} depth={depth * 0.6} loose={loose} />;
  if (sizes.length === 3) return box;
  const times = Math.min(3, sizes[0]!);
  return Array.from({ length: times }, (_, index) => (
    <g key={index} transform={`translate(${(times - 1) * 4 - index * 8} ${index * 6 - (times - 1) * 3})`}>
      {box}
    </g>
  ));
}

function Bar({ height, loose }: { height: number; loose: string | undefined }) {
  return <rect className={loose} x={-5} y={-height / 2} width={10} height={height} rx={2} />;
}

const MOST_STEPS = 12;

function Strip({ width, height, steps, loose }: { width: number; height: number; steps: number; loose: string | undefined }) {
  const lines = Math.min(steps, MOST_STEPS, Math.floor(width / 3));
  return (
    <g className={loose}>
      <rect x={-width / 2} y={-height / 2} width={width} height={height} rx={1.5} />
      {Array.from({ length: Math.max(0, lines - 1) }, (_, index) => {
        const x = -width / 2 + (width * (index + 1)) / lines;
        return <path key={index} className="shape-line" d={`M${x} ${-height / 2}v${height}`} />;
      })}
    </g>
  );
}

/** A box seen from the upper left: the front is height × width, the depth stands for channels. */
function Box({ width, height, depth, loose }: { width: number; height: number; depth: number; loose: string | undefined }) {
  const [x, y] = [-(width + depth) / 2, -(height - depth) / 2];
  const top = `M${x} ${y}l${depth} ${-depth}h${width}l${-depth} ${depth}z`;
  const side = `M${x + width} ${y}l${depth} ${-depth}v${height}l${-depth} ${depth}z`;
  return (
    <g className={loose}>
      <path className="shape-side" d={top} />
      <path className="shape-side" d={side} />
      <rect x={x} y={y} width={width} height={height} />
    </g>
  );
}
