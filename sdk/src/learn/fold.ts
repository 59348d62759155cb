/** Rows become a triangle once they would take more room than it, so that a state stays bounded. */
import { countOf, type Moments, sumOf } from './moments.ts';

/** Rows kept beside a triangle: folding many at once reads and writes it less often. */
const mostBeside = 64;

/** From how many rows on moments are folded. Below, D rows take as many bytes as their triangle. */
export function rowLimit({ folded }: Moments, dimension: number): number {
  return folded ? Math.min(mostBeside, dimension) : dimension;
}

/** The same moments, with no more rows than may be kept. Takes N D² steps for N rows folded. */
export function fold(moments: Moments, dimension: number): Moments {
  const { plus, minus, folded } = moments;
  if (plus.length + minus.length < rowLimit(moments, dimension)) return moments;
  const triangle = folded?.triangle.slice() ?? new Float64Array(triangleLength(dimension));
  for (const row of plus) addOuter(triangle, row, 1);
  for (const row of minus) addOuter(triangle, row, -1);
  const sum = sumOf(moments, dimension);
  return { plus: [], minus: [], folded: { count: countOf(moments), sum, triangle } };
}

/** Numbers in the triangle of a matrix [D, D]. */
export function triangleLength(dimension: number): number {
  return (dimension * (dimension + 1)) / 2;
}

/** triangle += factor · u uᵀ. */
function addOuter(triangle: Float64Array, row: Float32Array, factor: number): void {
  let start = 0;
  row.forEach((value, i) => {
    const left = factor * value;
    // Activations are zero as often as not.
    if (left) {
      for (let j = 0; j <= i; j++) {
        triangle[start + j] = (triangle[start + j] as number) + left * (row[j] as number);
      }
    }
    start += i + 1;
  });
}
