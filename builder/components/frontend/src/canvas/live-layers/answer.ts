/** What does Python tell about the layers of a run? The answers of its two routes. */

/** The run whose layers are shown, as it rides on the data of the canvas. */
export interface ShownRun {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly epoch: number;
  readonly epochs: number;
  /** Whether it trains (or trained) the network that is drawn. */
  readonly same: boolean;
  /** Where its figures come from. */
  readonly url: string;
}

/** Gradient, weights, update of one step, dead share, saturated share, units. */
export type Row = readonly (number | null)[];

export interface Newest {
  readonly number: number;
  readonly state: string;
  /** Epochs completed. */
  readonly epoch: number;
  readonly epochs: number;
  readonly seq: number;
  /** Epochs done at the time of the look. */
  readonly at?: number;
  /** Training rows that were put through the network. */
  readonly rows?: number;
  /** By full path; left out where nothing is new. */
  readonly layers?: { readonly [path: string]: Row };
}

export interface Figures {
  readonly gradient: number | null;
  /** Root mean square of the weights. */
  readonly weights: number | null;
  /** Change in one step, as a part of the weights. */
  readonly update: number | null;
  readonly dead: number | null;
  readonly saturated: number | null;
  /** How many units `dead` is a share of. */
  readonly units: number | null;
}

export function figuresOf([gradient, weights, update, dead, saturated, units]: Row): Figures {
  return {
    gradient: gradient ?? null,
    weights: weights ?? null,
    update: update ?? null,
    dead: dead ?? null,
    saturated: saturated ?? null,
    units: units ?? null,
  };
}

/** Lowest and highest value, and the heights of bins of one width between them, 0 to 255. */
export type Drawn = readonly [number, number, readonly number[]];

export interface Shot {
  readonly id: number;
  readonly at: number;
  readonly figures: Row;
  readonly weights: Drawn | null;
  readonly activations: Drawn | null;
}

export interface Pictures {
  readonly newest: number;
  /** All that there are; others are given up. */
  readonly kept: readonly number[];
  readonly pictures: readonly Shot[];
}

const ENDED = new Set(["finished", "stopped", "failed", "lost"]);

/** Whether nothing more will come of a run in this state. */
export const isOver = (state: string): boolean => ENDED.has(state);
