/** All that the network and the snapshot need to know of a kind of layer before there is one. */
import type { Backend } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import type { Layer } from './layer.ts';
import type { LayerSpec } from './layer-spec.ts';
import type { Random } from './random.ts';

/** Numbers of one layer by parameter name (`weight`), row-major. */
export type LayerWeights = ReadonlyMap<string, Numbers>;

export interface LayerUse {
  /** A frozen layer keeps its features for good, whatever its prototypes learn, and is faster. */
  readonly frozen: boolean;
  /** β of the class scores, > 0. */
  readonly sharpness: number;
}

export interface LayerKind<Spec extends LayerSpec> {
  /** Numbers of one sample that the layer takes and hands on. */
  inputSize(spec: Spec): number;
  outputSize(spec: Spec): number;
  /** Names of the parameters that an int8 snapshot quantises: matrices that freeze. */
  readonly quantised: readonly string[];
  /** Shape of each parameter, in the order of storage. */
  shapes(spec: Spec): ReadonlyMap<string, readonly number[]>;
  initialWeights(spec: Spec, random: Random): ReadonlyMap<string, Float32Array>;
  /** @param name prefix of the parameters' names */
  create(backend: Backend, name: string, spec: Spec, weights: LayerWeights, use: LayerUse): Layer;
}
