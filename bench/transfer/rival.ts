/** Learners of `hff continual`, on features as they are. */
import type {
  FeatureLearner,
  LearnerKind as RivalKind,
} from '../../sdk/src/continual/feature-learner.ts';
import { Samples } from '../../sdk/src/continual/samples.ts';
import { featureModel } from '../../sdk/src/features.ts';
import { loadModel } from '../../sdk/src/node.ts';
import { joined } from './joined.ts';
import type { Labelled, Learner } from './learner.ts';

const rowsAtOnce = 256;

export class Rival implements Learner {
  readonly #learner: FeatureLearner;

  private constructor(learner: FeatureLearner) {
    this.#learner = learner;
  }

  static async make(kind: RivalKind, dimensions: number): Promise<Rival> {
    const model = await loadModel(featureModel({ name: 'bench', dimensions, of: 'mobilenet' }));
    const nothing = {
      inputs: new Float32Array(),
      labels: new Uint16Array(),
      classes: [],
      width: dimensions,
      height: 1,
      channels: 1,
    };
    const base = new Samples({ dataset: nothing, features: nothing.inputs }, new Uint32Array());
    return new Rival(await kind.create({ model, featureSize: dimensions, base }));
  }

  async learn({ rows, labels }: Labelled): Promise<void> {
    const features = joined(rows);
    this.#learner.learn({ features, labels, raw: features });
  }

  async decide(rows: readonly Float32Array[]): Promise<readonly string[]> {
    const labels: string[] = [];
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const some = rows.slice(start, start + rowsAtOnce);
      labels.push(...(await this.#learner.classify(joined(some), some.length)));
    }
    return labels;
  }

  async bytes(): Promise<number> {
    return this.#learner.bytes();
  }

  dispose(): void {
    this.#learner.dispose();
  }
}
