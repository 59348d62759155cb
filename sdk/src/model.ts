/**
 * A model as its user sees it: raw values or images in, labels out. It composes preprocessing,
 * network and snapshot; where the bytes and the engine come from is the entries' business.
 */
import type { Backend } from './backend/backend.ts';
import { checkNumbers } from './check-numbers.ts';
import type { Classification } from './classification.ts';
import { type InputSpec, inputSize } from './data/input-spec.ts';
import { prepareSample, type Sample } from './data/prepare-sample.ts';
import { HffError } from './error.ts';
import type { ModelSpec } from './format/model-spec.ts';
import { readSnapshot, type Snapshot, writeSnapshot } from './format/snapshot.ts';
import type { Storage } from './format/stored-weights.ts';
import { kindOf } from './hff/layer-kinds.ts';
import { Network } from './hff/network.ts';
import { rankClasses } from './rank-classes.ts';

export interface ClassifyOptions {
  /** How many of the best classes to list, 1 to the number of classes; all by default. */
  readonly topK?: number;
}

/** Samples that go through the network at once: bounds the memory that a large batch takes. */
const batchSize = 128;

export class Model {
  readonly spec: ModelSpec;
  /** The layers beneath, for evaluation. */
  readonly network: Network;
  #disposed = false;

  /** @throws HffError `snapshot/not-finite`, `snapshot/inconsistent`, `backend/memory` */
  constructor(backend: Backend, { spec, weights }: Snapshot) {
    this.spec = spec;
    this.network = new Network(backend, spec.network, weights, { frozen: true });
    try {
      checkNumbers(backend, this.network);
    } catch (cause) {
      this.network.dispose();
      throw cause;
    }
  }

  /** @throws HffError `snapshot/…` when the bytes are no snapshot of a model */
  static fromBytes(backend: Backend, bytes: Uint8Array): Model {
    return new Model(backend, readSnapshot(bytes));
  }

  get name(): string {
    return this.spec.name;
  }

  get version(): number {
    return this.spec.version;
  }

  get labels(): readonly string[] {
    return this.spec.labels;
  }

  /** What the model accepts. */
  get input(): InputSpec {
    return this.spec.input;
  }

  /** Trained numbers: weights, biases and prototypes. */
  get parameterCount(): number {
    const shapes = this.spec.network.layers.flatMap((layer) => [
      ...kindOf(layer).shapes(layer).values(),
    ]);
    return shapes.reduce((sum, shape) => sum + shape.reduce((product, n) => product * n, 1), 0);
  }

  /**
   * Classifies one sample in a single forward pass.
   * @throws HffError `input/shape`, `input/not-finite` (also where the sample takes the model's sums
   *   out of float32), `input/range`, `option/invalid`
   * @throws Error after {@link dispose}
   * @example
   * const { label, scores } = await model.classify(context.getImageData(0, 0, 280, 280));
   */
  async classify(sample: Sample, options: ClassifyOptions = {}): Promise<Classification> {
    const [classification] = await this.classifyBatch([sample], options);
    return classification as Classification;
  }

  /** Classifies samples in order; one bad sample refuses them all, naming it. */
  async classifyBatch(
    samples: readonly Sample[],
    { topK = this.labels.length }: ClassifyOptions = {},
  ): Promise<Classification[]> {
    this.#checkAlive();
    if (!Number.isInteger(topK) || topK < 1 || topK > this.labels.length) {
      throw new HffError(
        'option/invalid',
        `topK: expected a whole number from 1 to ${this.labels.length}, got ${topK}.`,
      );
    }
    const { input, labels, network } = this;
    const size = inputSize(input);
    const inputs = new Float32Array(samples.length * size);
    const where = (i: number): string => (samples.length === 1 ? 'input' : `input ${i}`);
    samples.forEach((sample, i) => {
      prepareSample(inputs.subarray(i * size, (i + 1) * size), sample, input, where(i));
    });
    const classifications: Classification[] = [];
    for (let start = 0; start < samples.length; start += batchSize) {
      const end = Math.min(samples.length, start + batchSize);
      const votes = network.votes(inputs.subarray(start * size, end * size), end - start);
      for (let row = 0; row < end - start; row++) {
        const scores = votes.subarray(row * labels.length, (row + 1) * labels.length);
        checkScores(scores, where(start + row));
        classifications.push(rankClasses(scores, labels, network.spec.scale, topK));
      }
    }
    return classifications;
  }

  /**
   * The model as one safetensors file.
   * @throws Error after {@link dispose}
   */
  export(storage: Storage = 'float32'): Uint8Array {
    this.#checkAlive();
    return writeSnapshot({ spec: this.spec, weights: this.network.weights() }, storage);
  }

  /**
   * Gives the model's room back to its engine, for the next model there; the model cannot be used
   * afterwards. An engine of the model's own goes with it: WebAssembly memory never shrinks, and goes
   * back to the system when the model is collected. A second call does nothing.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.network.dispose();
  }

  #checkAlive(): void {
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
