/**
 * The kernels in `sdk/assembly` as the host sees them. Addresses are bytes in the memory, counts are
 * numbers; the docstrings are there.
 */
type Kernel<Parameters extends readonly string[], Result = void> = (
  ...parameters: { [Index in keyof Parameters]: number }
) => Result;

/** `sdk/assembly/index.ts`. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly affineFloat32: Kernel<
    ['out', 'x', 'weight', 'bias', 'inputSums', 'background', 'inputs', 'units', 'room']
  >;
  readonly affineInt8: Kernel<
    ['out', 'x', 'weight', 'scales', 'bias', 'inputSums', 'background', 'inputs', 'units', 'room']
  >;
  readonly sumPanels: Kernel<['out', 'weight', 'scales', 'inputs', 'units']>;
  readonly pickBackground: Kernel<['x', 'inputs'], number>;
  readonly classScores: Kernel<
    ['scores', 'cosines', 'offsets', 'rows', 'classes', 'sharpness', 'room']
  >;
  readonly dotRows: Kernel<['out', 'matrix', 'a', 'rows', 'columns']>;
  readonly addBiasRelu: Kernel<['a', 'bias', 'rows', 'columns']>;
  /** 1 or 0. */
  readonly allFinite: Kernel<['a', 'count'], number>;
  readonly scale: Kernel<['out', 'a', 'count', 'factor']>;
  readonly decodeFloat16: Kernel<['out', 'halves', 'count']>;
  readonly multiply: Kernel<
    ['out', 'a', 'b', 'm', 'n', 'k', 'aRow', 'aColumn', 'bRow', 'bColumn', 'room']
  >;
  readonly multiplyPanels: Kernel<['out', 'x', 'weight', 'scales', 'm', 'n', 'k', 'room']>;
  readonly multiplyRoom: Kernel<['m'], number>;
  /** 1 or 0. */
  readonly freezeFloat16: Kernel<['panels', 'halves', 'rows', 'units', 'inputs'], number>;
  /** 1 or 0. */
  readonly freezeFloat32: Kernel<['panels', 'values', 'rows', 'units', 'inputs'], number>;
  /** 1. */
  readonly freezeInt8: Kernel<['panels', 'values', 'rows', 'units', 'inputs'], number>;
  readonly panelsBytes: Kernel<['inputs', 'units', 'int8'], number>;
  readonly project: Kernel<['unit', 'inverseNorm', 'a', 'rows', 'columns']>;
}

/** `sdk/assembly/extra.ts`. */
export interface ExtraKernels {
  readonly addOuter: Kernel<['matrix', 'rows', 'count', 'order', 'factor', 'size', 'room']>;
  /** A row, or −1. */
  readonly factorTriangle: Kernel<['matrix', 'order', 'room'], number>;
  readonly solveTriangle: Kernel<['strips', 'matrix', 'order', 'count']>;
  readonly triangleBytes: Kernel<['order'], number>;
  readonly triangleRoom: Kernel<['order'], number>;
  readonly classScoresGradient: Kernel<
    ['out', 'gradient', 'scores', 'cosines', 'offsets', 'rows', 'classes', 'sharpness']
  >;
  readonly adam: Kernel<['gradient', 'first', 'second', 'count', 'beta1', 'beta2', 'epsilon']>;
  readonly addScaled: Kernel<['out', 'a', 'count', 'factor']>;
  readonly columnSums: Kernel<['out', 'a', 'rows', 'columns']>;
  readonly hadamard: Kernel<['out', 'a', 'b', 'count']>;
  readonly normaliseRows: Kernel<['a', 'rows', 'columns']>;
  readonly sphereGradient: Kernel<['out', 'unit', 'inverseNorm', 'v', 'rows', 'columns', 'relu']>;
  readonly tangent: Kernel<['direction', 'p', 'rows', 'columns']>;
  readonly columnMoments: Kernel<['mean', 'variance', 'a', 'rows', 'columns']>;
  readonly standardise: Kernel<['a', 'mean', 'variance', 'rows', 'columns', 'room']>;
  readonly standardiseGradient: Kernel<['v', 'z', 'variance', 'rows', 'columns', 'room']>;
  readonly takePatches: Kernel<
    [
      'out',
      'images',
      'first',
      'count',
      'width',
      'height',
      'channels',
      'side',
      'stride',
      'padding',
      'across',
      'down',
    ]
  >;
  readonly maxPool: Kernel<['out', 'images', 'samples', 'width', 'height', 'channels', 'side']>;
  readonly maxPoolGradient: Kernel<
    ['images', 'pooled', 'v', 'samples', 'width', 'height', 'channels', 'side']
  >;
  readonly averagePool: Kernel<['out', 'images', 'samples', 'width', 'height', 'channels', 'grid']>;
  readonly averagePoolGradient: Kernel<
    ['out', 'v', 'samples', 'width', 'height', 'channels', 'grid']
  >;
}

/** An instance with a memory of its own, so that its end gives all of it back. */
export function instantiateKernels(module: WebAssembly.Module): Kernels {
  return new WebAssembly.Instance(module).exports as unknown as Kernels;
}

/** An instance that works in the memory of another. */
export function instantiateExtra(module: WebAssembly.Module, { memory }: Kernels): ExtraKernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as ExtraKernels;
}
