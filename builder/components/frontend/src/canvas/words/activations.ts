/** What does an activation look like? Its values from -3 to 3, as points of a small picture. */

const e = Math.exp;
const clip = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));
const sigmoid = (x: number): number => 1 / (1 + e(-x));
const softplus = (x: number): number => Math.log1p(e(x));

/** Functions of one number, as Keras defines them. Those that look at a whole row are shown for a row of x and 0. */
const FUNCTIONS: { readonly [name: string]: (x: number) => number } = {
  relu: (x) => Math.max(0, x),
  sigmoid,
  tanh: Math.tanh,
  softmax: sigmoid,
  linear: (x) => x,
  gelu: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  silu: (x) => x * sigmoid(x),
  leaky_relu: (x) => (x > 0 ? x : 0.2 * x),
  elu: (x) => (x > 0 ? x : e(x) - 1),
  selu: (x) => 1.0507 * (x > 0 ? x : 1.67326 * (e(x) - 1)),
  celu: (x) => (x > 0 ? x : e(x) - 1),
  exponential: e,
  hard_shrink: (x) => (Math.abs(x) > 0.5 ? x : 0),
  hard_sigmoid: (x) => clip(x / 6 + 0.5, 0, 1),
  hard_silu: (x) => x * clip(x / 6 + 0.5, 0, 1),
  hard_tanh: (x) => clip(x, -1, 1),
  log_sigmoid: (x) => -softplus(-x),
  log_softmax: (x) => -softplus(-x),
  mish: (x) => x * Math.tanh(softplus(x)),
  relu6: (x) => clip(x, 0, 6),
  soft_shrink: (x) => Math.sign(x) * Math.max(0, Math.abs(x) - 0.5),
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  sparse_plus: (x) => (x <= -1 ? 0 : x >= 1 ? x : 0.25 * (x + 1) ** 2),
  sparse_sigmoid: (x) => clip(0.5 * (x + 1), 0, 1),
  sparsemax: (x) => clip(0.5 * (x + 1), 0, 1),
  squareplus: (x) => 0.5 * (x + Math.sqrt(x * x + 4)),
  tanh_shrink: (x) => x - Math.tanh(x),
};
const REACH = 3;
const STEPS = 24;
const [LEFT, WIDTH, ZERO, UNIT] = [1, 22, 12.5, 4];

/** Points in a picture of 24 × 18 with the axes at (12, 12.5); null for a function that is not known. */
export function curveOf(name: string): readonly (readonly [number, number])[] | null {
  const bend = FUNCTIONS[name];
  if (!bend) return null;
  return Array.from({ length: STEPS + 1 }, (_, index) => {
    const share = index / STEPS;
    const y = ZERO - UNIT * bend((2 * share - 1) * REACH);
    return [round(LEFT + WIDTH * share), round(clip(y, 1, 17))] as const;
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
