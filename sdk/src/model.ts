/**
 * A model as its user sees it: raw values or images in, labels out, and labels in. It composes
 * preprocessing, network, readout and snapshot; where the bytes and the engine come from is the
 * entries' business. What learning takes is loaded when it first learns.
 */
import type { Backend } from './backend/backend.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkOption } from './check-option.ts';
import type { Classification } from './classification.ts';
import { type InputSpec, inputSize } from './data/input-spec.ts';
import { prepareSample, type Sample } from './data/prepare-sample.ts';
import { HffError } from './error.ts';
import type { ModelSpec } from './format/model-spec.ts';
import { readSnapshot, type Snapshot } from './format/snapshot.ts';
import { headOf } from './format/statistics-tensors.ts';
import type { Storage } from './format/stored-weights.ts';
import { kindOf } from './hff/layer-kinds.ts';
import { Network } from './hff/network.ts';
import type { Adaptation } from './learn/adapt.ts';
import type { AdaptOptions, ExemplarOptions } from './learn/adapt-options.ts';
import type { Learning } from './learn/learning.ts';
import type { ClassCount, Pupil, Teacher } from './learn/teacher.ts';
import { ModelEvents } from './model-events.ts';
import { rankClasses } from './rank-classes.ts';
import { familiarity, Readout, unknownBelow as usualLimit } from './readout.ts';

export interface ClassifyOptions {
  /** How many of the best classes to list, 1 to the number of classes; all by default. */
  readonly topK?: number;
  /** Familiarity below which a sample is unknown, 0 to 1: the share of known samples refused; 0.05. */
  readonly unknownBelow?: number;
}

export interface LearnOptions {
  /**
   * Whether images are also looked at a little turned, scaled and moved. Worth it for classes of few
   * samples: by default on for `learn` and off for `learnBatch`.
   */
  readonly augment?: boolean;
}

/** Samples that go through the network at once: bounds the memory that a large batch takes. */
const batchSize = 128;

export class Model extends ModelEvents {
  readonly #backend: Backend;
  #spec: ModelSpec;
  #network: Network;
  #weights: Snapshot['weights'];
  /** Null for models without statistics, which decide by their prototypes. */
  #readout: Readout | null = null;
  #teacher: Promise<Teacher> | undefined;
  /** What the readout does not know yet. */
  #unread: Learning | undefined;
  #disposed = false;

  /** @throws HffError `snapshot/not-finite`, `snapshot/inconsistent`, `backend/memory` */
  constructor(backend: Backend, { spec, weights }: Snapshot) {
    super();
    this.#spec = spec;
    this.#backend = backend;
    this.#weights = weights;
    this.#network = new Network(backend, spec.network, weights);
    try {
      checkNumbers(backend, this.network);
      if (spec.statistics) this.#readout = this.#baseReadout();
    } catch (cause) {
      this.network.dispose();
      throw cause;
    }
  }

  /** @throws HffError `snapshot/…` when the bytes are no snapshot of a model */
  static fromBytes(backend: Backend, bytes: Uint8Array): Model {
    return new Model(backend, readSnapshot(bytes));
  }

  /** All that is known of the model beside its numbers; another one after {@link adapt}. */
  get spec(): ModelSpec {
    return this.#spec;
  }

  /** The layers beneath, for evaluation; others after {@link adapt}. */
  get network(): Network {
    return this.#network;
  }

  get name(): string {
    return this.spec.name;
  }

  get version(): number {
    return this.spec.version;
  }

