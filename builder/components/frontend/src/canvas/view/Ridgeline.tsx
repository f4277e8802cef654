/** Histograms one behind the other, the oldest at the back; the chosen one stands out. */

import { type PointerEvent, useMemo } from "react";
import type { Drawn } from "../live-layers/answer";
import { ridgeAt, ridges, scaleOf, ticks } from "../live-layers/ridges";
import { small } from "../live-layers/quantity";

const WIDTH = 400;
const FRAME = { width: WIDTH, height: 160, rise: 44 };
const AXIS = 20;

interface Given {
  readonly title: string;
  /** What is said where nothing was drawn. */
  readonly none: string;
  readonly drawn: readonly (Drawn | null)[];
  /** Which picture is chosen. */
  readonly at: number;
  choose(index: number): void;
  readonly testid: string;
}

export function Ridgeline({ title, none, drawn, at, choose, testid }: Given) {
  const scale = useMemo(() => scaleOf(drawn), [drawn]);
  const all = useMemo(() => (scale ? ridges(drawn, scale, FRAME) : []), [drawn, scale]);
  const chosen = all.find((ridge) => ridge.index === at);
  if (!scale)
    return (
      <figure className="ridgeline">
        <figcaption>{title}</figcaption>
        <p className="quiet">{none}</p>
      </figure>
    );
  const pick = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const found = ridgeAt(all, ((event.clientY - box.top) / box.height) * (FRAME.height + AXIS));
    if (found !== null) choose(found);
  };
  const x = (value: number): number => ((value - scale.low) / (scale.high - scale.low || 1)) * WIDTH;
  return (
    <figure className="ridgeline" data-testid={testid}>
      <figcaption>
        {title}
        {chosen && <span>{range(drawn[at]!)}</span>}
      </figcaption>
      <svg viewBox={`-8 0 ${WIDTH + 16} ${FRAME.height + AXIS}`} preserveAspectRatio="none" role="img" aria-label={`${title}: ${chosen ? range(drawn[at]!) : none}`} onPointerDown={pick} onPointerMove={pick}>
        {ticks(scale).map((tick) => (
          <line key={tick} className={tick === 0 ? "ridge-zero" : "ridge-grid"} x1={x(tick)} x2={x(tick)} y1={0} y2={FRAME.height} />
        ))}
        {all.map((ridge) => (
          <path key={ridge.index} className="ridge" d={ridge.line} />
        ))}
        {chosen && <path className="ridge ridge-on" d={chosen.line} data-testid="ridge-on" />}
      </svg>
      <div className="ridge-axis" aria-hidden="true">
        {ticks(scale).map((tick) => (
          <span key={tick} style={{ left: `${((x(tick) + 8) / (WIDTH + 16)) * 100}%` }}>
            {small(tick)}
          </span>
        ))}
      </div>
    </figure>
  );
}

/** "−0.21 to 0.34". */
function range([low, high]: Drawn): string {
  return `${small(low)} to ${small(high)}`;
}
