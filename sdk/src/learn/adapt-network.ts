/** The layers with which an adaptation begins: the model's own, with prototypes for its classes of now. */
import { isInt8, type Numbers, toFloat32 } from '../backend/numbers.ts';
import { quantiseRows } from '../backend/quantise-rows.ts';
import { kindOf } from '../hff/layer-kinds.ts';
import type { NetworkSpec, NetworkWeights } from '../hff/network.ts';
import { prototypeOffsets } from '../hff/prototypes.ts';
import { trainable } from '../hff/trainable.ts';
import type { TrainedWeights } from '../train/trained-weights.ts';
import type { MeasuredClass } from './adapt-statistics.ts';
import { addTo } from './moments.ts';

/** A class that the network does not know begins with one prototype: the mean of its features. */
export function beginNetwork(
  spec: NetworkSpec,
  weights: NetworkWeights,
  classes: readonly MeasuredClass[],
): { readonly network: NetworkSpec; readonly weights: Map<string, Float32Array> } {
  const begun = new Map<string, Float32Array>();
  let start = 0;
  const layers = spec.layers.map(trainable).map((layer, index) => {
    const name = `layers.${index}`;
    const [from, width] = [start, kindOf(layer).unitSize(layer)];
    start += width;
    for (const key of kindOf(layer).shapes(layer).keys()) {
      begun.set(`${name}.${key}`, toFloat32(weights.get(`${name}.${key}`) as Numbers));
    }
    const known = begun.get(`${name}.prototypes`) as Float32Array;
    const offsets = prototypeOffsets(layer.prototypes);
    const ofClasses = classes.map(({ baseIndices, rows }) =>
      baseIndices.length === 0
        ? meanDirection(rows, from, width)
        : joined(
            baseIndices.map((base) =>
              known.subarray(
                (offsets[base] as number) * width,
                (offsets[base + 1] as number) * width,
              ),
            ),
          ),
    );
    begun.set(`${name}.prototypes`, joined(ofClasses));
    return { ...layer, prototypes: ofClasses.map(({ length }) => length / width) };
  });
  return { network: { ...spec, layers }, weights: begun };
}

/** Weights that the model stores as int8 become int8 again. */
export function storeLike(stored: NetworkWeights, adapted: TrainedWeights): Map<string, Numbers> {
  return new Map(
    [...adapted].map(([name, numbers]): [string, Numbers] => {
      const before = stored.get(name) as Numbers;
      return [name, isInt8(before) ? quantiseRows(numbers, before.scales.length) : numbers];
    }),
  );
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Of length 1; where all features are 0, evenly between all axes. */
function meanDirection(rows: readonly Float32Array[], from: number, width: number): Float32Array {
  const sum = new Float64Array(width);
  for (const row of rows) addTo(sum, row.subarray(from, from + width), 1);
  const norm = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0));
  return Float32Array.from(sum, (value) => (norm > 0 ? value / norm : 1 / Math.sqrt(width)));
}