  /** Classes of base training, in their order; {@link classes} has those learned since, too. */
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
    this.#checkAlive();
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
   * Learns one labelled sample, of a class old or new; the next `classify` knows it. Its order among
   * others does not matter, and {@link forget} undoes it.
   * @throws HffError `input/…`, `learn/label`, `learn/too-many`, `learn/no-statistics`,
   *   `backend/unavailable` on another engine than our own
   * @example
   * await model.learn(context.getImageData(0, 0, 280, 280), 'lambda');
   */
  async learn(sample: Sample, label: string, { augment = true }: LearnOptions = {}): Promise<void> {
    const input = this.#prepareOne(sample);
    return (await this.#taught()).learn(input, label, augment);
  }

  /**
   * Learns samples, all or none; `progress` events tell how far it is.
   * @throws HffError like {@link learn}; `learn/changed` when layers were adapted meanwhile
   */
  async learnBatch(
    samples: readonly Sample[],
    labels: readonly string[],
    { augment = false }: LearnOptions = {},
  ): Promise<void> {
    const [inputs, own] = this.#prepareLabelled(samples, labels);
    return (await this.#taught()).learnBatch(inputs, own, augment);
  }

  /** {@link learnBatch} by the name that scikit-learn and river give it. */
  partialFit(samples: readonly Sample[], labels: readonly string[]): Promise<void> {
    return this.learnBatch(samples, labels);
  }

  /**
   * Undoes {@link learn} of this very sample, wherever it was learned. An exemplar of it goes in any
   * case.
   * @throws HffError `learn/unknown-class`, `learn/not-learned`, `input/…`
   */
  async forget(sample: Sample, label: string): Promise<void> {
    const input = this.#prepareOne(sample);
    return (await this.#taught()).forget(input, label);
  }

  /** Corrects the label of a learned sample: {@link forget} and {@link learn}, both or neither. */
  async relabel(sample: Sample, from: string, to: string): Promise<void> {
    const input = this.#prepareOne(sample);
    return (await this.#taught()).relabel(input, from, to);
  }

  /**
   * Takes a class away, one of base training too.
   * @throws HffError `learn/unknown-class`
   */
  async forgetClass(label: string): Promise<void> {
    return (await this.#taught()).forgetClass(label);
  }

  /** @throws HffError `learn/unknown-class`, `learn/exists` */
  async renameClass(from: string, to: string): Promise<void> {
    return (await this.#taught()).renameClass(from, to);
  }

  /** All classes that {@link classify} can answer, with their samples. */
  async classes(): Promise<ClassCount[]> {
    this.#checkAlive();
    const teacher = await this.#teacher?.catch(() => undefined);
    if (teacher) return teacher.classes();
    const { labels, statistics } = this.spec;
    return labels.map((label, c) => ({ label, base: statistics?.counts[c] ?? 0, learned: 0 }));
  }

  /**
   * Takes in what another copy of this model learned. In any order, and again: what is known already
   * changes nothing.
   * @throws HffError `learn/foreign` for a model with other layers
   */
  async merge(other: Model): Promise<void> {
    const theirs = await other.#taught();
    return (await this.#taught()).merge(theirs);
  }

  /**
   * From now on keeps samples that are learned, for {@link adapt}: a random choice, the same share of
   * the room for each class, in memory only. Without it, and by default, no sample is kept. Called
   * again it begins anew.
   * @throws HffError `option/invalid`
   */
  async keepExemplars(options: ExemplarOptions): Promise<void> {
    (await this.#taught()).keepExemplars(options);
  }

  /**
   * Changes the layers themselves, for samples unlike those of base training: trains them on the
   * exemplars and the samples handed in, measures statistics anew, and keeps the result only if it
   * decides samples held back no worse than the layers as they are. All or nothing; what is to be
   * learned meanwhile waits. `progress` events tell how far it is, in samples of all epochs.
   *
   * What samples do not show is neither kept nor checked: hand in some of base training's kind, too.
   * New layers are another model: the version grows, states learned on the old ones cannot be merged,
   * and what the layers learned can no more be forgotten sample by sample.
   * @throws HffError `learn/too-few` for a class with fewer than 2 samples, `learn/changed`,
   *   `learn/label`, `learn/no-statistics`, `backend/…`, `input/…`, `option/invalid`
   * @throws the signal's reason when it is aborted
   * @example
   * await model.keepExemplars({ bytes: 2_000_000 });
   * …
   * const { kept, before, after } = await model.adapt({ samples: someDigits, labels: theirLabels });
   */
  async adapt(options: AdaptOptions = {}): Promise<Adaptation> {
    const [inputs, labels] = this.#prepareLabelled(options.samples ?? [], options.labels ?? []);
    const given = inputs.map((sample, i) => ({ sample, label: labels[i] as string }));
    return (await this.#taught()).adapt(given, options);
  }

  /**
   * What learns beneath, for evaluation: to learn, use {@link learn} and its like.
   * @throws HffError `learn/no-statistics`, `backend/unavailable`, `backend/memory`
   */
  async learning(): Promise<Learning> {
    return (await this.#taught()).learning();
  }

  /**
   * The model as one safetensors file, without what it learned since base training.
   * @throws Error after {@link dispose}
   */
  async export(storage: Storage = 'float32'): Promise<Uint8Array> {
    this.#checkAlive();
    const { spec } = this;
    const weights = new Map([...this.#weights, ...this.network.weights()]);
    const { writeSnapshot } = await import('./format/write-snapshot.ts');
    return writeSnapshot({ spec, weights }, storage);
  }

  /**
   * Gives the model's room back to its engine, for the next model there; the model cannot be used
   * afterwards. An engine of the model's own goes with it: WebAssembly memory never shrinks, and goes
   * back to the system when the model is collected. A second call does nothing.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#network.dispose();
    this.#readout?.dispose();
    this.#teacher?.then(
      (teacher) => teacher.dispose(),
      () => {},
    );
  }

  #baseReadout(): Readout {
    const head = headOf(this.spec, this.#weights);
    const readout = new Readout(this.#backend, head, this.network.featureSize);
    const finite = readout.isFinite;
    if (finite && head.deviations.every((deviation) => deviation > 0)) return readout;
    readout.dispose();
    throw new HffError(
      finite ? 'snapshot/inconsistent' : 'snapshot/not-finite',
      'head: expected finite numbers, deviations above 0. The model is damaged.',
    );
  }

  #prepareOne(sample: Sample): Float32Array {
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
  #prepareLabelled(
    samples: readonly Sample[],
    labels: readonly string[],
  ): [inputs: Float32Array[], labels: string[]] {
    this.#checkAlive();
    checkOption('labels.length', labels.length, samples.length, samples.length);
    const size = inputSize(this.input);
    const inputs = this.#prepare(samples, (i) => `input ${i}`);
    return [samples.map((_, i) => inputs.subarray(i * size, (i + 1) * size)), [...labels]];
  }

  /** Labels of the columns of {@link scores}. */
  get scoreLabels(): readonly string[] {
    this.#refresh();
    return this.#readout?.labels ?? this.labels;
  }

  /**
   * Class scores of standardised samples, [N, C], from which {@link classify} decides: for evaluation.
   * @param inputs [N, D_in]
   * @param rows N
   */
  scores(inputs: Float32Array, rows: number): Float32Array {
    this.#refresh();
    return this.#evaluate(inputs, rows)[0];
  }

  /** Class scores [N, C], and the features [N, D] that they are made of where a head decides. */
  #evaluate(inputs: Float32Array, rows: number): [scores: Float32Array, features: Float32Array] {
    if (!this.#readout) return [this.network.votes(inputs, rows), new Float32Array()];
    const features = this.network.features(inputs, rows);
    return [this.#readout.scores(features, rows), features];
  }

  #decide(
    scores: Float32Array,
    features: Float32Array,
    labels: readonly string[],
    topK: number,
    limit: number,
  ): Classification {
    const { statistics, network } = this.spec;
    if (!this.#readout || !statistics) {
      const ranking = rankClasses(scores, labels, network.scale, topK);
      return { ...ranking, familiarity: 1, unknown: false };
    }
    const { calibration } = statistics;
    const known = familiarity(this.#readout.typicality(scores, features, calibration), calibration);
    const ranking = rankClasses(scores, labels, this.#readout.sharpness(calibration), topK);
    return { ...ranking, familiarity: known, unknown: known < limit };
  }

  /** @throws HffError `learn/no-classes` when all are forgotten */
  #refresh(): void {
    if (!this.#unread) return;
    const head = this.#unread.learner.fit();
    if (!head) {
      throw new HffError(
        'learn/no-classes',
        `Model ${this.name}: all classes are forgotten. Teach it one.`,
      );
    }
    const readout = new Readout(this.#backend, head, this.network.featureSize);
    this.#readout?.dispose();
    this.#readout = readout;
    this.#unread = undefined;
  }

  async #taught(): Promise<Teacher> {
    this.#checkAlive();
    this.#teacher ??= this.#beginTeaching();
    const teacher = await this.#teacher;
    this.#checkAlive();
    return teacher;
  }

  #beginTeaching(): Promise<Teacher> {
    const began = import('./learn/teacher.ts').then(({ Teacher }) => new Teacher(this.#asPupil()));
    began.catch(() => {
      this.#teacher = undefined;
    });
    return began;
  }

  #asPupil(): Pupil {
    return {
      backend: this.#backend,
      snapshot: () => ({ spec: this.#spec, weights: this.#weights }),
      network: () => this.#network,
      checkAlive: () => this.#checkAlive(),
      changed: (learning) => {
        this.#unread = learning;
      },
      take: ({ snapshot, network, readout }) => {
        this.#network.dispose();
        this.#readout?.dispose();
        this.#spec = snapshot.spec;
        this.#weights = snapshot.weights;
        this.#network = network;
        this.#readout = readout;
        this.#unread = undefined;
      },
      emit: (name, detail) => this.emit(name, detail),
    };
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
