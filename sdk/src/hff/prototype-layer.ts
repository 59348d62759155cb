/**
 * What all kinds of layer have in common: features on the unit sphere, compared with class prototypes.
 *
 *   n = ‖a‖,  u = a / n,  t = u Pᵀ,  s = soft maximum of t by class
 *
 * Legend: N samples, D features, P prototypes of all classes.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { Layer } from './layer.ts';
import type { TrainableSpec } from './layer-spec.ts';
import type { Parameter } from './parameter.ts';
import { type PrototypeOffsets, prototypeOffsets } from './prototypes.ts';

/** @typeParam Engine what its backend can do, for what is built on it */
export abstract class PrototypeLayer<Spec extends TrainableSpec, Engine extends Backend = Backend>
  implements Layer
{
  readonly spec: Spec;
  readonly parameters: readonly Parameter[];
  readonly output: Matrix;
  readonly unit: Matrix;
  readonly scores: Matrix;
  protected readonly backend: Engine;
  protected readonly offsets: PrototypeOffsets;
  protected readonly sharpness: number;
  protected readonly prototypes: Parameter;
  /** 1 / n, [N, 1]. */
  protected readonly inverseNorm: Matrix;
  /** t, [N, P]. */
  protected readonly cosines: Matrix;

  /** @param parameters by key, `prototypes` among them */
  constructor(
    backend: Engine,
    spec: Spec,
    parameters: ReadonlyMap<string, Parameter>,
    sharpness: number,
  ) {
    this.spec = spec;
    this.parameters = [...parameters.values()];
    this.prototypes = parameters.get('prototypes') as Parameter;
    this.backend = backend;
    this.offsets = prototypeOffsets(spec.prototypes);
    this.sharpness = sharpness;
    this.inverseNorm = backend.matrix(1, 1);
    this.unit = backend.matrix(1, 1);
    this.output = backend.matrix(1, 1);
    this.scores = backend.matrix(1, 1);
    this.cosines = backend.matrix(1, 1);
  }

  abstract forward(x: Matrix): void;
  abstract project(): void;

  compare(): void {
    const { backend, cosines } = this;
    backend.multiply(cosines, this.unit, this.prototypes.value, 'right');
    backend.classScores(this.scores, cosines, this.offsets, this.sharpness);
  }

  dispose(): void {
    this.backend.dispose(
      ...this.parameters.map(({ value }) => value),
      this.inverseNorm,
      this.unit,
      this.output,
      this.scores,
      this.cosines,
    );
  }
}
