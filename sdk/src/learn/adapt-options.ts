/** How a user has layers adapted. */
import type { Sample } from '../data/prepare-sample.ts';
import { HffError } from '../error.ts';
import type { AdaptSettings } from './adapt-training.ts';

export interface ExemplarOptions {
  /** Room for samples, in bytes, 0 for none; an image of 28 × 28 bytes takes 784, other numbers 4 each. */
  readonly bytes: number;
  /** Of the choice among samples; 1. */
  readonly seed?: number;
}

export interface AdaptOptions extends AdaptSettings {
  /** Samples besides the exemplars that the model keeps; equal ones count once. */
  readonly samples?: readonly Sample[];
  /** As many labels. */
  readonly labels?: readonly string[];
  /** Gives the adaptation up: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** @throws HffError `option/invalid` */
export function checkSettings({ epochs = 1, learningRate = 1, seed = 1 }: AdaptSettings): void {
  const expect = (name: string, ok: boolean, range: string, got: number): void => {
    if (ok) return;
    throw new HffError('option/invalid', `${name}: expected ${range}, got ${got}.`);
  };
  const whole = Number.isInteger(epochs) && epochs >= 1 && epochs <= 1000;
  expect('epochs', whole, 'a whole number from 1 to 1000', epochs);
  expect('learningRate', learningRate > 0 && learningRate <= 1, 'above 0, up to 1', learningRate);
  expect('seed', Number.isSafeInteger(seed), 'a whole number', seed);
}
