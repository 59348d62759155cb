/** Datasets that are none, with the code of the refusal; the classifier stays as it was. */
import { expect, it } from 'vitest';
import { create, type SavedDataset } from '../../sdk/src/knn.ts';
import { draw } from './classifiers.ts';

const tensor = (shape: number[], values: number[]) => ({ shape, dataSync: () => values });
const stored = {
  shape: [1, 2] as const,
  classIndex: 0,
  rows: [Float32Array.of(1, 0)],
  folded: undefined,
};

it.each<[string, string, unknown]>([
  ['nothing', 'learn/malformed', null],
  ['text', 'learn/malformed', '{}'],
  ['a class that is nothing', 'learn/malformed', { a: null }],
  ['a class without shape', 'learn/malformed', { a: { dataSync: () => [1, 2] } }],
  ['a tensor of one dimension', 'learn/malformed', { a: tensor([2], [1, 2]) }],
  ['no examples of a class', 'learn/malformed', { a: tensor([0, 2], []) }],
  ['a number too few', 'learn/malformed', { a: tensor([2, 2], [1, 2, 3]) }],
  [
    'classes of two sizes',
    'learn/malformed',
    { a: tensor([1, 2], [1, 2]), b: tensor([1, 1], [1]) },
  ],
  ['NaN', 'input/not-finite', { a: tensor([1, 2], [1, Number.NaN]) }],
  ['an empty label', 'learn/malformed', { '': tensor([1, 2], [1, 2]) }],
  ['a list of something else', 'learn/malformed', [1, 2]],
  ['a list without numbers', 'learn/malformed', [['a', null, [1, 2]]]],
  ['a shape and no numbers', 'learn/malformed', { a: { shape: [1, 2] } }],
  ['an index of two classes', 'learn/malformed', { a: stored, b: stored }],
  ['an index that is none', 'learn/malformed', { a: { ...stored, classIndex: -1 } }],
  ['rows of another size', 'learn/malformed', { a: { ...stored, rows: [Float32Array.of(1)] } }],
  [
    'rows that JSON has been through',
    'learn/malformed',
    { a: { ...stored, rows: [{ 0: 1, 1: 0 }] } },
  ],
])('%s is refused and changes nothing', async (_, code, dataset) => {
  const classifier = create();
  for (const kind of [0, 1, 2]) classifier.addExample(draw(kind, 0), kind);
  const before = await classifier.predictClass(draw(0, 900));
  expect(() => classifier.setClassifierDataset(dataset as SavedDataset)).toThrow(
    expect.objectContaining({ code }),
  );
  expect(await classifier.predictClass(draw(0, 900))).toEqual(before);
});
