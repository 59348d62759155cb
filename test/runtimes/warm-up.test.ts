/** A Worker may warm up at module scope, and classifies afterwards as Node does. */
import { expect, test } from 'vitest';
import { type Classification, loadModel } from '../../sdk/src/node.ts';
import { digitsPath } from '../worker/serve-digits.ts';
import { postModel } from './post-model.ts';

test('a Worker that warmed up as it started loads a model and classifies', async () => {
  const answer = (await postModel(new URL('warmed-worker.ts', import.meta.url))) as Classification;
  const model = await loadModel(digitsPath);
  const expected = await model.classify(new Uint8Array(784));
  model.dispose();
  expect(answer.label).toBe(expected.label);
  expect(answer.scores).toHaveLength(10);
  const scores = new Map(answer.scores.map(({ label, score }) => [label, score]));
  for (const { label, score } of expected.scores) expect(scores.get(label)).toBeCloseTo(score, 4);
});
