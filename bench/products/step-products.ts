/** The five products of a dense layer in a training step, named as in `dense-layer.ts`. */
import { Random } from '../../sdk/src/hff/random.ts';

/** A factor with its numbers, row by row. */
export interface Factor {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export interface Product {
  readonly name: string;
  readonly a: Factor;
  readonly b: Factor;
  /** The factor that is transposed, as in `Backend.multiply`. */
  readonly transpose?: 'left' | 'right';
  /** Floating-point operations. */
  readonly operations: number;
}

/** @param prototypes P, of all classes */
export function stepProducts(
  samples: number,
  inputs: number,
  units: number,
  prototypes: number,
): Product[] {
  const random = new Random(1);
  const factor = (rows: number, columns: number): Factor => ({
    rows,
    columns,
    values: random.normals(rows * columns, 1),
  });
  const x = factor(samples, inputs);
  const unit = factor(samples, units);
  const p = factor(prototypes, units);
  const g = factor(samples, prototypes);
  const large = 2 * samples * inputs * units;
  const small = 2 * samples * prototypes * units;
  return [
    { name: 'x W', a: x, b: factor(inputs, units), operations: large },
    { name: 'u Pᵀ', a: unit, b: p, transpose: 'right', operations: small },
    { name: 'G P', a: g, b: p, operations: small },
    { name: 'xᵀ Δ', a: x, b: unit, transpose: 'left', operations: large },
    { name: 'Gᵀ u', a: g, b: unit, transpose: 'left', operations: small },
  ];
}
