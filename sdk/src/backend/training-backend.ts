/**
 * The numeric operations that only training needs: gradients, and steps along them. Apart, so that a
 * page that classifies loads none of them. The loss over class scores is small and is plain TypeScript
 * in `hff/`.
 *
 * Legend and duties: see `backend.ts`.
 */
import type { Backend, Matrix } from './backend.ts';
import type { ImageTrainingBackend } from './image-training-backend.ts';

/** What one Adam step needs besides its matrices; see {@link TrainingBackend.adam}. */
export interface AdamSettings {
  /** Decay β₁ of the first moment, in [0, 1). */
  readonly beta1: number;
  /** Decay β₂ of the second moment, in [0, 1). */
  readonly beta2: number;
  /** ε̂, guards the division, > 0. */
  readonly epsilon: number;
}

export interface TrainingBackend extends Backend {
  readonly images: ImageTrainingBackend;

  /**
   * Gradient through the class scores: out [N, P] = g_c π_ck, where π_ck = softmax_k(β t_ck) says how
   * much a prototype answers for its class's score and g [N, C] is ∂L/∂scores.
   */
  classScoresGradient(
    out: Matrix,
    gradient: Matrix,
    scores: Matrix,
    cosines: Matrix,
    offsets: Uint32Array,
    sharpness: number,
  ): void;
  /**
   * Gradient through the sphere: out = (v − (unit·v) unit) · inverseNorm, [N, D]. `v` is ∂L/∂unit.
   * @param before what comes before the sphere: of a ReLU, only where unit > 0, elsewhere 0
   */
  sphereGradient(
    out: Matrix,
    unit: Matrix,
    inverseNorm: Matrix,
    v: Matrix,
    before: 'relu' | 'linear',
  ): void;
  /** direction ← direction − (direction·p) p, row by row: its part tangent to the sphere at p. */
  tangent(direction: Matrix, p: Matrix): void;
  /** out [1, D] = sum over the rows of a. */
  columnSums(out: Matrix, a: Matrix): void;
  /** out = a ⊙ b, element by element. */
  hadamard(out: Matrix, a: Matrix, b: Matrix): void;
  /**
   * The element-wise part of Adam, without bias correction: first ← β₁ first + gradient,
   * second ← β₂ second + gradient², then gradient ← first / (√second + ε̂), all in place.
   */
  adam(gradient: Matrix, first: Matrix, second: Matrix, settings: AdamSettings): void;
  /** parameter ← parameter − rate · direction, which may be the parameter itself. */
  descend(parameter: Matrix, direction: Matrix, rate: number): void;
  /** Rows of `a` back to unit length, in place. */
  normaliseRows(a: Matrix): void;
}
