type Row = readonly [number, number, number];
export type Matrix = readonly [Row, Row, Row];
export type Vector = readonly [number, number, number];

const dot = (row: Row, [x, y, z]: Vector): number => row[0] * x + row[1] * y + row[2] * z;

export const multiply = (matrix: Matrix, vector: Vector): [number, number, number] => [
  dot(matrix[0], vector),
  dot(matrix[1], vector),
  dot(matrix[2], vector),
];

export function product(left: Matrix, right: Matrix): Matrix {
  const [a, b, c] = columns(right);
  return columns([multiply(left, a), multiply(left, b), multiply(left, c)]);
}

/** Columns as rows, and the other way round. */
export const columns = ([a, b, c]: Matrix): Matrix => [
  [a[0], b[0], c[0]],
  [a[1], b[1], c[1]],
  [a[2], b[2], c[2]],
];

/** @returns null when there is none, as far as numbers tell */
export function inverse(matrix: Matrix): Matrix | null {
  const [a, b, c] = columns(matrix);
  const adjugate: Matrix = [cross(b, c), cross(c, a), cross(a, b)];
  const determinant = dot(a, adjugate[0]);
  if (!(Math.abs(determinant) > 1e-9)) return null;
  return adjugate.map((row) => row.map((one) => one / determinant)) as unknown as Matrix;
}

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
