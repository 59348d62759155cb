/** How well a network decides on a test set, image by image, or together with mirror images. */
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';
import { type Decider, evaluate } from '../../sdk/src/train/evaluate.ts';
import { meanScores } from '../baselines/baseline.ts';
import type { TestAccuracy } from './run-result.ts';

/** @param layers indices of the layers that the network has scores of */
export function testAccuracy(
  network: Decider,
  layers: readonly number[],
  dataset: Dataset,
  input: InputSpec,
): TestAccuracy {
  const { accuracy, layerAccuracies } = evaluate(network, dataset, input);
  return {
    decision: accuracy,
    layers: layers.map((layer, i) => ({ layer, accuracy: layerAccuracies[i] as number })),
  };
}

/** Decides by the mean scores of an image and its mirror image. */
export function withMirrorImages(network: Decider, input: InputSpec): Decider {
  return {
    layers: network.layers,
    vote: (layerScores) => network.vote(layerScores),
    forward: (samples, rows) => {
      const plain = network.forward(samples, rows);
      const mirrored = network.forward(mirror(samples, input), rows);
      return plain.map((scores, i) => meanScores([scores, mirrored[i] as Float32Array]));
    },
  };
}

/** Left and right exchanged in images [N, height · width · channels]. */
function mirror(
  images: Float32Array,
  { width, channels }: Pick<InputSpec, 'width' | 'channels'>,
): Float32Array {
  const mirrored = new Float32Array(images.length);
  const line = width * channels;
  for (let start = 0; start < images.length; start += line) {
    for (let x = 0; x < width; x++) {
      const from = start + (width - 1 - x) * channels;
      mirrored.set(images.subarray(from, from + channels), start + x * channels);
    }
  }
  return mirrored;
}
