/** Small sets and plans that train in a second, in Node and in a page. */
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { designModel } from '../../sdk/src/train/design-model.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import { mnistDigit } from '../support/render-digit.ts';

const classes = ['0', '1', '2'];

function digits(samples: number): Dataset {
  const inputs = new Uint8Array(samples * 784);
  const labels = Uint16Array.from({ length: samples }, (_, i) => i % classes.length);
  labels.forEach((digit, i) => {
    inputs.set(mnistDigit(digit, i), i * 784);
  });
  return { inputs, labels, classes, width: 28, height: 28, channels: 1 };
}

export const dataset: Dataset = digits(240);

/** @param units as `designModel` takes them */
export function planOf(units: readonly (number | { channels: number })[]): TrainingPlan {
  const design = { name: 'drawn', prototypes: 2, sharpness: 30, scale: 20, fit: null };
  return {
    spec: designModel(dataset, { ...design, units }),
    options: {
      epochs: 3,
      batchSize: 32,
      learningRate: 3e-3,
      warmUp: 5,
      margin: 0.05,
      dropout: 0.2,
      noise: 0.1,
      augment: { shift: 2, rotate: 15, zoom: 0.1, flip: false },
      seed: 5,
    },
    holdoutShare: 0.2,
    data: 'drawn digits',
  };
}
