/** From the tensors of a file to a model's numbers: nothing is decoded or copied. */
import type { Int8Rows, Numbers } from '../backend/numbers.ts';
import { checkScales, scalesOf } from './int8-scales.ts';
import { inconsistent } from './refuse.ts';
import { dtypeOf, type StoredTensor, type StoredValues } from './safetensors.ts';
import type { ExpectedTensor } from './stored-weights.ts';

/**
 * The numbers of these names and shapes, in the number formats that the file has them in.
 * @throws HffError `snapshot/inconsistent`, `snapshot/not-finite` for a scale, naming the tensor
 */
export function takeWeights(
  expected: ReadonlyMap<string, ExpectedTensor>,
  tensors: ReadonlyMap<string, StoredTensor>,
): Map<string, Numbers> {
  const weights = new Map<string, Numbers>();
  const left = new Map(tensors);
  const take = (name: string, shape: readonly number[]): StoredValues => {
    const tensor = left.get(name);
    left.delete(name);
    if (tensor?.shape.join() === shape.join()) return tensor.values;
    return inconsistent(name, `shape [${shape}]`, tensor ? `[${tensor.shape}]` : 'no such tensor');
  };
  for (const [name, { shape, quantised }] of expected) {
    const values = take(name, shape);
    if (values instanceof Int8Array) {
      if (!quantised) inconsistent(name, 'F32 or F16', 'I8');
      const scales = take(scalesOf(name), [shape[0] as number]);
      weights.set(name, int8Rows(name, values, scales));
    } else if (values instanceof Float64Array) {
      inconsistent(name, 'F32, F16 or I8', 'F64');
    } else {
      weights.set(name, values);
    }
  }
  for (const [name, { shape }] of left)
    inconsistent(name.slice(0, 40), 'no tensor of this name', `[${shape}]`);
  return weights;
}

function int8Rows(name: string, values: Int8Array, scales: StoredValues): Int8Rows {
  if (!(scales instanceof Float32Array)) {
    return inconsistent(scalesOf(name), 'F32', dtypeOf(scales));
  }
  checkScales(name, scales);
  return { values, scales };
}
