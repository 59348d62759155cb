/** How well a network decides on a test set. */
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import type { ViewOptions } from '../../sdk/src/data/image-views.ts';
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';
import { type Decider, evaluate } from '../../sdk/src/train/evaluate.ts';
import type { TestAccuracy } from './run-result.ts';

/** @param layers indices of the layers that the network has scores of */
export function testAccuracy(
  network: Decider,
  layers: readonly number[],
  dataset: Dataset,
  input: InputSpec,
  views: ViewOptions,
): TestAccuracy {
  const { accuracy, layerAccuracies } = evaluate(network, dataset, input, null, views);
  return {
    decision: accuracy,
    layers: layers.map((layer, i) => ({ layer, accuracy: layerAccuracies[i] as number })),
  };
}
