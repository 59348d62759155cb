/** What learners are shown and asked: the same for all, each sample once. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Samples } from '../../sdk/src/continual/samples.ts';
import type { Scene } from '../../sdk/src/continual/scene.ts';
import { drawScene, size } from './scenes.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await drawScene({ seed: 3, training: 300, test: 40, spread: 0.1 });
});

const sorted = ({ indices }: Samples): number[] => [...indices].sort((a, b) => a - b);
const labelsOf = (samples: Samples): string[] => [...samples.batches()].flatMap((b) => b.labels);

describe('what is taught', () => {
  it('is each sample of the task once, mixed, the same every time', () => {
    const taught = scene.taught(1);
    expect(taught.count).toBe(600);
    expect(new Set(labelsOf(taught))).toEqual(new Set(['d', 'e']));
    expect(new Set(taught.indices).size).toBe(600);
    expect([...taught.indices]).not.toEqual(sorted(taught));
    expect(scene.taught(1).indices).toEqual(taught.indices);
  });

  it('comes in batches with features, labels and raw values of the same samples', () => {
    const { set, indices } = scene.taught(0);
    const batches = [...scene.taught(0).batches(256)];
    expect(batches.map(({ labels }) => labels.length)).toEqual([256, 256, 256, 132]);
    const [, second] = batches;
    const index = indices[256 + 5] as number;
    const { dataset, features } = set;
    expect(second?.labels[5]).toBe(dataset.classes[dataset.labels[index] as number]);
    expect(second?.features.subarray(5 * size, 6 * size)).toEqual(
      features.subarray(index * size, (index + 1) * size),
    );
    expect(second?.raw.subarray(5 * 12, 6 * 12)).toEqual(
      dataset.inputs.subarray(index * 12, (index + 1) * 12),
    );
  });
});

describe('shots', () => {
  it('are different samples of each new class, other ones for each draw', () => {
    const shots = scene.shots(20, 4);
    expect(labelsOf(shots).join('')).toBe('d'.repeat(20) + 'e'.repeat(20) + 'f'.repeat(20));
    expect(new Set(shots.indices).size).toBe(60);
    expect(scene.shots(20, 4).indices).toEqual(shots.indices);
    expect(scene.shots(20, 5).indices).not.toEqual(shots.indices);
  });
});

describe('what is asked', () => {
  it('is all test samples of the classes', () => {
    expect(scene.asked([1, 5]).count).toBe(80);
    expect(new Set(labelsOf(scene.asked([1, 5])))).toEqual(new Set(['b', 'f']));
  });

  it('is the same few of each class wherever there is a limit', () => {
    const few = scene.asked([1, 5], 30);
    expect(labelsOf(few).join('')).toBe('bbbbbfffff');
    const all = new Set(scene.asked([0, 1, 2, 3, 4, 5], 30).indices);
    expect(all.size).toBe(30);
    expect([...few.indices].every((index) => all.has(index))).toBe(true);
    expect(scene.asked([0], 1).count).toBe(1);
  });
});
