/** Which tensors of a file are a network's weights, and in which number formats they may be. */
import { kindOf } from '../hff/layer-kinds.ts';
import type { LayerSpec } from '../hff/layer-spec.ts';

/**
 * How a file stores numbers: float16 halves it and keeps three digits; int8 quarters it, with a scale
 * for each row of a weight, and keeps biases and prototypes in float32.
 */
export type Storage = 'float32' | 'float16' | 'int8';

export interface ExpectedTensor {
  readonly shape: readonly number[];
  /** Whether an int8 file quantises it. */
  readonly quantised: boolean;
  /** Whether it is float32 in every file. */
  readonly exact?: boolean;
}

/** The tensors that a network of this shape has, in the order of storage. */
export function expectedTensors(layers: readonly LayerSpec[]): Map<string, ExpectedTensor> {
  const tensors = new Map<string, ExpectedTensor>();
  layers.forEach((layer, index) => {
    const kind = kindOf(layer);
    for (const [key, shape] of kind.shapes(layer)) {
      tensors.set(`layers.${index}.${key}`, { shape, quantised: kind.quantised.includes(key) });
    }
  });
  return tensors;
}
