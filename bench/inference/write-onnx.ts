/**
 * A model as ONNX, for engines that are not ours: standardised samples in, the mean scores of the
 * voting layers out. Everything before (image fitting, standardising) and after (softmax) is left
 * to the caller.
 *
 * Legend: N samples, C classes, D units of a layer, D_in its inputs, P prototypes of all classes,
 * K prototypes per class.
 */
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import type { DenseSpec, LayerSpec } from '../../sdk/src/hff/layer-spec.ts';
import type { NetworkSpec, NetworkWeights } from '../../sdk/src/hff/network.ts';
import { OnnxGraph } from './onnx.ts';

/** Guards the division. Shorter rows become zero with us and stay below length 1 in ONNX. */
const shortestNorm = 1e-6;

/**
 * @returns a model with the input `x`, [N, D_in], and the output `votes`, [N, C]
 * @throws Error for layers whose classes have different numbers of prototypes, and for convolutions
 */
export function writeOnnx({ spec, weights }: Snapshot): Uint8Array {
  const { voters } = spec.network;
  const layers = spec.network.layers.map(dense);
  const graph = new OnnxGraph();
  graph.integers('across', [1]);
  graph.floats('shortestNorm', [], [shortestNorm]);
  let x = graph.declare('input', 'x', ['N', (layers[0] as DenseSpec).inputs]);
  const scores: string[] = [];
  const last = Math.max(...voters);
  layers.slice(0, last + 1).forEach((layer, index) => {
    const unit = addUnit(graph, `layers.${index}`, layer, weights, x);
    if (voters.includes(index)) {
      scores.push(addScores(graph, `layers.${index}`, layer, weights, unit, spec.network));
    }
    if (index < last) {
      const length = graph.floats(`layers.${index}.length`, [], [Math.sqrt(layer.units)]);
      x = graph.node('Mul', [unit, length], `layers.${index}.output`);
    }
  });
  graph.node('Mean', scores, graph.declare('output', 'votes', ['N', spec.labels.length]));
  return graph.toModel(spec.name);
}

function dense(layer: LayerSpec): DenseSpec {
  if (layer.type === 'dense') return layer;
  throw new Error(`Expected dense layers, got one of kind ${layer.type}.`);
}

/** x [N, D_in] → ReLU(x W + b) → unit sphere, [N, D]. */
function addUnit(
  graph: OnnxGraph,
  name: string,
  { inputs, units }: DenseSpec,
  weights: NetworkWeights,
  x: string,
): string {
  const weight = graph.floats(`${name}.weight`, [inputs, units], stored(weights, `${name}.weight`));
  const bias = graph.floats(`${name}.bias`, [units], stored(weights, `${name}.bias`));
  const affine = graph.node('Gemm', [x, weight, bias], `${name}.affine`);
  const activation = graph.node('Relu', [affine], `${name}.activation`);
  const norm = graph.node('ReduceL2', [activation, 'across'], `${name}.norm`);
  const divisor = graph.node('Max', [norm, 'shortestNorm'], `${name}.divisor`);
  return graph.node('Div', [activation, divisor], `${name}.unit`);
}

/** unit [N, D] → class scores, [N, C]: the soft maximum of `class-scores.ts`. */
function addScores(
  graph: OnnxGraph,
  name: string,
  { prototypes, units }: DenseSpec,
  weights: NetworkWeights,
  unit: string,
  { sharpness }: NetworkSpec,
): string {
  const each = prototypes[0] as number;
  if (prototypes.some((count) => count !== each)) {
    throw new Error(`${name}: expected as many prototypes for each class, got ${prototypes}.`);
  }
  const total = each * prototypes.length;
  const rows = stored(weights, `${name}.prototypes`);
  const columns = Float32Array.from(
    rows,
    (_, i) => rows[(i % total) * units + Math.floor(i / total)] as number,
  );
  const transposed = graph.floats(`${name}.prototypes`, [units, total], columns);
  const cosines = graph.node('MatMul', [unit, transposed], `${name}.cosines`);
  if (each === 1) return cosines;
  const shape = graph.integers(`${name}.byClass`, [-1, prototypes.length, each]);
  const axis = graph.integers(`${name}.withinClass`, [2]);
  const beta = graph.floats(`${name}.sharpness`, [], [sharpness]);
  const count = graph.floats(`${name}.logCount`, [], [Math.log(each)]);
  const byClass = graph.node('Reshape', [cosines, shape], `${name}.cosinesByClass`);
  const sharp = graph.node('Mul', [byClass, beta], `${name}.sharpCosines`);
  const sum = graph.node('ReduceLogSumExp', [sharp, axis], `${name}.sum`, { keepdims: 0 });
  const mean = graph.node('Sub', [sum, count], `${name}.mean`);
  return graph.node('Div', [mean, beta], `${name}.scores`);
}

function stored(weights: NetworkWeights, name: string): Float32Array {
  return weights.get(name) as Float32Array;
}
