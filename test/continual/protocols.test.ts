/** Protocols on learners whose figures are known beforehand. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FeatureLearner } from '../../sdk/src/continual/feature-learner.ts';
import { learnAll } from '../../sdk/src/continual/learn-all.ts';
import { runIncremental } from '../../sdk/src/continual/protocols/class-incremental.ts';
import { runFewShot } from '../../sdk/src/continual/protocols/few-shot.ts';
import { runUnknown } from '../../sdk/src/continual/protocols/unknown.ts';
import type { ShownSamples } from '../../sdk/src/continual/samples.ts';
import type { Scene } from '../../sdk/src/continual/scene.ts';
import { drawScene, size } from './scenes.ts';

let scene: Scene;
const nothing = (): void => {};

beforeAll(async () => {
  scene = await drawScene({ seed: 1, training: 30, test: 10, spread: 0 });
});

/** Without spread, the features are the class: it remembers those of the last `memory` classes. */
class Rote implements FeatureLearner {
  readonly threshold = 0.5;
  readonly memory: number;
  known = new Map<string, string>();

  constructor(memory: number) {
    this.memory = memory;
  }

  learn({ features, labels }: ShownSamples): void {
    labels.forEach((label, row) => {
      this.known.set(features.subarray(row * size, (row + 1) * size).join(), label);
    });
    this.known = new Map([...this.known].slice(-this.memory));
  }

  async classify(features: Float32Array, rows: number): Promise<string[]> {
    return this.#recall(features, rows).map((label) => label ?? 'none');
  }

  async familiarity(features: Float32Array, rows: number): Promise<Float32Array> {
    return Float32Array.from(this.#recall(features, rows), (label) => (label ? 1 : 0));
  }

  bytes(): number {
    return 10 * this.known.size;
  }

  copy(): Rote {
    const copy = new Rote(this.memory);
    copy.known = new Map(this.known);
    return copy;
  }

  dispose(): void {}

  #recall(features: Float32Array, rows: number): (string | undefined)[] {
    return Array.from({ length: rows }, (_, row) =>
      this.known.get(features.subarray(row * size, (row + 1) * size).join()),
    );
  }
}

async function rote(memory: number): Promise<Rote> {
  const learner = new Rote(memory);
  await learnAll(learner, scene.taught(0));
  return learner;
}

describe('class-incremental', () => {
  it('gives all to a learner that forgets nothing', async () => {
    const result = await runIncremental(await rote(99), scene, undefined, nothing);
    expect(result.matrix).toEqual([[1], [1, 1], [1, 1, 1]]);
    expect(result).toMatchObject({ last: 1, forgetting: 0, bytes: 60, bytesPerNewClass: 10 });
  });

  it('tells what a learner of three classes forgets', async () => {
    const result = await runIncremental(await rote(3), scene, undefined, nothing);
    expect(result.matrix[0]).toEqual([1]);
    expect(result.matrix[1]?.map((share) => share.toFixed(3))).toEqual(['0.333', '1.000']);
    expect(result.matrix[2]).toEqual([0, 1, 1]);
    expect(result.seen.map((share) => share.toFixed(3))).toEqual(['1.000', '0.600', '0.500']);
    expect(result).toMatchObject({ baseForgetting: 1, forgetting: 0.5, backwardTransfer: -0.5 });
  });
});

describe('few-shot', () => {
  it('starts each draw from the base and leaves the learner as it was', async () => {
    const learner = await rote(4);
    const options = { shots: [1, 2], draws: 3 };
    const results = await runFewShot(learner, scene, options, undefined, nothing);
    expect(results.map(({ shots, draws }) => [shots, draws.length])).toEqual([
      [1, 3],
      [2, 3],
    ]);
    for (const { draws } of results) {
      for (const { all, base, new: added } of draws) {
        expect([all.toFixed(3), base.toFixed(3), added]).toEqual(['0.667', '0.333', 1]);
      }
    }
    expect(learner.known.size).toBe(3);
  });
});

describe('unknown classes', () => {
  it('are told from known ones, by the threshold too', async () => {
    const all = await runUnknown(await rote(99), scene, undefined);
    expect(all).toMatchObject({
      auroc: 1,
      falsePositives: 0,
      knownRejected: 0,
      unknownRejected: 1,
    });
    // A learner of two of the three base classes rejects a third of the known samples.
    const part = await runUnknown(await rote(2), scene, undefined);
    expect(part.auroc).toBeCloseTo(2 / 3 + 1 / 6, 9);
    expect(part.knownRejected).toBeCloseTo(1 / 3, 9);
    expect(part.falsePositives).toBe(1);
  });
});
