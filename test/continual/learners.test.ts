/** The built-in learners against their definitions in plain loops, on the samples of a scene. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../../sdk/src/backend/simd/simd-symmetric.ts';
import type { FeatureLearner, LearnerKind } from '../../sdk/src/continual/feature-learner.ts';
import { learnAll } from '../../sdk/src/continual/learn-all.ts';
import { classMeans } from '../../sdk/src/continual/learners/class-means.ts';
import { nearestNeighbours } from '../../sdk/src/continual/learners/nearest-neighbours.ts';
import { streamingLda } from '../../sdk/src/continual/learners/streaming-lda.ts';
import type { Samples } from '../../sdk/src/continual/samples.ts';
import type { Scene } from '../../sdk/src/continual/scene.ts';
import { PlainDiscriminant, type PlainRow, plainMeans, plainNeighbour } from './plain-learners.ts';
import { drawScene, size } from './scenes.ts';

let scene: Scene;
let kinds: LearnerKind[];

beforeAll(async () => {
  scene = await drawScene({ seed: 5, training: 50, test: 30, spread: 1.2 });
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  const neighbours = await nearestNeighbours(100);
  kinds = [
    classMeans(backend),
    streamingLda(await SimdSymmetric.start(backend)),
    neighbours as LearnerKind,
  ];
});

function rowsOf(samples: Samples): PlainRow[] {
  return [...samples.batches(1)].map(({ features, labels: [label] }) => {
    return { label: label as string, features: Array.from(features) };
  });
}

async function learnerOf(kind: LearnerKind | undefined): Promise<FeatureLearner> {
  const base = scene.taught(0);
  return (kind as LearnerKind).create({ model: scene.model, featureSize: size, base });
}

/** All decisions and familiarities on the test samples of all classes. */
async function answers(learner: FeatureLearner): Promise<[string[], Float32Array]> {
  const [batch] = scene.asked([0, 1, 2, 3, 4, 5]).batches(1000);
  const { features, labels } = batch as NonNullable<typeof batch>;
  return [
    [...(await learner.classify(features, labels.length))],
    await learner.familiarity(features, labels.length),
  ];
}

function expectClose(got: Float32Array, expected: readonly number[]): void {
  expect(got.length).toBe(expected.length);
  got.forEach((value, i) => {
    const wanted = expected[i] as number;
    expect(Math.abs(value - wanted)).toBeLessThan(1e-4 * Math.max(1, Math.abs(wanted)));
  });
}

describe('learners decide by their definitions', () => {
  const taught = () => [0, 1, 2].flatMap((task) => rowsOf(scene.taught(task)));
  const asked = () => rowsOf(scene.asked([0, 1, 2, 3, 4, 5]));

  async function fullAnswers(kind: LearnerKind | undefined): Promise<[string[], Float32Array]> {
    const learner = await learnerOf(kind);
    for (const task of [1, 2]) await learnAll(learner, scene.taught(task));
    return answers(learner);
  }

  it('class means', async () => {
    const [labels, familiarity] = await fullAnswers(kinds[0]);
    const expected = asked().map(plainMeans(taught()));
    expect(labels).toEqual(expected.map(({ label }) => label));
    expectClose(
      familiarity,
      expected.map((answer) => answer.familiarity),
    );
  });

  it('streaming LDA', async () => {
    const [labels, familiarity] = await fullAnswers(kinds[1]);
    const plain = new PlainDiscriminant(taught());
    const expected = asked().map((row) => plain.answer(row));
    expect(labels).toEqual(expected.map(({ label }) => label));
    expectClose(
      familiarity,
      expected.map((answer) => answer.familiarity),
    );
  });

  it('k-nearest neighbours', async () => {
    const [labels, familiarity] = await fullAnswers(kinds[2]);
    const expected = asked().map(plainNeighbour(taught(), 3));
    expect(labels).toEqual(expected.map(({ label }) => label));
    expectClose(
      familiarity,
      expected.map((answer) => answer.familiarity),
    );
  });
});

describe('a copy', () => {
  it.each([0, 1, 2])('of kind %i learns for itself', async (kind) => {
    const learner = await learnerOf(kinds[kind]);
    const before = await answers(learner);
    const copy = learner.copy();
    expect(await answers(copy)).toEqual(before);
    expect(copy.bytes()).toBe(learner.bytes());
    await learnAll(copy, scene.taught(1));
    expect((await answers(copy))[0]).toContain('d');
    expect(copy.bytes()).toBeGreaterThan(learner.bytes());
    copy.dispose();
    expect(await answers(learner)).toEqual(before);
    learner.dispose();
  });
});
