/** Standardised samples of two kinds, since engines may skip what is zero or does not change. */
import { type InputSpec, inputSize } from '../../sdk/src/data/input-spec.ts';
import { standardise } from '../../sdk/src/data/standardise.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { mnistDigit } from '../../test/support/render-digit.ts';

/** Many, so that no engine profits from having just seen one. */
const sampleCount = 64;

export const sampleKinds: Readonly<Record<string, (input: InputSpec) => Float32Array[]>> = {
  /** No value is zero or like another: the worst case. */
  dense: (input) => {
    const random = new Random(2);
    return Array.from({ length: sampleCount }, () => random.normals(inputSize(input), 1));
  },
  digits: (input) =>
    Array.from({ length: sampleCount }, (_, i) => {
      const x = new Float32Array(inputSize(input));
      standardise(x, mnistDigit(i % 10, i), input, `digit ${i}`);
      return x;
    }),
};
