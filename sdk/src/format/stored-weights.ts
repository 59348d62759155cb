/** A network's weights as tensors of a file, in one of three number formats, and back. */
import { toFloat16 } from '../backend/float16.ts';
import {
  type Int8Rows,
  isInt8,
  type Numbers,
  quantiseRows,
  toFloat32,
} from '../backend/numbers.ts';
import { HffError } from '../error.ts';
import { kindOf } from '../hff/layer-kinds.ts';
import type { LayerSpec } from '../hff/layer-spec.ts';
import type { NetworkWeights } from '../hff/network.ts';
import { inconsistent } from './check-spec.ts';
import type { StoredTensor } from './safetensors.ts';

/**
 * How a file stores numbers: float16 halves it and keeps three digits; int8 quarters it, with a scale
 * for each row of a weight, and keeps biases and prototypes in float32.
 */
export type Storage = 'float32' | 'float16' | 'int8';

/** What the scales of a quantised tensor are called: its own name and this. */
const scaleSuffix = '_scale';

interface ExpectedTensor {
  readonly shape: readonly number[];
  /** Whether an int8 file quantises it. */
  readonly quantised: boolean;
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

/** @throws HffError `snapshot/not-finite` */
export function encodeTensors(
  layers: readonly LayerSpec[],
  weights: NetworkWeights,
  storage: Storage,
): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { shape, quantised }] of expectedTensors(layers)) {
    const numbers = weights.get(name) as Numbers;
    checkFinite(name, numbers, storage);
    if (storage === 'int8' && quantised) {
      const rows = shape[0] as number;
      const { values, scales } = isInt8(numbers) ? numbers : quantiseRows(toFloat32(numbers), rows);
      tensors.set(name, { shape, values });
      tensors.set(name + scaleSuffix, { shape: [rows], values: scales });
    } else if (storage === 'float16') {
      tensors.set(name, { shape, values: toHalves(numbers) });
    } else {
      tensors.set(name, { shape, values: toFloat32(numbers) });
    }
  }
  return tensors;
}

function toHalves(numbers: Numbers): Uint16Array {
  return numbers instanceof Uint16Array ? numbers : Uint16Array.from(toFloat32(numbers), toFloat16);
}

function checkFinite(name: string, numbers: Numbers, storage: Storage): void {
  const largest = storage === 'float16' ? 65_519.99 : Number.MAX_VALUE;
  const values = toFloat32(numbers);
  const bad = values.findIndex((value) => !(Math.abs(value) <= largest));
  if (bad < 0) return;
  throw new HffError(
    'snapshot/not-finite',
    `${name}[${bad}]: expected a finite number, got ${values[bad]}. The training diverged, or the number is too large for float16.`,
  );
}

/**
 * The weights of a network of this shape, in the number formats that the file has them in.
 * @throws HffError `snapshot/inconsistent`, naming the tensor
 */
export function takeWeights(
  layers: readonly LayerSpec[],
  tensors: ReadonlyMap<string, StoredTensor>,
): Map<string, Numbers> {
  const weights = new Map<string, Numbers>();
  const used = new Set<string>();
  const take = (name: string, shape: readonly number[]): StoredTensor['values'] => {
    const tensor = tensors.get(name);
    if (tensor?.shape.join() !== shape.join()) {
      inconsistent(name, `shape [${shape}]`, tensor ? `[${tensor.shape}]` : 'no such tensor');
    }
    used.add(name);
    return (tensor as StoredTensor).values;
  };
  for (const [name, { shape, quantised }] of expectedTensors(layers)) {
    const values = take(name, shape);
    if (values instanceof Int8Array) {
      if (!quantised) inconsistent(name, 'F32 or F16', 'I8');
      const scales = take(name + scaleSuffix, [shape[0] as number]);
      weights.set(name, int8Rows(name, values, scales));
    } else {
      weights.set(name, values);
    }
  }
  for (const [name, { shape }] of tensors) {
    if (!used.has(name)) inconsistent(name, 'no tensor of this name', `[${shape}]`);
  }
  return weights;
}

function int8Rows(name: string, values: Int8Array, scales: StoredTensor['values']): Int8Rows {
  if (!(scales instanceof Float32Array)) {
    return inconsistent(name + scaleSuffix, 'F32', scales instanceof Int8Array ? 'I8' : 'F16');
  }
  if (values.includes(-128)) inconsistent(name, 'numbers from -127 to 127', '-128');
  const bad = scales.findIndex((scale) => scale < 0);
  if (bad >= 0) inconsistent(`${name}${scaleSuffix}[${bad}]`, 'a scale ≥ 0', `${scales[bad]}`);
  return { values, scales };
}
