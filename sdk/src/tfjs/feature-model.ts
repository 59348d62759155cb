/** Any tfjs model as a function from a batch of inputs to one row of features per sample. */
import * as tf from '@tensorflow/tfjs-core';
import { HffError } from '../error.ts';

export type Outputs = tf.Tensor | tf.Tensor[] | tf.NamedTensorMap;

/** What GraphModel and LayersModel of tfjs have in common. */
export interface FeatureModel {
  predict(inputs: tf.Tensor): Outputs;
  /** The value of one tensor within, by its name. */
  execute(inputs: tf.Tensor, output: string): Outputs;
}

/**
 * Whatever lies between the first and the last dimension of the model's output, [N, …, D], is
 * averaged: a feature map becomes its global average.
 * @param inputs [N, …]
 * @param output name of the tensor within the model to read in place of its own output
 * @returns [N, D], the caller's to dispose
 * @throws HffError `option/invalid` when the model refuses the inputs or gives no such rows
 */
export function modelFeatures(
  model: FeatureModel,
  inputs: tf.Tensor,
  output: string | undefined,
): tf.Tensor2D {
  return tf.tidy(() => {
    const features = onlyTensor(run(model, inputs, output));
    const { dtype, shape } = features;
    if (dtype !== 'float32') refuse('float32 features', dtype, 'Choose an earlier `output`.');
    if (shape.length < 2) refuse('an output of shape [N, …, D]', `[${shape}]`, otherOutput);
    if (shape[0] !== inputs.shape[0]) {
      refuse(
        `${inputs.shape[0]} rows for as many samples`,
        `shape [${shape}]`,
        'A model made for a fixed batch can serve if that is 1, with `batchSize: 1`.',
      );
    }
    const places = tf.reshape(features, [shape[0], -1, shape.at(-1) as number]);
    return tf.mean(places, 1);
  });
}

const otherOutput =
  'Name another by `output`: a node of a GraphModel, or `model.getLayer(…).output.name` of a LayersModel.';

function run(model: FeatureModel, inputs: tf.Tensor, output: string | undefined): Outputs {
  try {
    return output === undefined ? model.predict(inputs) : model.execute(inputs, output);
  } catch (cause) {
    throw new HffError(
      'option/invalid',
      `backbone: expected a model that takes inputs of shape [${inputs.shape}], got its refusal (${cause}). Check \`input\`, \`output\` and \`batchSize\`.`,
      { cause },
    );
  }
}

function onlyTensor(outputs: Outputs): tf.Tensor {
  if (outputs instanceof tf.Tensor) return outputs;
  const tensors = Object.values(outputs);
  if (tensors.length !== 1) refuse('one output', `${tensors.length} tensors`, otherOutput);
  return tensors[0] as tf.Tensor;
}

function refuse(expected: string, got: string, advice: string): never {
  throw new HffError(
    'option/invalid',
    `backbone: expected ${expected}, got ${got} from the model. ${advice}`,
  );
}
