/**
 * Everything that a model does when it is taught; loaded when it first is (`model.ts`). Samples come
 * standardised. What is learned here changes the model through its {@link Pupil} only.
 */
import type { Backend } from '../backend/backend.ts';
import { checkOption } from '../check-option.ts';
import { HffError } from '../error.ts';
import type { Snapshot } from '../format/snapshot.ts';
import type { Network } from '../hff/network.ts';
import type { ModelEventDetails } from '../model-events.ts';
import type { Adaptation } from './adapt.ts';
import type { AdaptedParts } from './adapt-measure.ts';
import type { AdaptOptions, ExemplarOptions } from './adapt-options.ts';
import { type Exemplar, Exemplars } from './exemplars.ts';
import { Learning } from './learning.ts';

/** A model as its teacher knows it. */
export interface Pupil {
  readonly backend: Backend;
  /** Layers and statistics as they are now: others after an adaptation. */
  snapshot(): Snapshot;
  network(): Network;
  /** @throws Error once the model is disposed */
  checkAlive(): void;
  /** What is known has changed: the next decision needs another head. */
  changed(learning: Learning): void;
  /** Exchanges layers, head and statistics; cannot fail. */
  take(parts: AdaptedParts): void;
  emit<Name extends keyof ModelEventDetails>(name: Name, detail: ModelEventDetails[Name]): void;
}

/** A class and what is known of it. */
export interface ClassCount {
  readonly label: string;
  /** Samples of base training. */
  readonly base: number;
  /** Samples learned since, on all replicas. */
  readonly learned: number;
}

/** Longest time in ms that learning a batch keeps the event loop waiting. */
const turnMilliseconds = 50;

export class Teacher {
  readonly #pupil: Pupil;
  /** On the layers as they are. */
  #learning: Learning;
  #exemplars: Exemplars | undefined;
  /** The last adaptation, fulfilled when it has ended in whatever way. */
  #adapting: Promise<unknown> = Promise.resolve();
  /** Counts what was learned, so that an adaptation notices. */
  #changes = 0;

  /**
   * @throws HffError `learn/no-statistics`, `backend/unavailable`, `backend/memory`,
   *   `snapshot/not-finite` and `snapshot/inconsistent` for damaged statistics
   */
  constructor(pupil: Pupil) {
    this.#pupil = pupil;
    this.#learning = beginLearning(pupil);
  }

  /** After an adaptation that is under way. */
  async learning(): Promise<Learning> {
    for (let last: unknown; last !== this.#adapting; ) {
      last = this.#adapting;
      await last;
    }
    this.#pupil.checkAlive();
    return this.#learning;
  }

  async learn(input: Float32Array, label: string, augment: boolean): Promise<void> {
    const learning = await this.learning();
    learning.learner.state.learn(label, learning.features(input, augment));
    this.#exemplars?.offer(input, label);
    this.#changed([label]);
  }

