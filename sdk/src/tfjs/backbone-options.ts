/** What a backbone must be told of its model. */
import { type InputSpec, inputSize } from '../data/input-spec.ts';
import { HffError } from '../error.ts';

export interface BackboneOptions {
  /**
   * What the model was trained on, and how images are brought to it. It sees [N, height, width,
   * channels], or [N, width · channels] where the height is 1.
   */
  readonly input: InputSpec;
  /**
   * What to take in place of the model's own output: name of a GraphModel's node, or
   * `model.getLayer(…).output.name` of a LayersModel.
   */
  readonly output?: string;
  /** Samples that go through the model at once, from 1; 32 by default. It bounds the memory. */
  readonly batchSize?: number;
}

/** @throws HffError `option/invalid`, naming the option */
export function checkOptions({ input, batchSize = 1 }: BackboneOptions): void {
  const { channels, mean, deviation } = input;
  const counts = [1, channels, inputSize(input)];
  for (const [name, { length }] of Object.entries({ mean, deviation })) {
    if (!counts.includes(length) || length !== mean.length) {
      throw new HffError(
        'option/invalid',
        `input.${name}: expected ${counts.join(' or ')} numbers, as many in mean as in deviation, got ${length}.`,
      );
    }
  }
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new HffError(
      'option/invalid',
      `batchSize: expected a whole number from 1, got ${batchSize}.`,
    );
  }
}
