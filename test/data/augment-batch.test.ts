/** Batches of changed images: limits of the changes, labels of the turns, the same for the same seed. */
import { describe, expect, it } from 'vitest';
import { augmentBatch } from '../../sdk/src/data/augment-batch.ts';
import { drawPlacement } from '../../sdk/src/data/augmentation.ts';
import { gatherBatch } from '../../sdk/src/data/batch.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { describeInput } from '../../sdk/src/data/describe-input.ts';
import { Random } from '../../sdk/src/hff/random.ts';

/** Five images of 2×2, each its own numbers from top left clockwise. */
const dataset: Dataset = {
  inputs: Uint8Array.from({ length: 20 }, (_, i) => i * i),
  labels: Uint16Array.of(0, 1, 2, 0, 1),
  classes: ['a', 'b', 'c'],
  width: 2,
  height: 2,
  channels: 1,
};
const spec = describeInput(dataset, { mode: 'cover' });
const indices = Uint32Array.of(4, 0, 2, 2);
const augment = { shift: 1, rotate: 20, zoom: 0.2, flip: true };

it('draws within its limits, to both sides', () => {
  const random = new Random(1);
  const drawn = Array.from({ length: 2000 }, () => drawPlacement(augment, random));
  const spread = (key: 'right' | 'down' | 'degrees' | 'zoom') => {
    const values = drawn.map((placement) => placement[key]);
    return [Math.min(...values), Math.max(...values)] as const;
  };
  for (const [key, least, most] of [
    ['right', -1, 1],
    ['down', -1, 1],
    ['degrees', -20, 20],
    ['zoom', 0.8, 1.2],
  ] as const) {
    const [low, high] = spread(key);
    expect(low).toBeGreaterThanOrEqual(least);
    expect(high).toBeLessThanOrEqual(most);
    expect(high - low).toBeGreaterThan(0.99 * (most - least));
  }
  const mirrored = drawn.filter((placement) => placement.mirrored).length;
  expect(mirrored).toBeGreaterThan(900);
  expect(mirrored).toBeLessThan(1100);
  const straight = Array.from({ length: 100 }, () =>
    drawPlacement({ ...augment, flip: false }, random),
  );
  expect(straight.some((placement) => placement.mirrored)).toBe(false);
});

it('draws whole pixels, all as often, where images are neither turned nor zoomed', () => {
  const random = new Random(2);
  const counts = new Map<number, number>();
  for (let i = 0; i < 5000; i++) {
    const { right, down } = drawPlacement({ shift: 2.5, rotate: 0, zoom: 0, flip: true }, random);
    for (const pixels of [right, down]) counts.set(pixels, (counts.get(pixels) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
});

describe('a batch', () => {
  it('without changes is the plain one', () => {
    const changes = { augment: undefined, turns: false };
    const batch = augmentBatch(dataset, spec, indices, changes, new Random(1));
    const plain = gatherBatch(dataset, spec, indices);
    expect(batch.inputs).toEqual(plain.inputs);
    expect([...batch.labels]).toEqual([...plain.labels]);
  });

  it('has turned images with the label of turn and class', () => {
    const all = Uint32Array.from({ length: 200 }, (_, i) => i % 5);
    const changes = { augment: undefined, turns: true };
    const { inputs, labels } = augmentBatch(dataset, spec, all, changes, new Random(2));
    const plain = gatherBatch(dataset, spec, all);
    const places = [
      [0, 1, 2, 3],
      [2, 0, 3, 1],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ];
    const turns = new Set<number>();
    labels.forEach((label, n) => {
      const turn = Math.floor(label / 3);
      turns.add(turn);
      expect(label % 3).toBe(plain.labels[n]);
      const upright = plain.inputs.subarray(n * 4, n * 4 + 4);
      const expected = places[turn]?.map((place) => upright[place]);
      expect([...inputs.subarray(n * 4, n * 4 + 4)]).toEqual(expected);
    });
    expect(turns.size).toBe(4);
  });

  it('is the same for the same stream, and changes each image in its own way', () => {
    const changes = { augment, turns: true };
    const draw = (seed: number) => augmentBatch(dataset, spec, indices, changes, new Random(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1).inputs).not.toEqual(draw(2).inputs);
    const { inputs } = draw(1);
    expect(inputs.subarray(8, 12)).not.toEqual(inputs.subarray(12, 16));
  });

  it('refuses values that are no numbers, naming the sample', () => {
    const inputs = Float32Array.from(dataset.inputs);
    inputs[8] = Number.NaN;
    const changes = { augment, turns: false };
    expect(() =>
      augmentBatch({ ...dataset, inputs }, spec, Uint32Array.of(2), changes, new Random(1)),
    ).toThrow(expect.objectContaining({ code: 'input/not-finite' }));
  });
});