  async learnBatch(
    inputs: readonly Float32Array[],
    labels: readonly string[],
    augment: boolean,
  ): Promise<void> {
    const learning = await this.learning();
    learning.checkLabels(labels);
    const total = inputs.length;
    const rows: Float32Array[] = [];
    let turnStarted = performance.now();
    for (const input of inputs) {
      rows.push(learning.features(input, augment));
      if (performance.now() - turnStarted < turnMilliseconds) continue;
      this.#pupil.emit('progress', { done: rows.length, total });
      await new Promise((resolve) => setTimeout(resolve));
      this.#pupil.checkAlive();
      if (learning !== this.#learning) throw this.#changedMeanwhile();
      turnStarted = performance.now();
    }
    learning.learner.state.learnAll(labels, rows);
    inputs.forEach((input, i) => {
      this.#exemplars?.offer(input, labels[i] as string);
    });
    this.#pupil.emit('progress', { done: total, total });
    this.#changed(labels);
  }

  async forget(input: Float32Array, label: string): Promise<void> {
    const learning = await this.learning();
    this.#exemplars?.drop(input, label);
    learning.learner.state.forget(label, learning.learnedFeatures(input, label));
    this.#changed([label]);
  }

  async relabel(input: Float32Array, from: string, to: string): Promise<void> {
    const learning = await this.learning();
    learning.learner.state.relabel(learning.learnedFeatures(input, from), from, to);
    this.#exemplars?.move(input, from, to);
    this.#changed([from, to]);
  }

  async forgetClass(label: string): Promise<void> {
    const learning = await this.learning();
    learning.learner.state.forgetClass(label);
    this.#retainExemplars();
    this.#changed([label]);
  }

  async renameClass(from: string, to: string): Promise<void> {
    const learning = await this.learning();
    learning.learner.state.renameClass(from, to);
    this.#exemplars?.rename(from, to);
    this.#changed([from, to]);
  }

  classes(): ClassCount[] {
    const counts = this.#pupil.snapshot().spec.statistics?.counts ?? [];
    return this.#learning.learner.state.classes().map(({ label, baseIndices, count }) => ({
      label,
      base: baseIndices.reduce((sum, index) => sum + (counts[index] ?? 0), 0),
      learned: count,
    }));
  }

  async merge(other: Teacher): Promise<void> {
    const theirs = await other.learning();
    const learning = await this.learning();
    learning.learner.state.merge(theirs.learner.state);
    this.#retainExemplars();
    this.#changed([]);
  }

  keepExemplars({ bytes, seed = 1 }: ExemplarOptions): void {
    checkOption('bytes', bytes, 0, Number.MAX_SAFE_INTEGER, Number.isInteger(bytes));
    const { input } = this.#pupil.snapshot().spec;
    this.#exemplars = bytes > 0 ? new Exemplars(input, bytes, seed) : undefined;
  }

  /** @param given samples besides the exemplars */
  async adapt(given: readonly Exemplar[], options: AdaptOptions): Promise<Adaptation> {
    const run = this.#adapting.then(() => this.#adapt(given, options));
    this.#adapting = run.catch(() => {});
    return run;
  }

  dispose(): void {
    this.#exemplars = undefined;
    this.#learning.dispose();
  }

  async #adapt(given: readonly Exemplar[], options: AdaptOptions): Promise<Adaptation> {
    const changes = this.#changes;
    const pupil = this.#pupil;
    const check = (): void => {
      pupil.checkAlive();
      options.signal?.throwIfAborted();
      if (this.#changes !== changes) throw this.#changedMeanwhile();
    };
    const { adapt } = await import('./adapt.ts');
    check();
    const ground = {
      backend: pupil.backend,
      snapshot: pupil.snapshot(),
      network: pupil.network(),
      learning: this.#learning,
    };
    return adapt(ground, [...given, ...(this.#exemplars?.all() ?? [])], options, {
      check,
      progress: (done, total) => pupil.emit('progress', { done, total }),
      take: (parts) => {
        check();
        this.#take(parts);
      },
    });
  }

  /** All or nothing: what can fail comes first. */
  #take(parts: AdaptedParts): void {
    const { backend } = this.#pupil;
    const learning = new Learning(backend, parts.network, parts.snapshot, newReplica());
    this.#learning.dispose();
    this.#learning = learning;
    this.#changes++;
    this.#pupil.take(parts);
    this.#pupil.emit('change', { labels: [] });
  }

  #retainExemplars(): void {
    this.#exemplars?.retain(this.classes().map(({ label }) => label));
  }

  #changed(labels: readonly string[]): void {
    this.#changes++;
    this.#pupil.changed(this.#learning);
    this.#pupil.emit('change', { labels: [...new Set(labels)] });
  }

  #changedMeanwhile(): HffError {
    return new HffError(
      'learn/changed',
      `Model ${this.#pupil.snapshot().spec.name}: it learned something else, or got other layers, meanwhile. Nothing came of this call: make it again.`,
    );
  }
}

function beginLearning(pupil: Pupil): Learning {
  return new Learning(pupil.backend, pupil.network(), pupil.snapshot(), newReplica());
}

/** A name that no other device has: 128 random bits. */
function newReplica(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
