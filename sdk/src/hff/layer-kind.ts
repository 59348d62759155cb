/** All that the network and the snapshot need to know of a kind of layer before there is one. */
import type { Backend } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import type { Layer } from './layer.ts';
import type { LayerSpec } from './layer-spec.ts';

/** Numbers of one layer by parameter name (`weight`), row-major. */
export type LayerWeights = ReadonlyMap<string, Numbers>;

export interface LayerFactory<
  Spec extends LayerSpec,
  Created extends Layer,
  Engine extends Backend = Backend,
> {
  /** Shape of each parameter, in the order of storage. */
  shapes(spec: Spec): ReadonlyMap<string, readonly number[]>;
  /**
   * @param name prefix of the parameters' names
   * @param sharpness β of the class scores, > 0
   */
  create(
    backend: Engine,
    name: string,
    spec: Spec,
    weights: LayerWeights,
    sharpness: number,
  ): Created;
}

/** The layers that it creates classify, with frozen weights. */
export interface LayerKind<Spec extends LayerSpec> extends LayerFactory<Spec, Layer> {
  /** Numbers of one sample that the layer takes and hands on. */
  inputSize(spec: Spec): number;
  outputSize(spec: Spec): number;
  /** D of its unit features. */
  unitSize(spec: Spec): number;
  /** Names of the parameters that an int8 snapshot quantises: matrices that freeze. */
  readonly quantised: readonly string[];
  /** Whether the numbers of a spec fit each other; always where it is missing. */
  isSound?(spec: Spec): boolean;
}
