/** Deciding by several views of an image together. */
import { beforeAll, describe, expect, it } from 'vitest';
import { gatherBatch } from '../../sdk/src/data/batch.ts';
import { imageViews, placeImages } from '../../sdk/src/data/image-views.ts';
import { evaluateModel, loadModel, type Model } from '../../sdk/src/node.ts';
import { convolvedFile, dataset, trainConvolved } from '../model/convolved-model.ts';
import { drawnSet, trainDrawn } from '../model/drawn-model.ts';

const models: Record<string, Model> = {};
const classes = dataset.classes.length;

beforeAll(async () => {
  models['without a head'] = await loadModel(await trainDrawn(drawnSet(320)));
  models['of convolutions, with a head'] = await loadModel(
    await convolvedFile(await trainConvolved()),
  );
});

describe.each(['without a head', 'of convolutions, with a head'])('a model %s', (name) => {
  it.each([{ flip: true }, { shift: 9 }, { flip: true, shift: 1 }])(
    'decides by the sum of the scores of all, with %o',
    (options) => {
      const model = models[name] as Model;
      const every = Uint32Array.from(dataset.labels.keys());
      const scores = imageViews(dataset, options).map((view) =>
        model.scores(
          gatherBatch(placeImages(dataset, view), model.input, every).inputs,
          every.length,
        ),
      );
      const right = dataset.labels.filter((label, n) => {
        const sums = Array.from({ length: classes }, (_, c) =>
          scores.reduce((sum, one) => sum + (one[n * classes + c] as number), 0),
        );
        return sums.indexOf(Math.max(...sums)) === label;
      });
      const together = evaluateModel(model, dataset, options);
      expect(together.accuracy).toBe(right.length / dataset.labels.length);
      expect(together.confusion).not.toEqual(evaluateModel(model, dataset).confusion);
    },
  );

  it('tells how far it is, to the end', () => {
    const heard: number[] = [];
    const onProgress = (share: number) => heard.push(share);
    const figures = evaluateModel(models[name] as Model, dataset, { flip: true, onProgress });
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
    expect(figures).toEqual(evaluateModel(models[name] as Model, dataset, { flip: true }));
  });

  it('decides the same for images and their mirror images', () => {
    const model = models[name] as Model;
    const [, view] = imageViews(dataset, { flip: true });
    if (!view) throw new Error('There is no view but the first.');
    const mirrored = placeImages(dataset, view);
    expect(evaluateModel(model, mirrored, { flip: true })).toEqual(
      evaluateModel(model, dataset, { flip: true }),
    );
    expect(evaluateModel(model, mirrored)).not.toEqual(evaluateModel(model, dataset));
  });
});
