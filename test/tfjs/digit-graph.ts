/**
 * A small convolutional net for digits as a GraphModel, made by hand as the converter would write
 * it: random filters, ReLU, averages over squares of 7 × 7 pixels. For Node, pages and Workers.
 *
 *   image [N, 28, 28, 1] → conv → relu [N, 28, 28, 16] → pool [N, 4, 4, 16] → flat [N, 256]
 */

import type { InputSpec } from '@hff-edge/sdk/tfjs';
import * as tf from '@tensorflow/tfjs';
import { Random } from '../../sdk/src/hff/random.ts';

/** The net takes grey values as they are in images. */
export const digitInput: InputSpec = {
  width: 28,
  height: 28,
  channels: 1,
  range: [0, 255],
  mean: [127.5],
  deviation: [127.5],
  fit: { mode: 'cover' },
};

export const filters = 16;
export const flatSize = 256;

/**
 * @param outputs nodes that `predict` gives
 * @param batch images at once, where the net is made for so many only
 */
export function digitGraph(outputs?: readonly string[], batch?: number): Promise<tf.GraphModel> {
  return tf.loadGraphModel(tf.io.fromMemory(digitArtifacts(outputs, batch)));
}

/** The net as its files hold it. */
export function digitArtifacts(
  outputs: readonly string[] = ['flat'],
  batch = -1,
): tf.io.ModelArtifacts & { weightData: ArrayBuffer } {
  const kernel = new Random(3).normals(5 * 5 * filters, 0.2);
  const integers = Int32Array.of(-1, flatSize, 1);
  const weightData = new Uint8Array(kernel.byteLength + integers.byteLength);
  weightData.set(new Uint8Array(kernel.buffer));
  weightData.set(new Uint8Array(integers.buffer), kernel.byteLength);
  const node = (name: string, op: string, input: string[], attr: object) => ({
    name,
    op,
    input,
    attr: { T: { type: 'DT_FLOAT' }, ...attr },
  });
  const window = (key: string, side: number) => ({ [key]: { list: { i: [1, side, side, 1] } } });
  const same = { padding: { s: btoa('SAME') }, data_format: { s: btoa('NHWC') } };
  const dim = [batch, 28, 28, 1].map((size) => ({ size }));
  const graph = {
    node: [
      node('image', 'Placeholder', [], { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim } } }),
      node('kernel', 'Const', [], { dtype: { type: 'DT_FLOAT' } }),
      node('shape', 'Const', [], { dtype: { type: 'DT_INT32' } }),
      node('conv', 'Conv2D', ['image', 'kernel'], {
        ...window('strides', 1),
        ...window('dilations', 1),
        ...same,
      }),
      node('relu', 'Relu', ['conv'], {}),
      node('pool', 'AvgPool', ['relu'], {
        ...window('strides', 7),
        ...window('ksize', 7),
        ...same,
      }),
      node('flat', 'Reshape', ['pool', 'shape'], {}),
      node('largest', 'ArgMax', ['flat', 'axis'], {}),
      node('axis', 'Const', [], { dtype: { type: 'DT_INT32' } }),
    ],
    versions: { producer: 1 },
  };
  const named = outputs.map((name) => [name, { name: `${name}:0` }]);
  return {
    format: 'graph-model',
    modelTopology: graph,
    signature: { inputs: { image: { name: 'image:0' } }, outputs: Object.fromEntries(named) },
    weightSpecs: [
      { name: 'kernel', shape: [5, 5, 1, filters], dtype: 'float32' },
      { name: 'shape', shape: [2], dtype: 'int32' },
      { name: 'axis', shape: [], dtype: 'int32' },
    ],
    weightData: weightData.buffer,
  };
}
