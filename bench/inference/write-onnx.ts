/**
 * A model as ONNX, for engines that are not ours: standardised samples in, the mean scores of the
 * voting layers out. Everything before (image fitting, standardising) and after (softmax) is left
 * to the caller.
 *
 * Legend: N samples, C classes, D_in inputs.
 */
import { inputSize } from '../../sdk/src/data/input-spec.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { OnnxGraph } from './onnx.ts';
import { addImages, addMap, addMapUnit } from './onnx-convolution.ts';
import { addOutput, addUnit } from './onnx-dense.ts';
import { addConstants, addScores, type OnnxLayer } from './onnx-layer.ts';

/**
 * @returns a model with the input `x`, [N, D_in], and the output `votes`, [N, C]
 * @throws Error for what it cannot express: classes with different numbers of prototypes, features
 *   made elsewhere, dense layers behind convolutions, grids that do not part a map evenly
 */
export function writeOnnx({ spec, weights }: Snapshot): Uint8Array {
  const { layers, voters, sharpness } = spec.network;
  const graph = new OnnxGraph();
  addConstants(graph);
  let x = graph.declare('input', 'x', ['N', inputSize(spec.input)]);
  const scores: string[] = [];
  const last = Math.max(...voters);
  layers.slice(0, last + 1).forEach((layer, index) => {
    const name = `layers.${index}`;
    const own: OnnxLayer = {
      graph,
      name,
      numbers: (key) => weights.get(`${name}.${key}`) as Float32Array,
    };
    const votes = voters.includes(index);
    if (layer.type === 'conv') {
      x = addMap(own, layer, index === 0 ? addImages(own, layer, x) : x);
      if (votes) scores.push(addScores(own, layer, addMapUnit(own, layer, x), sharpness));
    } else if (layer.type === 'dense' && layers[index - 1]?.type !== 'conv') {
      const unit = addUnit(own, layer, x);
      if (votes) scores.push(addScores(own, layer, unit, sharpness));
      if (index < last) x = addOutput(own, layer, unit);
    } else {
      throw new Error(`${name}: expected convolutions or dense layers alone, got ${layer.type}.`);
    }
  });
  graph.node('Mean', scores, graph.declare('output', 'votes', ['N', spec.labels.length]));
  return graph.toModel(spec.name);
}
