/** Drawn digits as a data set, and a short training run on them or on their features. */
import { type Dataset, designModel, type TrainingPlan } from '@hff-edge/sdk/tfjs';
import { mnistDigit } from '../support/render-digit.ts';

const classes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export function drawnDigits(samples: number, seed: number): Dataset {
  const inputs = new Uint8Array(samples * 784);
  const labels = Uint16Array.from({ length: samples }, (_, i) => i % 10);
  labels.forEach((digit, i) => {
    inputs.set(mnistDigit(digit, seed * 10_000 + i), i * 784);
  });
  return { inputs, labels, classes, width: 28, height: 28, channels: 1 };
}

export function shortPlan(dataset: Dataset, epochs: number): TrainingPlan {
  const design = { name: 'drawn', units: [40, 40], prototypes: 2, sharpness: 30, scale: 20 };
  return {
    spec: designModel(dataset, { ...design, fit: null }),
    options: {
      epochs,
      batchSize: 32,
      learningRate: 3e-3,
      margin: 0.05,
      dropout: 0.1,
      noise: 0.1,
      seed: 5,
    },
    holdoutShare: 0.1,
    data: 'drawn digits',
  };
}

/** Its samples one by one. */
export function imagesOf({ inputs, labels }: Dataset): Dataset['inputs'][] {
  return Array.from(labels, (_, i) => inputs.subarray(i * 784, (i + 1) * 784));
}
