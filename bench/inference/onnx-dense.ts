/** A dense layer in ONNX. Legend: N samples, D_in inputs, D units. */
import type { DenseSpec } from '../../sdk/src/hff/layer-spec.ts';
import { addProjection, type OnnxLayer } from './onnx-layer.ts';

/** x [N, D_in] → ReLU(x W + b) → unit sphere, [N, D]. */
export function addUnit(layer: OnnxLayer, { inputs, units }: DenseSpec, x: string): string {
  const { graph, name, numbers } = layer;
  const weight = graph.floats(`${name}.weight`, [inputs, units], numbers('weight'));
  const bias = graph.floats(`${name}.bias`, [units], numbers('bias'));
  const affine = graph.node('Gemm', [x, weight, bias], `${name}.affine`);
  return addProjection(layer, graph.node('Relu', [affine], `${name}.activation`));
}

/** unit [N, D] → what is handed on, [N, D]. */
export function addOutput({ graph, name }: OnnxLayer, { units }: DenseSpec, unit: string): string {
  const length = graph.floats(`${name}.length`, [], [Math.sqrt(units)]);
  return graph.node('Mul', [unit, length], `${name}.output`);
}
