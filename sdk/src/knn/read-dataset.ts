/** Datasets of this adapter and of knn-classifier, as learned state. */
import { HffError } from '../error.ts';
import type { CellChange } from '../learn/changes.ts';
import { checkChanges } from '../learn/check-changes.ts';
import { firstIdOf } from '../learn/class-ids.ts';
import { fold } from '../learn/fold.ts';
import { LearnedState } from '../learn/learned-state.ts';
import { isNothing, type Moments, noMoments } from '../learn/moments.ts';
import { newTables } from '../learn/tables.ts';
import type { ClassExamples } from './class-examples.ts';
import { ClassIndices } from './class-indices.ts';
import { numbersOf, toUnitLength } from './example.ts';

/** Examples of one class as a tensor of shape [n, D]. */
export interface ExampleTensor {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
}

/** What a structured clone leaves of {@link ClassExamples}. */
export type StoredExamples = Pick<ClassExamples, 'shape' | 'classIndex' | 'rows' | 'folded'>;

/**
 * By label: what `getClassifierDataset` gives, here or in knn-classifier. Or what is commonly saved
 * of it as JSON: a list of label, numbers and shape.
 */
export type SavedDataset =
  | Readonly<Record<string, StoredExamples | ExampleTensor>>
  | readonly (readonly [label: string, values: ArrayLike<number>, shape: readonly number[]])[];

export interface Learned {
  /** Null of a dataset without classes. */
  readonly state: LearnedState | null;
  readonly indices: ClassIndices;
}

/** Only states of one classifier ever meet. */
const names = { fingerprint: 'knn', replica: 'knn', base: [] };

export function newState(dimension: number): LearnedState {
  return new LearnedState({ ...names, dimension });
}

/** The id under which a label's examples lie in the state's data. */
export function idOf(label: string): string {
  return firstIdOf(label, newTables([]));
}

/** @throws HffError `learn/malformed`, `input/shape`, `input/not-finite` */
export function readDataset(dataset: SavedDataset): Learned {
  const classes = Object.entries(byLabel(dataset));
  const indices = readIndices(classes);
  const [first] = classes;
  if (!first) return { state: null, indices };
  const dimension = dimensionOf(...first);
  const cells = classes.map(([label, examples]) => cellOf(label, examples, dimension));
  const own = { replica: names.replica, since: 0, version: 1, cells };
  const { fingerprint } = names;
  const state = newState(dimension);
  const changes = {
    fingerprint,
    dimension,
    replicas: [own],
    tombstones: [],
    names: [],
    revoked: [],
  };
  state.take(checkChanges(changes));
  return { state, indices };
}

type Examples = StoredExamples | ExampleTensor;

function byLabel(dataset: SavedDataset): Readonly<Record<string, Examples>> {
  if (typeof dataset !== 'object' || dataset === null) refuse('', 'an object', typeof dataset);
  if (!Array.isArray(dataset)) return dataset as Readonly<Record<string, Examples>>;
  const saved = dataset.map((entry: unknown) => {
    if (!Array.isArray(entry)) refuse('', 'a list of [label, numbers, shape]', typeof entry);
    const [label, values, shape] = entry;
    return [label, { shape, dataSync: () => values }] as const;
  });
  return Object.fromEntries(saved);
}

/** Those that the dataset names, then those of other classes in their order. */
function readIndices(classes: readonly [label: string, examples: Examples][]): ClassIndices {
  const indices = new ClassIndices();
  const given = new Set<number>();
  for (const [label, examples] of classes) {
    if (!isStored(examples)) continue;
    const { classIndex } = examples;
    if (!Number.isSafeInteger(classIndex) || classIndex < 0 || given.has(classIndex)) {
      refuse(label, 'a class index of its own', `${classIndex}`);
    }
    given.add(classIndex);
    indices.add(label, classIndex);
  }
  for (const [label] of classes) indices.add(label);
  return indices;
}

function isStored(examples: Examples): examples is StoredExamples {
  return Array.isArray((examples as Partial<StoredExamples> | null)?.rows);
}

/** D */
function dimensionOf(label: string, examples: Examples): number {
  const { shape } = examples ?? {};
  if (shape?.length === 2 && shape.every((size) => Number.isSafeInteger(size) && size > 0)) {
    return shape[1] as number;
  }
  refuse(label, 'examples of shape [n, D]', `${shape && `[${shape}]`}`);
}

function cellOf(label: string, examples: Examples, dimension: number): CellChange {
  const moments = momentsOf(label, examples, dimension);
  if (isNothing(moments)) refuse(label, 'at least one example', 'none');
  return {
    id: idOf(label),
    generation: 0,
    isWhole: true,
    moments,
    plusAt: moments.plus.map(() => 1),
    minusAt: [],
    reshapedAt: 0,
  };
}

function momentsOf(label: string, examples: Examples, dimension: number): Moments {
  if (dimensionOf(label, examples) !== dimension) {
    refuse(label, `examples of ${dimension} numbers each`, `${examples.shape[1]}`);
  }
  if (isStored(examples)) {
    const { rows, folded } = examples;
    return { plus: rows, minus: [], folded };
  }
  const [count] = examples.shape as readonly [number, number];
  const read = typeof examples.dataSync === 'function' ? examples.dataSync() : undefined;
  if (read?.length !== count * dimension) {
    refuse(label, `a tensor of ${count} · ${dimension} numbers`, `${read?.length}`);
  }
  const values = Float32Array.from(read);
  const plus = Array.from({ length: count }, (_, i) =>
    toUnitLength(numbersOf(values.subarray(i * dimension, (i + 1) * dimension))),
  );
  return fold({ ...noMoments, plus }, dimension);
}

function refuse(label: string, expected: string, got: string): never {
  throw new HffError(
    'learn/malformed',
    `Dataset, class "${label}": expected ${expected}, got ${got}. Hand in what getClassifierDataset gives, or a list of [label, numbers, shape].`,
  );
}
