/** Our models as learners: by sums, by a layer that is trained, and by both. */
import { featureModel } from '../../sdk/src/features.ts';
import {
  beginTraining,
  type Classification,
  designModel,
  loadModel,
  type Model,
  type Snapshot,
} from '../../sdk/src/node.ts';
import { joined } from './joined.ts';
import type { Labelled, Learner } from './learner.ts';

/** Decides by probabilities, so that several can decide together. */
interface Decider extends Learner {
  classify(rows: readonly Float32Array[]): Promise<readonly Classification[]>;
}

/** `featureModel`, and `learnBatch`. */
export class SumsLearner implements Decider {
  readonly #model: Model;

  private constructor(model: Model) {
    this.#model = model;
  }

  static async make(dimensions: number): Promise<SumsLearner> {
    return new SumsLearner(
      await loadModel(featureModel({ name: 'bench', dimensions, of: 'mobilenet' })),
    );
  }

  learn({ rows, labels }: Labelled): Promise<void> {
    return this.#model.learnBatch(rows, labels);
  }

  async decide(rows: readonly Float32Array[]): Promise<readonly string[]> {
    return (await this.#model.classifyBatch(rows, { topK: 1 })).map(({ label }) => label);
  }

  classify(rows: readonly Float32Array[]): Promise<readonly Classification[]> {
    return this.#model.classifyBatch(rows);
  }

  async bytes(): Promise<number> {
    return (await this.#model.export()).length;
  }

  dispose(): void {
    this.#model.dispose();
  }
}

/** A dense layer trained on the features; what it learns it must be shown at once. */
export class LayerLearner implements Decider {
  #model: Model | undefined;

  async learn({ rows, labels }: Labelled): Promise<void> {
    const classes = [...new Set(labels)];
    const width = rows[0]?.length ?? 0;
    const inputs = joined(rows);
    const indices = Uint16Array.from(labels, (label) => classes.indexOf(label));
    const dataset = { inputs, labels: indices, classes, width, height: 1, channels: 1 };
    const spec = designModel(dataset, {
      name: 'bench',
      units: [500],
      prototypes: 1,
      sharpness: 30,
      scale: 20,
      fit: null,
    });
    const options = {
      epochs: 30,
      batchSize: 64,
      learningRate: 1e-3,
      margin: 0,
      dropout: 0,
      noise: 0,
      seed: 1,
    };
    const training = await beginTraining(dataset, { spec, options, holdoutShare, data: 'bench' });
    await training.run();
    this.dispose();
    this.#model = await loadModel(training.best() as Snapshot);
  }

  async decide(rows: readonly Float32Array[]): Promise<readonly string[]> {
    return (await this.classify(rows)).map(({ label }) => label);
  }

  classify(rows: readonly Float32Array[]): Promise<readonly Classification[]> {
    return this.#trained.classifyBatch(rows);
  }

  async bytes(): Promise<number> {
    return (await this.#trained.export()).length;
  }

  dispose(): void {
    this.#model?.dispose();
    this.#model = undefined;
  }

  get #trained(): Model {
    if (!this.#model) throw new Error('The layer has learned nothing yet.');
    return this.#model;
  }
}

const holdoutShare = 0.05;

/** Decides by the product of two learners' probabilities. */
export class JointLearner implements Learner {
  readonly #both: readonly [Decider, Decider];

  constructor(...both: [Decider, Decider]) {
    this.#both = both;
  }

  async learn(samples: Labelled): Promise<void> {
    for (const each of this.#both) await each.learn(samples);
  }

  async decide(rows: readonly Float32Array[]): Promise<readonly string[]> {
    const [one, other] = this.#both;
    const [ofOne, ofOther] = [await one.classify(rows), await other.classify(rows)];
    return ofOne.map(({ scores }, i) => {
      const factors = new Map(ofOther[i]?.scores.map(({ label, score }) => [label, score]));
      const products = scores.map(({ label, score }) => ({
        label,
        product: score * (factors.get(label) ?? 0),
      }));
      return products.reduce((best, each) => (each.product > best.product ? each : best)).label;
    });
  }

  async bytes(): Promise<number> {
    const [one, other] = this.#both;
    return (await one.bytes()) + (await other.bytes());
  }

  dispose(): void {
    for (const each of this.#both) each.dispose();
  }
}
