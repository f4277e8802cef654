/** Figures and pictures of layers for the tests. */

import type { Figures, Newest, Row, Shot } from "../../src/canvas/live-layers/answer";

export function row(more: Partial<Figures>): Row {
  const { gradient = null, weights = 0.1, update = null, dead = null, saturated = null, units = null } = more;
  return [gradient, weights, update, dead, saturated, units];
}

export function told(layers: { [path: string]: Row }, more: Partial<Newest> = {}): Newest {
  return { number: 7, state: "running", epoch: 2, epochs: 40, seq: 1, at: 2.5, rows: 256, layers, ...more };
}

export function shot(id: number, figures: Partial<Figures> = {}): Shot {
  const drawn = [-1, 1, Array.from({ length: 32 }, (_, bin) => (bin === 16 ? 255 : 20))] as const;
  return { id, at: id - 1, figures: row(figures), weights: drawn, activations: null };
}
