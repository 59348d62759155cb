/**
 * A convolutional layer in ONNX, whose images have their channels first.
 *
 * Legend: N samples, H lines, W pixels of a line, D_in channels, D of the map, A auxiliary ones.
 */
import { pooledOf } from '../../sdk/src/hff/conv-shape.ts';
import type { ConvSpec } from '../../sdk/src/hff/layer-spec.ts';
import { addProjection, type OnnxLayer } from './onnx-layer.ts';

/** Samples [N, H · W · D_in] → images, [N, D_in, H, W]. */
export function addImages({ graph, name }: OnnxLayer, { inputs }: ConvSpec, x: string): string {
  const { height, width, channels } = inputs;
  const shape = graph.integers(`${name}.image`, [-1, height, width, channels]);
  const pixels = graph.node('Reshape', [x, shape], `${name}.pixels`);
  return graph.node('Transpose', [pixels], `${name}.channels`, { perm: [0, 3, 1, 2] });
}

/** x [N, D_in, H, W] → convolution, ReLU and pooling, [N, D, H / pool, W / pool]. */
export function addMap({ graph, name, numbers }: OnnxLayer, spec: ConvSpec, x: string): string {
  const { kernel, stride, padding, channels, pool } = spec;
  const seen = spec.inputs.channels;
  const rows = numbers('weight');
  const area = kernel * kernel;
  const byChannel = Float32Array.from(rows, (_, i) => {
    const [unit, from, pixel] = [Math.floor(i / (seen * area)), Math.floor(i / area), i % area];
    return rows[(pixel * seen + (from % seen)) * channels + unit] as number;
  });
  const weight = graph.floats(`${name}.weight`, [channels, seen, kernel, kernel], byChannel);
  const bias = graph.floats(`${name}.bias`, [channels], numbers('bias'));
  const sums = graph.node('Conv', [x, weight, bias], `${name}.sums`, {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  });
  const activation = graph.node('Relu', [sums], `${name}.activation`);
  const window = { kernel_shape: [pool, pool], strides: [pool, pool] };
  return graph.node('MaxPool', [activation], `${name}.output`, window);
}

/** The map [N, D, H, W] → means over the grid, auxiliary convolution, unit sphere: [N, grid² · A]. */
export function addMapUnit(layer: OnnxLayer, spec: ConvSpec, map: string): string {
  const { graph, name, numbers } = layer;
  const { channels, grid, aux } = spec;
  const { height, width } = pooledOf(spec);
  if (height % grid || width % grid) {
    throw new Error(`${name}: expected a grid that parts ${width}×${height} evenly, got ${grid}.`);
  }
  const cell = [height / grid, width / grid];
  const window = { kernel_shape: cell, strides: cell };
  const cells = graph.node('AveragePool', [map], `${name}.cells`, window);
  const rows = numbers('aux');
  const byChannel = Float32Array.from(
    rows,
    (_, i) => rows[(i % channels) * aux + Math.floor(i / channels)] as number,
  );
  const weight = graph.floats(`${name}.aux`, [aux, channels, 1, 1], byChannel);
  const made = graph.node('Conv', [cells, weight], `${name}.auxiliary`, { kernel_shape: [1, 1] });
  const byCell = graph.node('Transpose', [made], `${name}.byCell`, { perm: [0, 2, 3, 1] });
  const shape = graph.integers(`${name}.flat`, [-1, grid * grid * aux]);
  return addProjection(layer, graph.node('Reshape', [byCell, shape], `${name}.features`));
}
