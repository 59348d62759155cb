/** A million classifications one by one: what the engine's memory and the process's do meanwhile. */
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadModel, type Model } from '../sdk/src/node.ts';
import { memoryBytes } from '../test/runtimes/watch-memory.ts';
import { mnistDigit } from '../test/support/render-digit.ts';

const modelPath = fileURLToPath(new URL('../models/digits/digits.safetensors', import.meta.url));
const classifications = 1_000_000;
const samples = 10;
const digits = Array.from({ length: 1000 }, (_, i) => mnistDigit(i % 10, i));

export async function measureMemory(): Promise<Record<string, string>[]> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const before = memoryBytes();
  const model = await loadModel(modelPath);
  const expected = await decide(model, digits.length);
  const rows: Record<string, string>[] = [];
  const started = performance.now();
  for (let sample = 0; sample <= samples; sample++) {
    if (sample > 0) await decide(model, classifications / samples);
    collectGarbage();
    const { heapUsed, rss } = process.memoryUsage();
    rows.push({
      classifications: String((sample * classifications) / samples),
      'engine, bytes': String(memoryBytes() - before),
      'JavaScript heap, MB': (heapUsed / 1e6).toFixed(2),
      'process, MB': (rss / 1e6).toFixed(1),
      seconds: ((performance.now() - started) / 1000).toFixed(1),
    });
  }
  const last = await decide(model, digits.length);
  if (last !== expected) throw new Error('The millionth answer is not like the first.');
  model.dispose();
  return rows;
}

/** @returns the labels of the last thousand, one after another */
async function decide(model: Model, count: number): Promise<string> {
  let labels = '';
  for (let i = 0; i < count; i++) {
    const { label } = await model.classify(digits[i % digits.length] as Uint8Array, { topK: 1 });
    if (i >= count - digits.length) labels += label;
  }
  return labels;
}
