/** Receptive fields: rectangles when drawn, and what is outside stays 0 while the layer learns. */
import { describe, expect, it } from 'vitest';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import type { NetworkSpec } from '../../sdk/src/hff/network.ts';
import { Adam } from '../../sdk/src/hff/optimiser.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { limitToFields } from '../../sdk/src/hff/receptive-fields.ts';
import { TrainingNetwork } from '../../sdk/src/hff/training-network.ts';
import { engines } from '../backend/engines.ts';

const image = { width: 7, height: 6, channels: 3 };
const inputs = 7 * 6 * 3;
const fields = { least: 2, most: 4 };

/** Rows and columns of the pixels that a unit sees, in each channel. */
function seen(weight: Float32Array, units: number, unit: number) {
  return Array.from({ length: inputs }, (_, input) => input)
    .filter((input) => weight[input * units + unit] !== 0)
    .map((input) => {
      const pixel = Math.floor(input / 3);
      return { row: Math.floor(pixel / 7), column: pixel % 7, channel: input % 3 };
    });
}

describe('fields', () => {
  const units = 1500;
  const weight = new Random(1).normals(inputs * units, Math.sqrt(2 / inputs));
  limitToFields(weight, image, fields, new Random(2));

  it('are full rectangles inside the image, of all sizes and in all places', () => {
    const shapes = new Set<string>();
    const corners = new Set<string>();
    for (let unit = 0; unit < units; unit++) {
      const pixels = seen(weight, units, unit);
      const rows = pixels.map(({ row }) => row);
      const columns = pixels.map(({ column }) => column);
      const [top, left] = [Math.min(...rows), Math.min(...columns)];
      const [height, width] = [Math.max(...rows) - top + 1, Math.max(...columns) - left + 1];
      for (const side of [height, width]) {
        expect(side).toBeGreaterThanOrEqual(2);
        expect(side).toBeLessThanOrEqual(4);
      }
      expect(pixels).toHaveLength(height * width * 3);
      shapes.add(`${height}×${width}`);
      corners.add(`${top}, ${left}`);
    }
    expect(shapes.size).toBe(9);
    expect(corners.size).toBe(5 * 6);
  });

  it('have the deviation of He for what they see', () => {
    const scaled: number[] = [];
    for (let unit = 0; unit < units; unit++) {
      const { length } = seen(weight, units, unit);
      for (let input = 0; input < inputs; input++) {
        const value = weight[input * units + unit] as number;
        if (value !== 0) scaled.push(value * Math.sqrt(length / 2));
      }
    }
    const deviation = Math.sqrt(scaled.reduce((sum, v) => sum + v * v, 0) / scaled.length);
    expect(deviation).toBeGreaterThan(0.97);
    expect(deviation).toBeLessThan(1.03);
  });

  it('as large as the image change nothing', () => {
    const whole = new Random(1).normals(36 * 5, 1);
    const limited = whole.slice();
    const square = { width: 6, height: 6, channels: 1 };
    limitToFields(limited, square, { least: 6, most: 6 }, new Random(1));
    expect(limited).toEqual(whole);
  });
});

describe.each(engines)('on %s', (_, start) => {
  const spec: NetworkSpec = {
    layers: [
      { type: 'dense', inputs, units: 20, prototypes: [1, 2] },
      { type: 'dense', inputs: 20, units: 12, prototypes: [1, 1] },
    ],
    sharpness: 30,
    scale: 20,
    voters: [1],
  };

  function learn(backend: TrainingBackend, network: TrainingNetwork): void {
    const optimiser = new Adam(backend, { learningRate: 0.01 });
    for (let step = 1; step <= 20; step++) {
      const random = new Random(3, step);
      const labels = Array.from({ length: 16 }, (_, i) => i % 2);
      const x = random.normals(16 * inputs, 1).map((v, i) => v + (i < inputs ? 1 : 0));
      optimiser.begin(step, 1);
      const loss = { scale: 20, margin: 0 };
      network.update(x, labels, { loss, optimiser, dropout: 0.2, stream: [3, step] });
    }
    optimiser.dispose();
  }

  it('zeros stay and all other weights move', async () => {
    const backend = await start();
    const weights = initialWeights(spec, 1);
    const before = weights.get('layers.0.weight') as Float32Array;
    limitToFields(before, image, fields, new Random(2));
    const network = new TrainingNetwork(backend, spec, weights);
    learn(backend, network);
    const after = network.weights().get('layers.0.weight') as Float32Array;
    const zeros = before.filter((value) => value === 0).length;
    expect(zeros).toBeGreaterThan(before.length / 2);
    expect(after.filter((value, i) => (value === 0) !== (before[i] === 0))).toHaveLength(0);
    expect(after.filter((value, i) => value === before[i])).toHaveLength(zeros);
    network.dispose();
  });
});
