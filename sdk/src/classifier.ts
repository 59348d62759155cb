/**
 * A model as far as it classifies: raw values or images in, labels out. It composes preprocessing,
 * network and readout; what learns exchanges them (`model.ts`).
 */
import type { Backend } from './backend/backend.ts';
import { checkOption } from './check-option.ts';
import type { Classification } from './classification.ts';
import { type InputSpec, inputSize } from './data/input-spec.ts';
import { prepareSample, type Sample } from './data/prepare-sample.ts';
import { HffError } from './error.ts';
import type { ModelSpec } from './format/model-spec.ts';
import type { Snapshot } from './format/snapshot.ts';
import { expectedTensors } from './format/stored-weights.ts';
import type { Network } from './hff/network.ts';
import { ModelEvents } from './model-events.ts';
import { type ModelParts, modelParts } from './model-parts.ts';
import { rankClasses } from './rank-classes.ts';
import { familiarity, type Readout, unknownBelow as usualLimit } from './readout.ts';

export interface ClassifyOptions {
  /** How many of the best classes to list, 1 to the number of classes; all by default. */
  readonly topK?: number;
  /** Familiarity below which a sample is unknown, 0 to 1: the share of known samples refused; 0.05. */
  readonly unknownBelow?: number;
}

/** Samples that go through the network at once: bounds the memory that a large batch takes. */
const batchSize = 128;

export class Classifier extends ModelEvents {
  protected readonly backend: Backend;
  #parts: ModelParts;
  /** Makes the readout of what was learned since the last decision. */
  #nextReadout: (() => Readout) | undefined;
  #disposed = false;

  /** @throws HffError `snapshot/not-finite`, `snapshot/inconsistent`, `backend/memory` */
  constructor(backend: Backend, snapshot: Snapshot) {
    super();
    this.backend = backend;
    this.#parts = modelParts(backend, snapshot);
  }

  /** All that is known of the model beside its numbers; another one after `adapt`. */
  get spec(): ModelSpec {
    return this.#parts.snapshot.spec;
  }

  /**
   * The layers beneath, for evaluation; others after `adapt`.
   * @internal
   */
  get network(): Network {
    return this.#parts.network;
  }

  get name(): string {
    return this.spec.name;
  }

  get version(): number {
    return this.spec.version;
  }

  /** Classes of base training, in their order; `classes()` has those learned since, too. */
  get labels(): readonly string[] {
    return this.spec.labels;
  }

  /** What the model accepts. */
  get input(): InputSpec {
    return this.spec.input;
  }

