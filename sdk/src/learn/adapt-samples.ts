/** The samples that an adaptation has at hand, and the part of them by which it is judged. */
import type { Dataset } from '../data/dataset.ts';
import { type InputSpec, inputSize } from '../data/input-spec.ts';
import { HffError } from '../error.ts';
import { Random } from '../hff/random.ts';
import { checkLabel } from './check-label.ts';
import type { Exemplar } from './exemplars.ts';
import { isSame } from './moments.ts';

/** Share of each class that is held back. */
const heldShare = 0.2;
/** One to learn from and one to judge by. */
const leastOfClass = 2;

/** A class of the model to be. */
export interface AdaptClass {
  readonly label: string;
  /** Base classes of the model that make it up; none where it was learned since, or is new. */
  readonly baseIndices: readonly number[];
}

export interface SplitSamples {
  /** All classes: those of the model in its order, then new ones in code units' order. */
  readonly classes: readonly AdaptClass[];
  readonly training: readonly Exemplar[];
  readonly held: readonly Exemplar[];
}

/**
 * @param known the model's classes now
 * @param samples equal ones count once: else one could judge what the other taught
 * @throws HffError `learn/label`, `learn/too-few` for a class with fewer than 2 different samples
 */
export function splitSamples(
  known: readonly AdaptClass[],
  samples: readonly Exemplar[],
  seed: number,
): SplitSamples {
  const groups = new Map<string, Exemplar[]>(known.map(({ label }) => [label, []]));
  for (const label of [...new Set(samples.map((each) => each.label))].sort()) {
    checkLabel(label);
    if (!groups.has(label)) groups.set(label, []);
  }
  for (const each of samples) {
    const own = groups.get(each.label) as Exemplar[];
    if (!own.some(({ sample }) => isSame(sample, each.sample))) own.push(each);
  }
  const classes: AdaptClass[] = [];
  const training: Exemplar[] = [];
  const held: Exemplar[] = [];
  for (const [label, own] of groups) {
    if (own.length < leastOfClass) tooFew(label, own.length);
    const random = new Random(seed, classes.length);
    const { baseIndices = [] } = known[classes.length] ?? {};
    classes.push({ label, baseIndices });
    const count = Math.max(1, Math.round(heldShare * own.length));
    random.permutation(own.length).forEach((index, place) => {
      (place < count ? held : training).push(own[index] as Exemplar);
    });
  }
  return { classes, training, held };
}

function tooFew(label: string, count: number): never {
  throw new HffError(
    'learn/too-few',
    `Class "${label}": expected at least ${leastOfClass} different samples to adapt by, got ${count}. Hand some in, keep exemplars before learning, or forget the class.`,
  );
}

/** Samples as training takes them, standardised. */
export function datasetOf(
  samples: readonly Exemplar[],
  labels: readonly string[],
  { width, height, channels, ...input }: InputSpec,
): Dataset {
  const size = inputSize({ width, height, channels, ...input });
  const inputs = new Float32Array(samples.length * size);
  samples.forEach(({ sample }, i) => {
    inputs.set(sample, i * size);
  });
  const indices = Uint16Array.from(samples, ({ label }) => labels.indexOf(label));
  return { inputs, labels: indices, classes: labels, width, height, channels };
}
