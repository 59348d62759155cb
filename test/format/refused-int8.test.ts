/** What an int8 file must have and may not have, each refused with a code that names the tensor. */
import { expect, it } from 'vitest';
import type { StoredTensor } from '../../sdk/src/format/safetensors.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { files, refusal, withTensors } from './tiny-snapshot.ts';

const weight = 'layers.0.weight';
const scales = 'layers.0.weight_scale';

/** Another tensor in the place of one, or none. */
const put =
  (name: string, tensor?: StoredTensor) =>
  (tensors: Map<string, StoredTensor>): void => {
    if (tensor) tensors.set(name, tensor);
    else tensors.delete(name);
  };

const withNumber =
  (name: string, value: number) =>
  (tensors: Map<string, StoredTensor>): void => {
    (tensors.get(name) as StoredTensor).values[7] = value;
  };

const refusals: [
  string,
  'inconsistent' | 'not-finite',
  string,
  (tensors: Map<string, StoredTensor>) => void,
][] = [
  [
    'a bias',
    'inconsistent',
    'layers.0.bias: expected F32 or F16, got I8',
    put('layers.0.bias', { shape: [9], values: new Int8Array(9) }),
  ],
  [
    'prototypes',
    'inconsistent',
    'layers.1.prototypes: expected F32 or F16, got I8',
    put('layers.1.prototypes', { shape: [3, 5], values: new Int8Array(15) }),
  ],
  ['a weight without scales', 'inconsistent', `${scales}: expected shape [12]`, put(scales)],
  [
    'a scale too few',
    'inconsistent',
    `${scales}: expected shape [12], got [11]`,
    put(scales, { shape: [11], values: new Float32Array(11) }),
  ],
  [
    'a scale for each unit',
    'inconsistent',
    `${scales}: expected shape [12], got [9]`,
    put(scales, { shape: [9], values: new Float32Array(9) }),
  ],
  [
    'scales as a column',
    'inconsistent',
    `${scales}: expected shape [12], got [12,1]`,
    put(scales, { shape: [12, 1], values: new Float32Array(12) }),
  ],
  [
    'scales in float16',
    'inconsistent',
    `${scales}: expected F32, got F16`,
    put(scales, { shape: [12], values: new Uint16Array(12) }),
  ],
  [
    'scales in int8',
    'inconsistent',
    `${scales}: expected F32, got I8`,
    put(scales, { shape: [12], values: new Int8Array(12) }),
  ],
  [
    'scales of a float32 weight',
    'inconsistent',
    `${scales}: expected no tensor of this name`,
    put(weight, { shape: [12, 9], values: new Float32Array(108) }),
  ],
  ['a negative scale', 'inconsistent', `${scales}[7]: expected`, withNumber(scales, -0.01)],
  ['a scale that is NaN', 'not-finite', `${scales}[7]: expected`, withNumber(scales, Number.NaN)],
  [
    'an infinite scale',
    'not-finite',
    `${scales}[7]: expected`,
    withNumber(scales, Number.POSITIVE_INFINITY),
  ],
  ['a scale that takes -128 out of float32', 'not-finite', scales, withNumber(scales, 2.66e36)],
];

it.each(refusals)('refuses in int8 %s', (_, code, message, edit) => {
  const error = refusal(() => readSnapshot(withTensors('int8', edit)));
  expect(error.code).toBe(`snapshot/${code}`);
  expect(error.message).toContain(message);
});

it('takes the same file without an edit, one with -128, and one with a very large scale', () => {
  expect(withTensors('int8', () => undefined)).toEqual(files.int8);
  readSnapshot(withTensors('int8', withNumber(scales, 2.65e36)));
  readSnapshot(withTensors('int8', withNumber(weight, -128)));
});

it('takes float16 beside int8, as other writers may choose', () => {
  const prototypes: StoredTensor = { shape: [4, 9], values: new Uint16Array(36) };
  const file = withTensors('int8', put('layers.0.prototypes', prototypes));
  expect(readSnapshot(file).weights.get('layers.0.prototypes')).toEqual(prototypes.values);
});
