/**
 * What layers of all kinds have in common in ONNX: the unit sphere and the class scores.
 *
 * Legend: N samples, C classes, D features, P prototypes of all classes, K of each.
 */
import type { TrainableSpec } from '../../sdk/src/hff/layer-spec.ts';
import type { OnnxGraph } from './onnx.ts';

/** Where a layer's operations go. */
export interface OnnxLayer {
  readonly graph: OnnxGraph;
  /** Prefix of the names of its values. */
  readonly name: string;
  /** A parameter of its own, by key. */
  readonly numbers: (key: string) => Float32Array;
}

/** Guards the division. Shorter rows become zero with us and stay below length 1 in ONNX. */
const shortestNorm = 1e-6;

/** What {@link addProjection} needs once in a graph. */
export function addConstants(graph: OnnxGraph): void {
  graph.integers('across', [1]);
  graph.floats('shortestNorm', [], [shortestNorm]);
}

/** a [N, D] → unit sphere, [N, D]. */
export function addProjection({ graph, name }: OnnxLayer, a: string): string {
  const norm = graph.node('ReduceL2', [a, 'across'], `${name}.norm`);
  const divisor = graph.node('Max', [norm, 'shortestNorm'], `${name}.divisor`);
  return graph.node('Div', [a, divisor], `${name}.unit`);
}

/** unit [N, D] → class scores, [N, C]: the soft maximum of `class-scores.ts`. */
export function addScores(
  { graph, name, numbers }: OnnxLayer,
  { prototypes }: TrainableSpec,
  unit: string,
  sharpness: number,
): string {
  const each = prototypes[0] as number;
  if (prototypes.some((count) => count !== each)) {
    throw new Error(`${name}: expected as many prototypes for each class, got ${prototypes}.`);
  }
  const total = each * prototypes.length;
  const rows = numbers('prototypes');
  const size = rows.length / total;
  const columns = Float32Array.from(
    rows,
    (_, i) => rows[(i % total) * size + Math.floor(i / total)] as number,
  );
  const transposed = graph.floats(`${name}.prototypes`, [size, total], columns);
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
