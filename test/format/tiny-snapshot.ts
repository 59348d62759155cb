/** A small model as a snapshot, its files, and what their reader says against them. */
import { isInt8, type Numbers } from '../../sdk/src/backend/numbers.ts';
import { HffError } from '../../sdk/src/error.ts';
import type { ModelSpec } from '../../sdk/src/format/model-spec.ts';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import type { StoredTensor, StoredValues } from '../../sdk/src/format/safetensors.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import type { Storage } from '../../sdk/src/format/stored-weights.ts';
import { writeSafetensors } from '../../sdk/src/format/write-safetensors.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import { Random } from '../../sdk/src/hff/random.ts';

export const spec: ModelSpec = {
  name: 'tiny',
  version: 3,
  labels: ['a', 'b', 'ü'],
  input: {
    width: 4,
    height: 3,
    channels: 1,
    range: [0, 255],
    mean: [33.1],
    deviation: [78.6],
    fit: { mode: 'glyph', box: 3 },
  },
  network: {
    layers: [
      { type: 'dense', inputs: 12, units: 9, prototypes: [1, 2, 1] },
      { type: 'dense', inputs: 9, units: 5, prototypes: [1, 1, 1] },
    ],
    sharpness: 30,
    scale: 20,
    voters: [1],
  },
  training: {
    data: 'x',
    samples: 10,
    holdoutShare: 0.1,
    epochs: 2,
    bestEpoch: 1,
    batchSize: 2,
    learningRate: 0.001,
    margin: 0,
    dropout: 0.2,
    noise: 0,
    augment: { shift: 2, rotate: 10, zoom: 0.1, flip: false },
    turns: true,
    fields: { least: 2, most: 3 },
    seed: 1,
    testAccuracy: 0.5,
  },
};
interface FloatSnapshot extends Snapshot {
  readonly weights: ReadonlyMap<string, Float32Array>;
}

export const snapshot: FloatSnapshot = { spec, weights: initialWeights(spec.network, 1) };

export const storages: readonly Storage[] = ['float32', 'float16', 'int8'];

type Files = Readonly<Record<Storage, Uint8Array>>;

function filesOf(source: Snapshot): Files {
  return {
    float32: writeSnapshot(source, 'float32'),
    float16: writeSnapshot(source, 'float16'),
    int8: writeSnapshot(source, 'int8'),
  };
}

/** The snapshot as a file, in each number format. */
export const files: Files = filesOf(snapshot);

const random = new Random(3);
const positive = (count: number): Float32Array =>
  random.normals(count, 0.1).map((value) => 0.01 + Math.abs(value));

/** The same with head and statistics: three classes, 14 features, 4 directions. */
export const learner: FloatSnapshot = {
  spec: {
    ...spec,
    statistics: {
      counts: [5, 4, 6],
      directions: 4,
      prototypeShare: 0.75,
      calibration: { sharpness: 0.4, reach: 0.3, middle: 0.1, spread: 1.5 },
    },
  },
  weights: new Map([
    ...snapshot.weights,
    ['head.weights', random.normals(3 * 14, 1)],
    ['head.offsets', random.normals(3, 1)],
    ['head.expected', positive(3)],
    ['head.deviations', positive(3)],
    ['head.reaches', positive(3)],
    ['statistics.means', positive(3 * 14)],
    ['statistics.directions', random.normals(4 * 14, 0.1)],
    ['statistics.variances', positive(14)],
    ['statistics.votes', random.normals(3 * 14, 1)],
  ]),
};

export const learnerFiles: Files = filesOf(learner);

/** What a tensor of a file holds its numbers in. */
export function arraysOf(numbers: Numbers): StoredValues[] {
  return isInt8(numbers) ? [numbers.values, numbers.scales] : [numbers];
}

/** Bytes of all that a snapshot holds, views and copies alike. */
export function heldBytes({ weights, learned }: Snapshot): number {
  const arrays = [...weights.values()].flatMap(arraysOf);
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, learned?.byteLength ?? 0);
}

/** The file after an edit of its tensors, lengths and offsets put right. */
export function withTensors(
  storage: Storage,
  edit: (tensors: Map<string, StoredTensor>) => void,
  source: Files = files,
): Uint8Array {
  const { metadata, tensors } = readSafetensors(source[storage].slice());
  const edited = new Map(tensors);
  edit(edited);
  return writeSafetensors({ metadata, tensors: edited });
}

/** The error that `action` ends with. */
export function refusal(action: () => unknown): HffError {
  try {
    action();
  } catch (error) {
    if (error instanceof HffError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}
