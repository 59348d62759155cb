/**
 * `@hff-edge/sdk/features`: models that learn on features of any backbone, of Transformers.js, MediaPipe,
 * tfjs or a server, without layers of their own. A file of some kilobytes goes wherever models go; what
 * it knows it learns there.
 * @example
 * import { openModel } from '@hff-edge/sdk';
 * import { featureModel } from '@hff-edge/sdk/features';
 * const source = featureModel({ name: 'pets', dimensions: 384, of: 'dinov2-small' });
 * const model = await openModel('pets', { source });
 * await model.learn(embedding, 'my cat');
 * const { label, unknown } = await model.classify(other);
 * @module @hff-edge/sdk/features
 */
import { checkOption } from './check-option.ts';
import { checkSpec } from './format/check-spec.ts';
import { mostGiven } from './format/model-spec.ts';
import { writeSnapshot } from './format/write-snapshot.ts';
import { baselessCalibration } from './learn/baseless-readout.ts';

export { HffError, type HffErrorCode } from './error.ts';

export interface FeatureModelOptions {
  /** Of the model: 1 to 64 lower-case letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  /** D, numbers of a sample's features, 1 to 4096: a new head takes D³ steps. */
  readonly dimensions: number;
  /**
   * Names what makes the features, 1 to 256 characters: what was learned on those of one backbone is
   * refused by models on those of another.
   */
  readonly of: string;
}

/**
 * The bytes of a model that knows no class yet, for `loadModel`, `openModel` and `importModel`. The same
 * options give the same bytes, so that devices which begin apart can be joined. Features come to length
 * 1 in the model: their scale does not matter.
 * @experimental
 * @throws HffError `option/invalid`, `snapshot/inconsistent` for a name that is none
 */
export function featureModel({ name, dimensions, of }: FeatureModelOptions): Uint8Array {
  checkOption('dimensions', dimensions, 1, mostGiven, Number.isInteger(dimensions));
  const spec = checkSpec({
    name,
    version: 1,
    labels: [],
    input: {
      width: dimensions,
      height: 1,
      channels: 1,
      range: null,
      mean: [0],
      deviation: [1],
      fit: null,
    },
    network: {
      layers: [{ type: 'given', inputs: dimensions, units: dimensions, of }],
      sharpness: 1,
      scale: 1,
      voters: [0],
    },
    training: null,
    statistics: { counts: [], directions: 1, calibration: baselessCalibration },
  });
  const none = new Float32Array();
  const zeros = new Float32Array(dimensions);
  const weights = new Map([
    ['head.weights', none],
    ['head.offsets', none],
    ['head.expected', none],
    ['head.deviations', none],
    ['head.reaches', none],
    ['statistics.means', none],
    ['statistics.directions', zeros],
    ['statistics.variances', zeros],
  ]);
  return writeSnapshot({ spec, weights });
}
