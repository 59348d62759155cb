/** `models/cifar10` is what its card says. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  evaluateModel,
  limitPerClass,
  loadDataset,
  loadModel,
  type Model,
} from '../../sdk/src/node.ts';

let file: Uint8Array;
let model: Model;

beforeAll(async () => {
  file = await readFile(new URL('../../models/cifar10/cifar10.safetensors', import.meta.url));
  model = await loadModel(file);
});

describe('models/cifar10', () => {
  it('takes 2 MB at most', () => {
    expect(file.length).toBeLessThanOrEqual(2_000_000);
  });

  it('takes images of any size, and learns another class', async () => {
    const image = (value: number) => ({
      data: new Uint8Array(64 * 48 * 4).fill(value),
      width: 64,
      height: 48,
    });
    expect(model.labels).toContain((await model.classify(image(200))).label);
    await model.learn(image(128), 'fog');
    expect((await model.classify(image(128))).label).toBe('fog');
    await model.forgetClass('fog');
  });

  it.runIf(process.env.HFF_DATA_DIR)(
    'decides 1,000 test images about as its card says, and better in ten views',
    async () => {
      const test = limitPerClass(await loadDataset('cifar10', { split: 'test' }), 100, 1);
      const { accuracy } = evaluateModel(model, test);
      // Three standard deviations of 85 % of 1,000.
      expect(Math.abs(accuracy - 0.85)).toBeLessThan(0.035);
      const together = evaluateModel(model, test, { flip: true, shift: 1 });
      expect(together.accuracy).toBeGreaterThan(accuracy);
    },
    300_000,
  );
});
