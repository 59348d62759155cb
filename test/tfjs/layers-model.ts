/** A small convolutional net for digits as a LayersModel with random weights. */
import * as tf from '@tensorflow/tfjs';

/** It ends in a feature map, [N, 4, 4, 6]. */
export function layersModel(): tf.LayersModel {
  const conv = { kernelSize: 5, activation: 'relu' } as const;
  const seeded = (seed: number) => tf.initializers.randomNormal({ stddev: 0.3, seed });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...conv,
        inputShape: [28, 28, 1],
        filters: 8,
        strides: 2,
        kernelInitializer: seeded(1),
      }),
      tf.layers.conv2d({ ...conv, filters: 6, strides: 2, kernelInitializer: seeded(2) }),
    ],
  });
}
