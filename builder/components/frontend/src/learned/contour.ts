/** Where does a field cross a level? Marching squares, with the crossing between two neighbours by proportion. */

/** Pieces of line, four numbers each: x, y, x, y in cells of the grid. */
export type Segments = number[];

/** Corners from the upper left on clockwise are bits 1, 2, 4, 8 when above the level; sides are 0 top, 1 right, 2 bottom, 3 left. */
const SIDES: readonly (readonly number[])[] = [
  [], [3, 0], [0, 1], [3, 1], [1, 2], [], [0, 2], [3, 2], [2, 3], [2, 0], [], [2, 1], [1, 3], [1, 0], [0, 3], [],
];

/** All crossings of `level` in `values` (row by row, `width` in a row). */
export function contour(values: ArrayLike<number>, width: number, level: number): Segments {
  const height = values.length / width;
  const found: Segments = [];
  for (let row = 0; row + 1 < height; row += 1) {
    for (let column = 0; column + 1 < width; column += 1) addCell(values, width, level, column, row, found);
  }
  return found;
}

function addCell(values: ArrayLike<number>, width: number, level: number, column: number, row: number, found: Segments): void {
  const i = row * width + column;
  const [a, b, c, d] = [values[i]! - level, values[i + 1]! - level, values[i + width + 1]! - level, values[i + width]! - level];
  const kind = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
  if (kind === 0 || kind === 15) return;
  for (const side of sidesOf(kind, a + b + c + d > 0)) {
    if (side === 0) found.push(column + a / (a - b), row);
    else if (side === 1) found.push(column + 1, row + b / (b - c));
    else if (side === 2) found.push(column + d / (d - c), row + 1);
    else found.push(column, row + a / (a - d));
  }
}

/** Where two opposite corners are above, the middle of the cell says whether they belong together. */
function sidesOf(kind: number, isMiddleAbove: boolean): readonly number[] {
  if (kind === 5) return isMiddleAbove ? [0, 1, 2, 3] : [3, 0, 1, 2];
  if (kind === 10) return isMiddleAbove ? [3, 0, 1, 2] : [0, 1, 2, 3];
  return SIDES[kind]!;
}
