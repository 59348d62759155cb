/** From a data set and a few numbers to the spec of an untrained model. */
import { checkDataset } from '../data/check-dataset.ts';
import type { Dataset } from '../data/dataset.ts';
import { describeInput } from '../data/describe-input.ts';
import { type ImageFit, inputSize } from '../data/input-spec.ts';
import { checkSpec } from '../format/check-spec.ts';
import type { ModelSpec } from '../format/model-spec.ts';

export interface DesignOptions {
  readonly name: string;
  /** Units of each layer. */
  readonly units: readonly number[];
  /** K, prototypes per class and layer. */
  readonly prototypes: number;
  /** β of the class scores. */
  readonly sharpness: number;
  /** γ of loss and probabilities. */
  readonly scale: number;
  /** Layers that vote, from 0; by default all but the first, which is the weakest. */
  readonly voters?: readonly number[];
  /** Layers whose units are the features that statistics are of, from 0; all by default. */
  readonly features?: readonly number[];
  /** How images of another size are fitted; null for data that are no images. */
  readonly fit: ImageFit | null;
}

/** @throws HffError `snapshot/inconsistent` when the numbers make no model */
export function designModel(dataset: Dataset, options: DesignOptions): ModelSpec {
  checkDataset(dataset);
  const { name, units, prototypes, sharpness, scale, fit } = options;
  const input = describeInput(dataset, fit);
  const sizes = [inputSize(input), ...units];
  const voters = options.voters ?? units.map((_, i) => i).slice(units.length > 1 ? 1 : 0);
  return checkSpec({
    name,
    version: 1,
    labels: dataset.classes,
    input,
    network: {
      layers: units.map((width, i) => ({
        type: 'dense',
        inputs: sizes[i],
        units: width,
        prototypes: dataset.classes.map(() => prototypes),
      })),
      sharpness,
      scale,
      voters,
      ...(options.features && { features: options.features }),
    },
    training: null,
  });
}
