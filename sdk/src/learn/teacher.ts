/**
 * Everything that a model does when it is taught; loaded when it first is (`model.ts`). Samples come
 * standardised. What is learned here changes the model through its {@link Pupil} only.
 */
import { checkOption } from '../check-option.ts';
import { readChanges } from '../format/read-changes.ts';
import type { Snapshot } from '../format/snapshot.ts';
import { writeChanges } from '../format/write-changes.ts';
import type { Adaptation } from './adapt.ts';
import type { AdaptOptions, ExemplarOptions } from './adapt-options.ts';
import type { Versions } from './changes-since.ts';
import type { ClassTotal } from './class-totals.ts';
import { type Exemplar, Exemplars } from './exemplars.ts';
import type { Inspection } from './inspect.ts';
import { KeptLearning } from './kept-learning.ts';
import { noClasses } from './learning.ts';
import { checkTaughtBy, isTaughtBy } from './replica-name.ts';

/** A class and what is known of it. */
export interface ClassCount {
  readonly label: string;
  /** Samples of base training. */
  readonly base: number;
  /** Samples learned since, on all replicas. */
  readonly learned: number;
}

export interface TaughtOptions {
  /**
   * Who teaches, 1 to 24 of `A-Z a-z 0-9 -`: what each teaches is kept apart, so that
   * `model.forgetTaughtBy` can take it all away.
   */
  readonly taughtBy?: string;
}

export interface LearnOptions extends TaughtOptions {
  /**
   * Whether images are also looked at a little turned, scaled and moved. Worth it for classes of few
   * samples: by default on for `learn` and off for `learnBatch`.
   */
  readonly augment?: boolean;
}

/** Longest time in ms that learning a batch keeps the event loop waiting. */
const turnMilliseconds = 50;

export class Teacher extends KeptLearning {
  learn(
    input: Float32Array,
    label: string,
    { augment = true, taughtBy }: LearnOptions,
  ): Promise<void> {
    return this.change(
      [label],
      (plan, learning) => plan.learn([label], [learning.features(input, augment)]),
      () => this.exemplars?.offer(input, label),
      taughtBy,
    );
  }

  async learnBatch(
    inputs: readonly Float32Array[],
    labels: readonly string[],
    { augment = false, taughtBy }: LearnOptions,
  ): Promise<void> {
    const learning = await this.learning();
    learning.checkLabels(labels);
    const total = inputs.length;
    const rows: Float32Array[] = [];
    let turnStarted = performance.now();
    for (const input of inputs) {
      rows.push(learning.features(input, augment));
      if (performance.now() - turnStarted < turnMilliseconds) continue;
      this.pupil.emit('progress', { done: rows.length, total });
      await new Promise((resolve) => setTimeout(resolve));
      this.pupil.checkAlive();
      if (learning !== this.present) throw this.changedMeanwhile();
      turnStarted = performance.now();
    }
    await this.change(
      labels,
      (plan, present) => {
        if (present !== learning) throw this.changedMeanwhile();
        return plan.learn(labels, rows);
      },
      () => {
        inputs.forEach((input, i) => {
          this.exemplars?.offer(input, labels[i] as string);
        });
        this.pupil.emit('progress', { done: total, total });
      },
      taughtBy,
    );
  }

  forget(input: Float32Array, label: string, { taughtBy }: TaughtOptions): Promise<void> {
    return this.change(
      [label],
      (plan, learning) => {
        this.exemplars?.drop(input, label);
        return plan.forget(label, learning.learnedFeatures(input, label));
      },
      undefined,
      taughtBy,
    );
  }

  relabel(
    input: Float32Array,
    from: string,
    to: string,
    { taughtBy }: TaughtOptions,
  ): Promise<void> {
    return this.change(
      [from, to],
      (plan, learning) => plan.relabel(learning.learnedFeatures(input, from), from, to),
      () => this.exemplars?.move(input, from, to),
      taughtBy,
    );
  }

  forgetTaughtBy(name: string): Promise<void> {
    return this.#revoke((replica) => isTaughtBy(replica, name), name);
  }

