/** The baselines' forward pass in tfjs operations, written from the formulas and not from our code. */
import * as tf from '@tensorflow/tfjs';
import type { ConvSpec, LayerSpec } from '../../sdk/src/hff/layer-spec.ts';

/** Of the layer of this index; layers below hand on what they make of a batch that is learned from. */
export function logits(
  layers: readonly LayerSpec[],
  index: number,
  numbers: ReadonlyMap<string, tf.Tensor>,
  samples: Float32Array,
  rows: number,
): tf.Tensor2D {
  const of = (layer: number, key: string) => numbers.get(`layers.${layer}.${key}`) as tf.Tensor;
  let x: tf.Tensor = tf.tensor2d(samples, [rows, samples.length / rows]);
  for (const [i, layer] of layers.slice(0, index + 1).entries()) {
    x = layer.type === 'conv' ? convolved(x, layer, of(i, 'weight'), of(i, 'bias')) : x;
    if (layer.type !== 'dense') continue;
    const weight = of(i, 'weight').reshape([layer.inputs, layer.units]);
    x = tf.relu(tf.add(tf.matMul(x.reshape([rows, layer.inputs]), weight), of(i, 'bias')));
  }
  const last = layers[index] as LayerSpec;
  if (last.type === 'conv') x = cells(x as tf.Tensor4D, last, of(index, 'aux'));
  const features = x.reshape([rows, x.size / rows]) as tf.Tensor2D;
  const intercept = of(index, 'intercept');
  const classifier = of(index, 'classifier').reshape([x.size / rows, intercept.size]);
  return tf.add(tf.matMul(features, classifier as tf.Tensor2D), intercept);
}

export function meanCrossEntropy(scores: tf.Tensor2D, labels: readonly number[]): tf.Scalar {
  const truth = tf.oneHot(tf.tensor1d([...labels], 'int32'), scores.shape[1]);
  const own = tf.sum(tf.mul(tf.logSoftmax(scores), truth), 1);
  return tf.neg(tf.mean(own)) as tf.Scalar;
}

function convolved(x: tf.Tensor, spec: ConvSpec, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const { inputs, kernel, channels, pool } = spec;
  const images = x.reshape([-1, inputs.height, inputs.width, inputs.channels]) as tf.Tensor4D;
  const filter = weight.reshape([kernel, kernel, inputs.channels, channels]) as tf.Tensor4D;
  const sums = tf.conv2d(images, filter, spec.stride, 'same');
  const { mean, variance } = tf.moments(sums, [0, 1, 2]);
  const normalised = tf.div(tf.sub(sums, mean), tf.sqrt(tf.add(variance, 1e-5)));
  return tf.maxPool(tf.relu(tf.add(normalised, bias)) as tf.Tensor4D, pool, pool, 'valid');
}

/** Means over a grid that may share pixels, then the auxiliary convolution. */
function cells(map: tf.Tensor4D, { grid, aux, channels }: ConvSpec, weight: tf.Tensor): tf.Tensor {
  const [, height, width] = map.shape;
  const ends = (side: number, i: number) => [
    Math.floor((i * side) / grid),
    Math.ceil(((i + 1) * side) / grid),
  ];
  const means = Array.from({ length: grid * grid }, (_, cell) => {
    const [top = 0, bottom = 0] = ends(height, Math.floor(cell / grid));
    const [left = 0, right = 0] = ends(width, cell % grid);
    const part = tf.slice(map, [0, top, left, 0], [-1, bottom - top, right - left, -1]);
    return tf.mean(part, [1, 2]);
  });
  const rows = tf.stack(means, 1).reshape([-1, channels]) as tf.Tensor2D;
  return tf.matMul(rows, weight.reshape([channels, aux]) as tf.Tensor2D);
}
