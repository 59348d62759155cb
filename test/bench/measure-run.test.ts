/** Runs on drawn digits in the place of MNIST: what is kept of one, and that chance has no part in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../bench/reproduce/job.ts';
import { measureModel } from '../../bench/reproduce/measure-model.ts';
import { measureRun } from '../../bench/reproduce/measure-run.ts';
import { planRun } from '../../bench/reproduce/plan-run.ts';
import type { RunResult } from '../../bench/reproduce/run-result.ts';
import type { Run } from '../../bench/reproduce/runs.ts';
import { loadDataset } from '../../sdk/src/data/load-dataset.ts';
import { beginTraining, loadModel, type Snapshot, type TrainOptions } from '../../sdk/src/node.ts';
import { runHff } from '../cli/run-hff.ts';
import { makeIdx } from '../data/make-idx.ts';
import { temporaryFolder } from '../data/temporary-folder.ts';
import { mnistDigit } from '../support/render-digit.ts';

const put = temporaryFolder();
const samples = { train: 200, t10k: 60 };
const run: Run = { data: 'mnist', net: 'dense', method: 'hff', budget: 'quick', seed: 1 };
const before = process.env.HFF_DATA_DIR;
let folder: string;

beforeAll(() => {
  for (const [part, count] of Object.entries(samples)) {
    const first = part === 'train' ? 0 : 5000;
    const digits = Array.from({ length: count }, (_, i) => mnistDigit(i % 10, first + i));
    const images = makeIdx([count, 28, 28], Buffer.concat(digits));
    const labels = makeIdx(
      [count],
      Uint8Array.from({ length: count }, (_, i) => i % 10),
    );
    put(`mnist/${part}-labels-idx1-ubyte`, labels);
    folder = dirname(dirname(put(`mnist/${part}-images-idx3-ubyte`, images)));
  }
  process.env.HFF_DATA_DIR = folder;
});

afterAll(() => {
  if (before === undefined) delete process.env.HFF_DATA_DIR;
  else process.env.HFF_DATA_DIR = before;
});

describe.each([
  ['dense', 'local-cross-entropy', [0, 1, 2]],
  ['dense', 'back-propagation', [2]],
  ['dense', 'forward-forward', [0, 1, 2]],
  ['conv', 'back-propagation', [2]],
  ['conv', 'local-cross-entropy', [0, 1, 2]],
] as const)('%s, %s', (net, method, layers) => {
  it('is measured, and twice the same', async () => {
    const [first, second] = [
      await measureRun({ ...run, net, method }, null),
      await measureRun({ ...run, net, method }, null),
    ];
    expect(first.samples).toEqual({ training: samples.train, test: samples.t10k });
    expect(first.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(first.test.layers.map(({ layer }) => layer)).toEqual(layers);
    expect(first.cost.cpuSeconds).toBeGreaterThan(0);
    expect(first.cost.peakMemoryBytes).toBeGreaterThan(1e7);
    // Weights and both moments, at least.
    expect(first.cost.engineMemoryBytes).toBeGreaterThan(3 * 4 * first.parameters);
    expect(decided(second)).toEqual(decided(first));
  });
});

it.each(['hff', 'back-propagation'] as const)(
  '%s, killed after an epoch, goes on to the same result',
  async (method) => {
    const whole: Run = { ...run, net: 'conv', budget: 'full', method };
    const job: Job = {
      run: whole,
      file: `${folder}/${method}.json`,
      checkpoint: `${folder}/${method}.checkpoint`,
    };
    const first = makeOne(job);
    const exited = once(first, 'exit');
    await expect
      .poll(() => existsSync(job.checkpoint), { timeout: 60_000, interval: 20 })
      .toBe(true);
    first.kill('SIGKILL');
    await exited;
    expect(existsSync(job.file)).toBe(false);
    const second = makeOne(job);
    const [printed] = await Promise.all([text(second.stdout), once(second, 'exit')]);
    expect(printed).toMatch(/goes on after epoch \d+\n/);
    const result: RunResult = JSON.parse(readFileSync(job.file, 'utf8'));
    expect(existsSync(job.checkpoint)).toBe(false);
    expect(decided(result)).toEqual(decided(await measureRun(whole, null)));
  },
);

describe('a trained model', () => {
  let model: string;

  beforeAll(async () => {
    model = put('model.safetensors', await trainedFile({}));
  });

  it('has the figures of a run that trains', async () => {
    const trained = await measureRun(run, null);
    const measured = await measureModel(run, model, undefined);
    expect(decided(measured)).toEqual({ ...decided(trained), losses: [] });
    expect(measured.parameters).toBe(trained.parameters);
    expect(measured.bestEpoch).toBe(trained.bestEpoch);
    expect(measured.modelAccuracy).toBe(null);
  });

  it('is one of hff train with the same options, whose log tells of its epochs', async () => {
    const options =
      '--data mnist --layers conv:32,conv:64,conv:128 --epochs 2 --warm-up 10 --holdout 0.02 --json';
    const args = ['train', ...options.split(' '), '--out', 'by-hff.safetensors'];
    const { stdout, code } = await runHff(folder, args);
    expect(code).toBe(0);
    const conv: Run = { ...run, net: 'conv' };
    const log = put('log.jsonl', stdout);
    const measured = await measureModel(conv, `${folder}/by-hff.safetensors`, log);
    const trained = await measureRun(conv, null);
    expect(decided(measured)).toEqual(decided(trained));
    expect(measured.modelAccuracy).toBeGreaterThan(0.2);
    expect(measured.cost).toMatchObject({ cpuSeconds: null, peakMemoryBytes: null });
    expect(measured.cost.seconds).toBeGreaterThan(0);
  });

  it('is refused with a log of something else', async () => {
    const log = put('empty.jsonl', 'nothing\n{"event":"written"}\n');
    await expect(measureModel(run, model, log)).rejects.toThrow(
      'one for each epoch from 1 to 2, got epochs none',
    );
  });

  it('is refused where its numbers were rounded', async () => {
    const bytes = await (await loadModel(model)).export('int8');
    const rounded = put('rounded.safetensors', bytes);
    await expect(measureModel(run, rounded, undefined)).rejects.toThrow(
      'storage: expected "float32", as the run has it, got "smaller"',
    );
  });

  it('is refused where its training had more to it', async () => {
    const turned = put('turned.safetensors', await trainedFile({ turns: true }));
    await expect(measureModel(run, turned, undefined)).rejects.toThrow(
      'turns: expected nothing, as the run has it, got true',
    );
  });

  it('is refused where it belongs to another run', async () => {
    await expect(measureModel({ ...run, seed: 2 }, model, undefined)).rejects.toThrow(
      /seed: expected 2, as the run has it, got 1/,
    );
    await expect(measureModel({ ...run, budget: 'full' }, model, undefined)).rejects.toThrow(
      /epochs: expected 10, as the run has it, got 2/,
    );
    await expect(measureModel({ ...run, net: 'conv' }, model, undefined)).rejects.toThrow(
      /layers: expected /,
    );
  });
});

/** A model of the run, but for these options. */
async function trainedFile(more: Partial<TrainOptions>): Promise<Uint8Array> {
  const dataset = await loadDataset('mnist', { split: 'train' });
  const plan = planRun(run, dataset);
  const training = await beginTraining(dataset, { ...plan, options: { ...plan.options, ...more } });
  await training.run();
  return (await loadModel(training.best() as Snapshot)).export();
}

function makeOne(job: Job) {
  const file = fileURLToPath(new URL('../../bench/reproduce/run-one.ts', import.meta.url));
  return spawn(process.execPath, [file, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** All that training decides. */
function decided({ test, epochs, bestEpoch }: RunResult) {
  const losses = epochs.map(({ layers, holdoutAccuracy }) => ({ layers, holdoutAccuracy }));
  return { test, losses, bestEpoch };
}
