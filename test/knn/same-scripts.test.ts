/** The same scripts run on knn-classifier and on ours: on clear classes they answer the same. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { ask, type Classifier, drawTensor, libraries, size, teach } from './classifiers.ts';

beforeAll(startTfjsInNode);

// Theirs is the object that it goes on counting in.
const counts = (classifier: Classifier) => ({ ...classifier.getClassExampleCount() });

type Script = (classifier: Classifier) => unknown;

const scripts: Record<string, Script> = {
  'labels that are text': async (classifier) => {
    teach(classifier, ['c', 'a', 'b'], 5);
    return [await ask(classifier, 3, 10), counts(classifier)];
  },
  'labels that are numbers, in no order': async (classifier) => {
    teach(classifier, [7, 5, 9, 0], 4);
    return [await ask(classifier, 4, 10), counts(classifier)];
  },
  'one class': async (classifier) => {
    teach(classifier, ['only'], 3);
    return [
      await classifier.predictClass(drawTensor(0, 50)).then(({ confidences }) => confidences),
      await ask(classifier, 1, 3),
      classifier.getNumClasses(),
    ];
  },
  'one example of each class, k = 1': async (classifier) => {
    teach(classifier, ['a', 'b', 'c'], 1);
    const { label, classIndex } = await classifier.predictClass(drawTensor(1, 50), 1);
    return [label, classIndex];
  },
  'more examples after a prediction': async (classifier) => {
    teach(classifier, ['a', 'b'], 3);
    const before = await ask(classifier, 2, 3);
    for (let i = 0; i < 3; i++) classifier.addExample(drawTensor(2, i), 'c');
    return [before, await ask(classifier, 3, 3), counts(classifier)];
  },
  'a class cleared and added again keeps its index': async (classifier) => {
    teach(classifier, ['a', 'b', 'c'], 4);
    await ask(classifier, 3, 1);
    classifier.clearClass('a');
    const without = [
      await ask(classifier, 3, 3).then((answers) => answers.filter((_, i) => i % 3 > 0)),
      counts(classifier),
      classifier.getNumClasses(),
    ];
    teach(classifier, ['a'], 4);
    return [without, await ask(classifier, 3, 3), classifier.getNumClasses()];
  },
  'all classes cleared': async (classifier) => {
    teach(classifier, [2, 1], 3);
    await ask(classifier, 2, 1);
    classifier.clearAllClasses();
    const empty = [classifier.getNumClasses(), counts(classifier)];
    teach(classifier, [1, 2], 3);
    return [empty, await ask(classifier, 2, 3)];
  },
  'before any example': async (classifier) => {
    const refused = await classifier.predictClass(drawTensor(0, 0)).catch(() => 'refused');
    return [refused, classifier.getNumClasses(), classifier.getClassifierDataset()];
  },
  'a class that is not there': (classifier) => {
    expect(() => classifier.clearClass('a')).toThrow();
    teach(classifier, ['a'], 1);
    expect(() => classifier.clearClass('b')).toThrow();
    expect(() => classifier.addExample(tf.ones([size + 1]), 'a')).toThrow();
    return counts(classifier);
  },
  'the dataset': (classifier) => {
    teach(classifier, [5, 'a', 3], 2);
    classifier.addExample(drawTensor(0, 9), 5);
    return Object.entries(classifier.getClassifierDataset()).map(([label, examples]) => [
      label,
      [...examples.shape],
      Array.from(examples.dataSync(), (value) => value.toFixed(5)),
    ]);
  },
};

describe.each(Object.entries(scripts))('%s', (_, script) => {
  it('as knn-classifier', async () => {
    const [ours, theirs] = [libraries.ours(), libraries.theirs()];
    expect(await script(ours)).toEqual(await script(theirs));
    ours.dispose();
    theirs.dispose();
  });
});
