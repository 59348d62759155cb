/** Deciding by an image and its mirror image together. */
import { beforeAll, describe, expect, it } from 'vitest';
import { gatherBatch } from '../../sdk/src/data/batch.ts';
import { mirrorImages } from '../../sdk/src/data/mirror-images.ts';
import { evaluateModel, loadModel, type Model } from '../../sdk/src/node.ts';
import { convolvedFile, dataset, trainConvolved } from '../model/convolved-model.ts';
import { drawnSet, trainDrawn } from '../model/drawn-model.ts';

const models: Record<string, Model> = {};

beforeAll(async () => {
  models['without a head'] = await loadModel(await trainDrawn(drawnSet(320)));
  models['of convolutions, with a head'] = await loadModel(
    await convolvedFile(await trainConvolved()),
  );
});

describe.each(['without a head', 'of convolutions, with a head'])('a model %s', (name) => {
  it('decides by the sum of the scores of both', () => {
    const model = models[name] as Model;
    const every = Uint32Array.from(dataset.labels.keys());
    const [scores, others] = [dataset, mirrorImages(dataset)].map((set) =>
      model.scores(gatherBatch(set, model.input, every).inputs, every.length),
    ) as [Float32Array, Float32Array];
    const classes = dataset.classes.length;
    const right = dataset.labels.filter((label, n) => {
      const sums = Array.from(
        { length: classes },
        (_, c) => (scores[n * classes + c] as number) + (others[n * classes + c] as number),
      );
      return sums.indexOf(Math.max(...sums)) === label;
    });
    const flipped = evaluateModel(model, dataset, { flip: true });
    expect(flipped.accuracy).toBe(right.length / dataset.labels.length);
    expect(flipped.confusion).not.toEqual(evaluateModel(model, dataset).confusion);
  });

  it('decides the same for images and their mirror images', () => {
    const model = models[name] as Model;
    const flip = { flip: true };
    expect(evaluateModel(model, mirrorImages(dataset), flip)).toEqual(
      evaluateModel(model, dataset, flip),
    );
    expect(evaluateModel(model, mirrorImages(dataset))).not.toEqual(evaluateModel(model, dataset));
  });
});