  /** Trained numbers: weights, biases and prototypes. */
  get parameterCount(): number {
    const tensors = [...expectedTensors(this.spec.network.layers).values()];
    return tensors.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n), 0);
  }

  /**
   * Classifies one sample in a single forward pass.
   * @throws HffError `input/shape`, `input/not-finite` (also where the sample takes the model's sums
   *   out of float32), `input/range`, `option/invalid`
   * @throws Error after {@link dispose}
   * @example
   * const { label, unknown } = await model.classify(context.getImageData(0, 0, 280, 280));
   */
  async classify(sample: Sample, options: ClassifyOptions = {}): Promise<Classification> {
    const [classification] = await this.classifyBatch([sample], options);
    return classification as Classification;
  }

  /** Classifies samples in order; one bad sample refuses them all, naming it. */
  async classifyBatch(
    samples: readonly Sample[],
    { topK, unknownBelow = usualLimit }: ClassifyOptions = {},
  ): Promise<Classification[]> {
    this.checkAlive();
    const labels = this.scoreLabels;
    checkOption('topK', topK ?? 1, 1, labels.length, Number.isInteger(topK ?? 1));
    checkOption('unknownBelow', unknownBelow, 0, 1);
    const size = inputSize(this.input);
    const where = (i: number): string => (samples.length === 1 ? 'input' : `input ${i}`);
    const inputs = this.#prepare(samples, where);
    const classifications: Classification[] = [];
    for (let start = 0; start < samples.length; start += batchSize) {
      const end = Math.min(samples.length, start + batchSize);
      const [scores, features] = this.#evaluate(
        inputs.subarray(start * size, end * size),
        end - start,
      );
      for (let row = 0; row < end - start; row++) {
        const own = scores.subarray(row * labels.length, (row + 1) * labels.length);
        checkScores(own, where(start + row));
        const length = features.length / (end - start);
        const ownFeatures = features.subarray(row * length, (row + 1) * length);
        classifications.push(
          this.#decide(own, ownFeatures, labels, topK ?? labels.length, unknownBelow),
        );
      }
    }
    return classifications;
  }

  /**
   * Labels of the columns of {@link scores}.
   * @internal
   */
  get scoreLabels(): readonly string[] {
    this.#refresh();
    return this.#parts.readout?.labels ?? this.labels;
  }

  /**
   * Class scores of standardised samples, [N, C], from which {@link classify} decides: for evaluation.
   * @param inputs [N, D_in]
   * @param rows N
   * @internal
   */
  scores(inputs: Float32Array, rows: number): Float32Array {
    this.#refresh();
    return this.#evaluate(inputs, rows)[0];
  }

  /** Class scores [N, C], and the features [N, D] that they are made of where a head decides. */
  #evaluate(inputs: Float32Array, rows: number): [scores: Float32Array, features: Float32Array] {
    const { network, readout } = this.#parts;
    if (!readout) return [network.votes(inputs, rows), new Float32Array()];
    const features = network.features(inputs, rows);
    return [readout.scores(features, rows), features];
  }

  #decide(
    scores: Float32Array,
    features: Float32Array,
    labels: readonly string[],
    topK: number,
    limit: number,
  ): Classification {
    const { statistics, network } = this.spec;
    const { readout } = this.#parts;
    if (!readout || !statistics) {
      const ranking = rankClasses(scores, labels, network.scale, topK);
      return { ...ranking, familiarity: 1, unknown: false };
    }
    const { calibration } = statistics;
    const known = familiarity(readout.typicality(scores, features, calibration), calibration);
    const ranking = rankClasses(scores, labels, readout.sharpness(calibration), topK);
    return { ...ranking, familiarity: known, unknown: known < limit };
  }

  /** @throws HffError `learn/no-classes` when all are forgotten */
  #refresh(): void {
    if (!this.#nextReadout) return;
    const readout = this.#nextReadout();
    this.#parts.readout?.dispose();
    this.#parts = { ...this.#parts, readout };
    this.#nextReadout = undefined;
  }

  /** The numbers of the model, as they are stored. */
  protected get snapshot(): Snapshot {
    return this.#parts.snapshot;
  }

  /** Exchanges all of the model, once and for all. */
  protected exchange(parts: ModelParts): void {
    this.#parts.network.dispose();
    this.#parts.readout?.dispose();
    this.#parts = parts;
    this.#nextReadout = undefined;
  }

  /** From the next decision on, another readout decides: that which `next` makes. */
  protected decideBy(next: () => Readout): void {
    this.#nextReadout = next;
  }

  protected prepareOne(sample: Sample): Float32Array {
    return this.#prepare([sample], () => 'input');
  }

  #prepare(samples: readonly Sample[], where: (i: number) => string): Float32Array {
    const size = inputSize(this.input);
    const inputs = new Float32Array(samples.length * size);
    samples.forEach((sample, i) => {
      prepareSample(inputs.subarray(i * size, (i + 1) * size), sample, this.input, where(i));
    });
    return inputs;
  }

  /** Takes in, before anything is awaited, what is handed in: it may be reused at once. */
  protected prepareLabelled(
    samples: readonly Sample[],
    labels: readonly string[],
  ): [inputs: Float32Array[], labels: string[]] {
    this.checkAlive();
    checkOption('labels.length', labels.length, samples.length, samples.length);
    const size = inputSize(this.input);
    const inputs = this.#prepare(samples, (i) => `input ${i}`);
    return [samples.map((_, i) => inputs.subarray(i * size, (i + 1) * size)), [...labels]];
  }

  /**
   * Gives the model's room back to its engine, for the next model there; the model cannot be used
   * afterwards. An engine of the model's own goes with it: WebAssembly memory never shrinks, and goes
   * back to the system when the model is collected. A second call does nothing.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#parts.network.dispose();
    this.#parts.readout?.dispose();
  }

  protected checkAlive(): void {
    if (!this.#disposed) return;
    throw new Error(`Model ${this.name} was disposed and cannot be used. Load it again.`);
  }
}

/** Sound weights and a sound sample can have sums that float32 does not hold. */
function checkScores(scores: Float32Array, where: string): void {
  if (scores.every(Number.isFinite)) return;
  throw new HffError(
    'input/not-finite',
    `${where}: expected finite class scores, got NaN or an infinity. The model's numbers are too large for this input: hand in smaller values, or train the model anew.`,
  );
}
