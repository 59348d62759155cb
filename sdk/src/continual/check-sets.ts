/** Whether two parts of a data set and a model fit each other and the protocols. */
import type { Dataset } from '../data/dataset.ts';
import { HffError } from '../error.ts';
import type { Model } from '../model.ts';
import { alignLabels } from '../train/align-labels.ts';

const rawValues = { range: null, mean: [0], deviation: [1], fit: null };

interface Sets {
  readonly training: Dataset;
  readonly test: Dataset;
  readonly model?: Model;
}

/**
 * @param shots most training samples of a class that a protocol draws
 * @returns the test set with the training set's classes, and the classes that the model knows
 * @throws HffError `data/labels`, `data/empty`, `input/shape`, `option/invalid`
 */
export function checkSets(
  { training, test, model }: Sets,
  shots: number,
): { test: Dataset; first: number[] } {
  const { classes, width, height, channels } = training;
  const input = model?.input ?? { width, height, channels, ...rawValues };
  alignLabels(training, classes, input);
  const aligned = alignLabels(test, classes, input);
  classes.forEach((name, c) => {
    const taught = training.labels.filter((label) => label === c).length;
    const asked = aligned.labels.filter((label) => label === c).length;
    if (taught === 0 || asked === 0) {
      throw new HffError(
        'data/empty',
        `data set: expected samples of class "${name}" to learn from and to test with, got ${taught} and ${asked}.`,
      );
    }
    if (taught < shots) {
      throw new HffError(
        'option/invalid',
        `shots: expected at most ${taught}, since there are so many training samples of class "${name}", got ${shots}.`,
      );
    }
  });
  return { test: aligned, first: knownClasses(classes, model) };
}

function knownClasses(classes: readonly string[], model: Model | undefined): number[] {
  return (model?.labels ?? []).map((label) => {
    const known = classes.indexOf(label);
    if (known >= 0) return known;
    throw new HffError(
      'data/labels',
      `model: expected classes of the data set (${classes.join(', ').slice(0, 200)}), got "${label}". Choose a model that was trained on some of them.`,
    );
  });
}
