/**
 * How a parameter moves along its local gradient. Layers know only the interface; Adam is the one
 * implementation so far.
 */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import type { Parameter } from './parameter.ts';

export interface Optimiser {
  /**
   * Must precede the updates of each batch.
   * @param step number of this step, from 1
   * @param rateFactor factor on the learning rates, from the schedule
   */
  begin(step: number, rateFactor: number): void;
  /** One step down `gradient`, which is overwritten. */
  descend(parameter: Parameter, gradient: Matrix): void;
  /** Named state of these parameters, to be read into a checkpoint or written from one. */
  state(parameters: readonly Parameter[]): Map<string, Matrix>;
  dispose(): void;
}

export interface AdamOptions {
  /** Step size for weights and biases, and for prototypes unless given apart. */
  readonly learningRate: number;
  /** Length of a step of a prototype, thus its step size times √D, whatever the D of its layer. */
  readonly prototypeStep?: number | undefined;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

interface Moments {
  readonly first: Matrix;
  readonly second: Matrix;
}

/** Names of Adam's two moments of a parameter, among the optimiser's state. */
export function momentNames(parameter: string): [first: string, second: string] {
  return [`adam.first.${parameter}`, `adam.second.${parameter}`];
}

/** Adam (Kingma, Ba 2015). On the sphere its direction is projected on the tangent space. */
export class Adam implements Optimiser {
  readonly #backend: TrainingBackend;
  readonly #options: Required<AdamOptions>;
  readonly #moments = new Map<string, Moments>();
  #rateFactor = 1;
  #biasCorrection = { rate: 1, epsilon: 1 };

  constructor(backend: TrainingBackend, options: AdamOptions) {
    this.#backend = backend;
    this.#options = {
      prototypeStep: undefined,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      ...options,
    };
  }

  /**
   * The engine keeps the moments as sums, m / (1 − β₁) and v / (1 − β₂), so their scale and their
   * bias correction join the learning rate and ε (Kingma, Ba 2015, end of section 2).
   */
  begin(step: number, rateFactor: number): void {
    const { beta1, beta2 } = this.#options;
    const first = (1 - beta1) / (1 - beta1 ** step);
    const second = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
    this.#rateFactor = rateFactor;
    this.#biasCorrection = { rate: first / second, epsilon: 1 / second };
  }

  descend(parameter: Parameter, gradient: Matrix): void {
    const backend = this.#backend;
    const { value, geometry } = parameter;
    const { learningRate, prototypeStep, beta1, beta2, epsilon } = this.#options;
    const rateFactor = this.#rateFactor * this.#biasCorrection.rate;
    const settings = { beta1, beta2, epsilon: epsilon * this.#biasCorrection.epsilon };
    const { first, second } = this.#momentsOf(parameter);
    if (geometry === 'sphere') backend.tangent(gradient, value);
    backend.adam(gradient, first, second, settings);
    if (geometry === 'sphere') {
      backend.tangent(gradient, value);
      const rate = prototypeStep ? prototypeStep / Math.sqrt(value.columns) : learningRate;
      backend.descend(value, gradient, rate * rateFactor);
      backend.normaliseRows(value);
    } else {
      backend.descend(value, gradient, learningRate * rateFactor);
    }
  }

  state(parameters: readonly Parameter[]): Map<string, Matrix> {
    const state = new Map<string, Matrix>();
    for (const parameter of parameters) {
      const { first, second } = this.#momentsOf(parameter);
      const [firstName, secondName] = momentNames(parameter.name);
      state.set(firstName, first);
      state.set(secondName, second);
    }
    return state;
  }

  dispose(): void {
    for (const { first, second } of this.#moments.values()) this.#backend.dispose(first, second);
    this.#moments.clear();
  }

  #momentsOf({ name, value }: Parameter): Moments {
    let moments = this.#moments.get(name);
    if (!moments) {
      moments = {
        first: this.#backend.matrix(value.rows, value.columns),
        second: this.#backend.matrix(value.rows, value.columns),
      };
      this.#moments.set(name, moments);
    }
    return moments;
  }
}

/** Cosine schedule: from 1 at the start to `end` at the last step (Loshchilov, Hutter 2017). */
export function cosineSchedule(step: number, steps: number, end = 0): number {
  const progress = Math.min(1, step / Math.max(1, steps - 1));
  return end + (1 - end) * 0.5 * (1 + Math.cos(Math.PI * progress));
}
