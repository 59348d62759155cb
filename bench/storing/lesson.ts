/** What is learned one by one: a thousand drawn digits, the same ones everywhere. */
import type { Model } from '@hff-edge/sdk';
import { mnistDigit } from '../../test/support/render-digit.ts';

export const lessonLength = 1000;

export interface LabelledDigit {
  readonly sample: Uint8Array;
  readonly label: string;
}

export function drawLesson(): LabelledDigit[] {
  return Array.from({ length: lessonLength }, (_, n) => ({
    sample: mnistDigit(n % 10, n),
    label: String(n % 10),
  }));
}

/** One view of each, one after the other. */
export async function teach(model: Model, lesson: readonly LabelledDigit[]): Promise<void> {
  for (const { sample, label } of lesson) await model.learn(sample, label, { augment: false });
}

/** @throws Error where the model has not learned the lesson's beginning, and no more than that */
export async function checkLearned(model: Model, length: number): Promise<void> {
  for (const { label, learned } of await model.classes()) {
    const expected = Math.floor((length + 9 - Number(label)) / 10);
    if (learned === expected) continue;
    throw new Error(`Class ${label}: expected ${expected} samples, got ${learned}.`);
  }
}