  /** Takes away all that these replicas learned and will learn. */
  revoke(replicas: readonly string[]): Promise<void> {
    return this.#revoke((replica) => replicas.includes(replica));
  }

  forgetClass(label: string): Promise<void> {
    return this.change(
      [label],
      (plan) => plan.forgetClass(label),
      () => this.retainExemplars(),
    );
  }

  renameClass(from: string, to: string): Promise<void> {
    return this.change(
      [from, to],
      (plan) => plan.renameClass(from, to),
      () => this.exemplars?.rename(from, to),
    );
  }

  classes(): ClassCount[] {
    const counts = this.pupil.snapshot().spec.statistics?.counts ?? [];
    return this.state.classes().map(({ label, baseIndices, count }) => ({
      label,
      base: baseIndices.reduce((sum, index) => sum + (counts[index] ?? 0), 0),
      learned: count,
    }));
  }

  async inspect(input: Float32Array): Promise<Inspection> {
    const { inspect } = await import('./inspect.ts');
    return inspect(await this.learning(), this.pupil.network(), input);
  }

  async merge(other: Teacher): Promise<void> {
    const theirs = await other.learning();
    await this.join(() => theirs.learner.state.changesSince(this.state.versions()));
  }

  /** @returns whether anything was new */
  apply(bytes: Uint8Array): Promise<boolean> {
    const changes = readChanges(bytes);
    return this.join(() => changes);
  }

  async versions(): Promise<Versions> {
    return (await this.learning()).learner.state.versions();
  }

  async changesSince(versions: Versions): Promise<Uint8Array> {
    const { state } = (await this.learning()).learner;
    return writeChanges(state.changesSince(versions));
  }

  /** All that is learned, after what is under way; nothing where that is nothing. */
  async learned(): Promise<Uint8Array | undefined> {
    const { state } = (await this.learning()).learner;
    return state.isBlank ? undefined : this.changes();
  }

  /** The model as it decides now, after what is under way, without what it learned from. */
  async frozen(): Promise<Snapshot> {
    const { learner } = await this.learning();
    const head = learner.fit();
    if (!head) noClasses();
    const total = new Map(learner.state.classes().map((each) => [each.label, each]));
    const classes = head.labels.map((label) => total.get(label) as ClassTotal);
    const { frozenSnapshot } = await import('./frozen-snapshot.ts');
    return frozenSnapshot(this.pupil.snapshot(), head, classes, this.pupil.backend, learner);
  }

  keepExemplars({ bytes, seed = 1 }: ExemplarOptions): void {
    checkOption('bytes', bytes, 0, Number.MAX_SAFE_INTEGER, Number.isInteger(bytes));
    const { input } = this.pupil.snapshot().spec;
    this.exemplars = bytes > 0 ? new Exemplars(input, bytes, seed) : undefined;
  }

  /** @param given samples besides the exemplars */
  adapt(given: readonly Exemplar[], options: AdaptOptions): Promise<Adaptation> {
    return this.inTurn(async () => {
      const pupil = this.pupil;
      const check = (): void => {
        pupil.checkAlive();
        options.signal?.throwIfAborted();
      };
      const { adapt } = await import('./adapt.ts');
      check();
      const ground = {
        backend: pupil.backend,
        snapshot: pupil.snapshot(),
        network: pupil.network(),
        learning: this.present,
      };
      return adapt(ground, [...given, ...(this.exemplars?.all() ?? [])], options, {
        check,
        progress: (done, total) => pupil.emit('progress', { done, total }),
        take: (parts) => {
          check();
          return this.takeLayers(parts);
        },
      });
    });
  }

  async #revoke(isMeant: (replica: string) => boolean, taughtBy?: string): Promise<void> {
    if (taughtBy !== undefined) checkTaughtBy(taughtBy);
    await this.learning();
    if (!this.state.replicas().some(isMeant)) return;
    await this.change(
      [],
      (plan) => plan.revoke(this.state.replicas().filter(isMeant)),
      () => this.retainExemplars(),
    );
  }
}
