/** What all learners of one seed are shown and asked: tasks, and samples with their features. */

import { Random } from '../hff/random.ts';
import type { Model } from '../model.ts';
import { samplesOf } from './choose-samples.ts';
import { type FeatureSet, Samples } from './samples.ts';
import { stream } from './streams.ts';

export class Scene {
  readonly seed: number;
  /** Class indices of each task, the base first. */
  readonly tasks: readonly (readonly number[])[];
  /** The frozen base network. */
  readonly model: Model;
  readonly #training: FeatureSet;
  readonly #test: FeatureSet;

  constructor(
    seed: number,
    tasks: readonly (readonly number[])[],
    model: Model,
    sets: { readonly training: FeatureSet; readonly test: FeatureSet },
  ) {
    this.seed = seed;
    this.tasks = tasks;
    this.model = model;
    this.#training = sets.training;
    this.#test = sets.test;
  }

  /** D. */
  get featureSize(): number {
    return this.model.network.featureSize;
  }

  /** All classes but those of the base. */
  get newClasses(): number[] {
    return this.tasks.slice(1).flat();
  }

  /** Training samples of a task, mixed: the stream that every learner sees once. */
  taught(task: number): Samples {
    const indices = samplesOf(this.#training.dataset, this.tasks[task] as number[]);
    const order = new Random(this.seed, stream.samples, task).permutation(indices.length);
    return new Samples(
      this.#training,
      order.map((i) => indices[i] as number),
    );
  }

  /**
   * A few training samples of each new class, class by class.
   * @param draw names the choice
   */
  shots(perClass: number, draw: number): Samples {
    const chosen = this.newClasses.flatMap((c) => {
      const indices = samplesOf(this.#training.dataset, [c]);
      const random = new Random(this.seed, stream.shots, perClass, draw, c);
      const order = random.permutation(indices.length).subarray(0, perClass);
      return Array.from(order, (i) => indices[i] as number);
    });
    return new Samples(this.#training, Uint32Array.from(chosen));
  }

  /**
   * Test samples of these classes.
   * @param most how many are asked at most if all classes are, equally many of each class and the
   *   same ones every time; at least one per class
   */
  asked(classes: readonly number[], most: number = Number.POSITIVE_INFINITY): Samples {
    const { dataset } = this.#test;
    const perClass = Math.ceil(most / dataset.classes.length);
    const chosen = classes.flatMap((c) => {
      const indices = samplesOf(dataset, [c]);
      const order = new Random(this.seed, stream.subset, c).permutation(indices.length);
      return Array.from(order.subarray(0, perClass), (i) => indices[i] as number);
    });
    return new Samples(this.#test, Uint32Array.from(chosen));
  }
}
