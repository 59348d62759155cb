/** Deciding by an image and its mirror image. */
import { expect, it } from 'vitest';
import { withMirrorImages } from '../../bench/reproduce/test-accuracy.ts';
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';

it('averages the scores of both', () => {
  const input = { width: 3, height: 2, channels: 2 } as InputSpec;
  const asked: number[][] = [];
  const network = {
    layers: [0],
    vote: ([scores = new Float32Array()]: readonly Float32Array[]) => scores,
    forward: (samples: Float32Array) => {
      asked.push([...samples]);
      return [samples.slice(0, 2)];
    },
  };
  const image = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  const [scores] = withMirrorImages(network, input).forward(image, 1);
  expect(asked).toEqual([[...image], [5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8]]);
  expect(scores).toEqual(Float32Array.of(3, 4));
});
