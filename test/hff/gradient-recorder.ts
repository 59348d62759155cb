/** An optimiser that keeps gradients and moves nothing. */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';

/** Takes the gradients instead of a step. */
export class GradientRecorder implements Optimiser {
  readonly gradients = new Map<string, Float32Array>();
  readonly #backend: TrainingBackend;

  constructor(backend: TrainingBackend) {
    this.#backend = backend;
  }

  begin(): void {}

  descend({ name }: Parameter, gradient: Matrix): void {
    this.gradients.set(name, this.#backend.read(gradient));
  }

  state(): Map<string, Matrix> {
    return new Map();
  }

  dispose(): void {}
}
