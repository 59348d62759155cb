/** All that the network and the snapshot need to know of a kind of layer before there is one. */
import type { Backend } from '../backend/backend.ts';
import type { Layer } from './layer.ts';
import type { LayerSpec } from './layer-spec.ts';
import type { Random } from './random.ts';

/** Numbers of one layer by parameter name (`weight`), row-major. */
export type LayerWeights = ReadonlyMap<string, Float32Array>;

export interface LayerKind<Spec extends LayerSpec> {
  /** Numbers of one sample that the layer takes and hands on. */
  inputSize(spec: Spec): number;
  outputSize(spec: Spec): number;
  /** Shape of each parameter, in the order of storage. */
  shapes(spec: Spec): ReadonlyMap<string, readonly number[]>;
  initialWeights(spec: Spec, random: Random): LayerWeights;
  /** @param name prefix of the parameters' names */
  create(backend: Backend, name: string, spec: Spec, weights: LayerWeights): Layer;
}
