/**
 * What a model does once it learns; loaded when it first does (`model.ts`). Samples come prepared,
 * and leave as features in sums.
 */
import type { Backend } from '../backend/backend.ts';
import { isInt8, type Numbers } from '../backend/numbers.ts';
import type { SymmetricBackend } from '../backend/symmetric.ts';
import type { InputSpec } from '../data/input-spec.ts';
import { HffError } from '../error.ts';
import type { Snapshot } from '../format/snapshot.ts';
import { statisticsOf } from '../format/stored-statistics.ts';
import type { Network } from '../hff/network.ts';
import { type Calibration, type Head, Readout } from '../readout.ts';
import type { BaseStatistics } from './base-statistics.ts';
import { BaselessReadout } from './baseless-readout.ts';
import { checkLabel } from './check-label.ts';
import { checkStatistics } from './check-statistics.ts';
import { fingerprint } from './fingerprint.ts';
import { LearnedState } from './learned-state.ts';
import { Learner } from './learner.ts';
import { viewCount, viewsOf } from './views.ts';

export class Learning {
  readonly learner: Learner;
  readonly calibration: Calibration;
  readonly #backend: Backend;
  readonly #symmetric: SymmetricBackend;
  readonly #base: BaseStatistics;
  readonly #network: Network;
  readonly #input: InputSpec;

  /**
   * @param symmetric of the same engine
   * @param replica names this device; see `LearnedStateOptions`
   * @throws HffError `learn/no-statistics`, `backend/memory`,
   *   `snapshot/not-finite` and `snapshot/inconsistent` for damaged statistics
   */
  constructor(
    backend: Backend,
    symmetric: SymmetricBackend,
    network: Network,
    snapshot: Snapshot,
    replica: string,
  ) {
    const { spec, weights } = snapshot;
    if (!spec.statistics) {
      throw new HffError(
        'learn/no-statistics',
        `Model ${spec.name}: it holds no statistics to learn on. Add them with: hff statistics MODEL --data SET`,
      );
    }
    this.calibration = spec.statistics.calibration;
    this.#backend = backend;
    this.#symmetric = symmetric;
    this.#base = statisticsOf(spec.statistics, weights);
    checkStatistics(this.#base);
    this.#network = network;
    this.#input = spec.input;
    const state = new LearnedState({
      dimension: network.featureSize,
      fingerprint: fingerprint(snapshot),
      replica,
      base: spec.labels,
    });
    this.learner = this.learnerOf(state);
  }

  /** A learner on the same base and in the same engine, for instance to try something out. */
  learnerOf(state: LearnedState): Learner {
    return new Learner(this.#backend, this.#symmetric, this.#base, state);
  }

  /**
   * The decision by all that is known now.
   * @throws HffError `learn/no-classes` when all are forgotten
   */
  readout(): Readout {
    const head = this.learner.fit();
    return head ? this.readoutOf(head) : noClasses();
  }

  /** A head in the same engine. */
  readoutOf(head: Head): Readout {
    const Kind = this.calibration.by === 'share' ? BaselessReadout : Readout;
    return new Kind(this.#backend, head, this.#network.featureSize);
  }

  /** Bytes of the base's statistics in memory. */
  get baseBytes(): number {
    const { means, directions, variances, votes } = this.#base;
    return [means, directions, variances, votes?.weights].reduce(
      (sum, numbers) => sum + (numbers ? bytesOf(numbers) : 0),
      0,
    );
  }

  /** @throws HffError `learn/label` */
  checkLabels(labels: readonly string[]): void {
    for (const label of labels) checkLabel(label);
  }

  /** Features of one prepared sample, or the mean of those of its views. */
  features(sample: Float32Array, augment: boolean): Float32Array {
    if (!augment || !this.#input.fit) return this.#network.features(sample, 1);
    const views = this.#network.features(viewsOf(sample, this.#input), viewCount);
    const size = views.length / viewCount;
    return Float32Array.from({ length: size }, (_, i) => {
      let sum = 0;
      for (let view = 0; view < viewCount; view++) sum += views[view * size + i] as number;
      return sum / viewCount;
    });
  }

  /** Features under which a sample was learned, here or elsewhere: with views or without. */
  learnedFeatures(sample: Float32Array, label: string): Float32Array {
    const { state } = this.learner;
    const plain = this.features(sample, false);
    return state.recall(label, this.features(sample, true)) ?? state.recall(label, plain) ?? plain;
  }

  dispose(): void {
    this.learner.dispose();
  }
}

/** @throws HffError `learn/no-classes` */
export function noClasses(): never {
  throw new HffError(
    'learn/no-classes',
    'The model knows no class: none was learned, or all are forgotten. Teach it one.',
  );
}

function bytesOf(numbers: Numbers): number {
  return isInt8(numbers)
    ? numbers.values.byteLength + numbers.scales.byteLength
    : numbers.byteLength;
}
