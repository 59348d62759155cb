/** From a data set and a few numbers to the spec of an untrained model. */
import { checkDataset } from '../data/check-dataset.ts';
import type { Dataset } from '../data/dataset.ts';
import { describeInput } from '../data/describe-input.ts';
import type { ImageFit } from '../data/input-spec.ts';
import { checkSpec } from '../format/check-spec.ts';
import type { ModelSpec } from '../format/model-spec.ts';
import { designLayers, type LayerSize } from './design-layers.ts';

export interface DesignOptions {
  readonly name: string;
  /** Each layer: units of a dense one, or channels and pooling of a convolutional one. */
  readonly units: readonly LayerSize[];
  /** K, prototypes per class and layer. */
  readonly prototypes: number;
  /** β of the class scores. */
  readonly sharpness: number;
  /** γ of loss and probabilities. */
  readonly scale: number;
  /**
   * Layers that vote, from 0; by default all but the first, which is the weakest, and behind
   * convolutions the last alone.
   */
  readonly voters?: readonly number[];
  /**
   * Layers whose units are the features that statistics are of, from 0; all by default, and behind
   * convolutions the last alone.
   */
  readonly features?: readonly number[];
  /** How images of another size are fitted; null for data that are no images. */
  readonly fit: ImageFit | null;
}

/** @throws HffError `snapshot/inconsistent` when the numbers make no model */
export function designModel(dataset: Dataset, options: DesignOptions): ModelSpec {
  checkDataset(dataset);
  const { name, units, prototypes, sharpness, scale, fit } = options;
  const input = describeInput(dataset, fit);
  const layers = designLayers(
    units,
    input,
    dataset.classes.map(() => prototypes),
  );
  const last = layers.some(({ type }) => type === 'conv') ? [layers.length - 1] : undefined;
  const voters = options.voters ?? last ?? units.map((_, i) => i).slice(units.length > 1 ? 1 : 0);
  const features = options.features ?? last;
  return checkSpec({
    name,
    version: 1,
    labels: dataset.classes,
    input,
    network: {
      layers,
      sharpness,
      scale,
      voters,
      ...(features && { features }),
    },
    training: null,
  });
}
