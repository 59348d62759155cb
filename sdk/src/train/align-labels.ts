/** Makes a data set's class indices those of a model, by the classes' names. */
import type { Dataset } from '../data/dataset.ts';
import type { InputSpec } from '../data/input-spec.ts';
import { HffError } from '../error.ts';

/**
 * @param labels the model's class names
 * @throws HffError `data/labels` when the set has a class that the model lacks, `input/shape` when
 * its samples have another size
 */
export function alignLabels(
  dataset: Dataset,
  labels: readonly string[],
  input: InputSpec,
): Dataset {
  const { width, height, channels, classes } = dataset;
  if (width !== input.width || height !== input.height || channels !== input.channels) {
    throw new HffError(
      'input/shape',
      `data set: expected samples of ${input.width}×${input.height}×${input.channels}, got ${width}×${height}×${channels}.`,
    );
  }
  const indices = classes.map((name) => {
    const index = labels.indexOf(name);
    if (index < 0) {
      throw new HffError(
        'data/labels',
        `data set: the class "${name}" is not one of the model's ${labels.length}: ${labels.join(', ').slice(0, 200)}.`,
      );
    }
    return index;
  });
  return {
    ...dataset,
    classes: labels,
    labels: dataset.labels.map((label) => indices[label] as number),
  };
}
