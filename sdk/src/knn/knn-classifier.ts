/** The classifier behind `@hff-edge/sdk/knn`. Examples are learned at once; the engine comes later. */
import type { SimdBackend } from '../backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../backend/simd/simd-symmetric.ts';
import { HffError } from '../error.ts';
import type { LearnedState } from '../learn/learned-state.ts';
import { Learner } from '../learn/learner.ts';
import { unknownClass } from '../learn/place-sample.ts';
import type { ClassExamples } from './class-examples.ts';
import { ClassIndices } from './class-indices.ts';
import { Decider, type Prediction } from './decider.ts';
import { checkSize, type Example, numbersOf, toUnitLength } from './example.ts';
import { newState, readDataset, type SavedDataset } from './read-dataset.ts';
import { writeDataset } from './write-dataset.ts';

/**
 * Methods and results are those of the class of this name in `@tensorflow-models/knn-classifier`;
 * what differs is in `docs/knn.md`. One that throws has changed nothing.
 */
export class KNNClassifier {
  readonly #startEngine: () => Promise<SimdBackend>;
  #state: LearnedState | null = null;
  #indices: ClassIndices = new ClassIndices();
  #symmetric: SimdSymmetric | undefined;
  /** Of `#state`, as are its heads. */
  #learner: Learner | undefined;
  #decider: Decider | undefined;
  #disposed = false;

  /** @param startEngine where this platform has one; asked for at the first prediction */
  constructor(startEngine: () => Promise<SimdBackend>) {
    this.#startEngine = startEngine;
  }

  /**
   * One more example of a class, which begins with it if there is none. The first one decides how
   * many numbers an example has.
   * @throws HffError `input/shape`, `input/not-finite`, `learn/label`, `learn/too-many`
   */
  addExample(example: Example, label: number | string): void {
    this.#checkAlive();
    const numbers = numbersOf(example);
    const state = this.#state ?? newState(numbers.length);
    checkSize(numbers, state.dimension);
    state.take(state.plan.learn([String(label)], [toUnitLength(numbers)]));
    this.#state = state;
    this.#indices.add(String(label));
  }

  /**
   * @param _k is not used: all examples count
   * @throws HffError `learn/no-classes`, `input/shape`, `input/not-finite`, `backend/…`
   */
  async predictClass(input: Example, _k?: number): Promise<Prediction> {
    this.#checkAlive();
    // Read now: the caller may dispose of the tensor before the engine has started.
    const numbers = numbersOf(input);
    const symmetric = await (this.#symmetric ?? this.#start());
    this.#checkAlive();
    if (!this.#state) noExamples();
    checkSize(numbers, this.#state.dimension);
    // Another prediction may have started it meanwhile.
    this.#symmetric ??= symmetric;
    const decider = this.#refresh(this.#state, this.#symmetric);
    return decider.decide(toUnitLength(numbers), this.#indices);
  }

  /**
   * A class that is added again later has the index it had.
   * @throws HffError `learn/unknown-class`
   */
  clearClass(label: number | string): void {
    this.#checkAlive();
    if (!this.#state) unknownClass(String(label));
    this.#state.take(this.#state.plan.forgetClass(String(label)));
  }

  clearAllClasses(): void {
    this.#checkAlive();
    if (this.#state) this.#replace(newState(this.#state.dimension));
  }

  /** Examples by label. */
  getClassExampleCount(): Record<string, number> {
    const totals = this.#state?.classes() ?? [];
    return this.#indices.record(totals.map(({ label, count }) => [label, count]));
  }

  getNumClasses(): number {
    return this.#state?.classes().length ?? 0;
  }

  /** All that was learned, by label: to be stored, for {@link setClassifierDataset}. */
  getClassifierDataset(): Record<string, ClassExamples> {
    return this.#state ? writeDataset(this.#state, this.#indices) : {};
  }

  /**
   * Takes a dataset in place of all that was learned: one of {@link getClassifierDataset}, one that
   * knn-classifier gives, or the list of label, numbers and shape that is saved of it as JSON.
   * @throws HffError `learn/malformed`, `input/shape`, `input/not-finite`
   */
  setClassifierDataset(dataset: SavedDataset): void {
    this.#checkAlive();
    const { state, indices } = readDataset(dataset);
    this.#replace(state);
    this.#indices = indices;
  }

  /** Lets go of the engine and all examples. A second call does nothing. */
  dispose(): void {
    this.#replace(null);
    this.#symmetric = undefined;
    this.#disposed = true;
  }

  #replace(state: LearnedState | null): void {
    this.#decider?.dispose();
    this.#learner?.dispose();
    this.#decider = undefined;
    this.#learner = undefined;
    this.#state = state;
  }

  async #start(): Promise<SimdSymmetric> {
    return SimdSymmetric.start(await this.#startEngine());
  }

  /**
   * The head for what the state knows now.
   * @throws HffError `learn/no-classes`
   */
  #refresh(state: LearnedState, symmetric: SimdSymmetric): Decider {
    const { dimension, version } = state;
    if (this.#decider?.version === version) return this.#decider;
    const { backend } = symmetric;
    this.#learner ??= new Learner(backend, symmetric, null, state);
    const head = this.#learner.fit();
    if (!head) noExamples();
    this.#decider?.dispose();
    this.#decider = new Decider(backend, head, dimension, version);
    return this.#decider;
  }

  #checkAlive(): void {
    if (!this.#disposed) return;
    throw new Error('The classifier was disposed and cannot be used. Create another.');
  }
}

function noExamples(): never {
  throw new HffError('learn/no-classes', 'The classifier has no examples. Add some first.');
}
