/**
 * tfjs on WebAssembly: convolutions as its user would write them, by its own operations on tensors and
 * with bias and ReLU fused into them, which is its best.
 */
import * as tf from '@tensorflow/tfjs-core';
import { pooledOf, unitSize } from '../../sdk/src/hff/conv-shape.ts';
import type { ConvSpec, LayerSpec } from '../../sdk/src/hff/layer-spec.ts';
import { type Engine, float32Tolerance } from './engine.ts';
import type { SampleNetwork } from './sample-network.ts';

/** Shorter rows become zero with us and stay below length 1 here. */
const shortestNorm = 1e-6;

/**
 * To be called when tfjs has started.
 * @param network of convolutions with one prototype per class, of which the last alone decides
 */
export function tfjsConvolution({ spec, weights }: SampleNetwork, rows: number): Engine {
  const layers = spec.network.layers.map((layer, index) => {
    const conv = convolution(layer);
    const numbers = (key: string): Float32Array =>
      weights.get(`layers.${index}.${key}`) as Float32Array;
    const { kernel, inputs, channels, aux } = conv;
    return {
      conv,
      weight: tf.tensor4d(numbers('weight'), [kernel, kernel, inputs.channels, channels]),
      bias: tf.tensor1d(numbers('bias')),
      aux: tf.tensor4d(numbers('aux'), [1, 1, channels, aux]),
      prototypes: tf.tensor2d(numbers('prototypes'), [conv.prototypes.length, unitSize(conv)]),
    };
  });
  const { width, height, channels } = spec.input;
  const last = layers.at(-1) as (typeof layers)[number];
  const votes = (samples: Float32Array): tf.Tensor => {
    let x = tf.tensor4d(samples, [rows, height, width, channels]);
    for (const { conv, weight, bias } of layers) {
      const { stride, padding, pool } = conv;
      const settings = { filter: weight, bias, strides: stride, pad: padding };
      const map = tf.fused.conv2d({ x, ...settings, activation: 'relu' });
      x = tf.maxPool(map, pool, pool, 'valid');
    }
    const { conv, aux, prototypes } = last;
    const side = pooledOf(conv).width / conv.grid;
    const cells = tf.avgPool(x, side, side, 'valid');
    const features = tf.reshape(tf.conv2d(cells, aux, 1, 'valid'), [rows, unitSize(conv)]);
    const norm = tf.maximum(tf.norm(features, 'euclidean', 1, true), shortestNorm);
    return tf.matMul(tf.div(features, norm), prototypes, false, true);
  };
  return {
    name: 'tfjs-wasm',
    tolerance: float32Tolerance,
    classify(x) {
      const result = tf.tidy(() => votes(x));
      const numbers = result.dataSync<'float32'>();
      result.dispose();
      return numbers;
    },
  };
}

function convolution(layer: LayerSpec): ConvSpec {
  if (layer.type === 'conv') return layer;
  throw new Error(`Expected convolutions, got a layer of kind ${layer.type}.`);
}
