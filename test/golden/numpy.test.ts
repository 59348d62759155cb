/** Models that NumPy wrote from `docs/format.md` decide here as they do there, and learn on. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../sdk/src/node.ts';

interface Expected {
  readonly samples: readonly number[][];
  readonly [model: string]: readonly unknown[];
}

interface Decision {
  readonly scores: Readonly<Record<string, number>>;
  readonly familiarity: number;
}

const models = ['layers', 'given'];
const committed = new URL('numpy/', import.meta.url);
const hasNumPy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

async function read(folder: URL) {
  const expected: Expected = JSON.parse(await readFile(new URL('expected.json', folder), 'utf8'));
  const load = async (name: string) => loadModel(new URL(`${name}.safetensors`, folder));
  return { expected, load };
}

async function expectSameDecisions(folder: URL, name: string): Promise<void> {
  const { expected, load } = await read(folder);
  const model = await load(name);
  const decided = await model.classifyBatch(expected.samples);
  expect(decided).toHaveLength(6);
  decided.forEach(({ scores, familiarity }, i) => {
    const wanted = expected[name]?.[i] as Decision;
    expect(scores).toHaveLength(Object.keys(wanted.scores).length);
    for (const { label, score } of scores) {
      expect(Math.abs(score - (wanted.scores[label] as number))).toBeLessThan(1e-5);
    }
    expect(Math.abs(familiarity - wanted.familiarity)).toBeLessThan(1e-5);
  });
  model.dispose();
}

describe.each(models)('%s.safetensors', (name) => {
  it('decides as NumPy does', () => expectSameDecisions(committed, name));

  it('learns a class, and is frozen with it', async () => {
    const { expected, load } = await read(committed);
    const model = await load(name);
    const jump = expected.samples[0]?.map((value, i) => (i % 2 ? 9 : value)) ?? [];
    await model.learn(jump, 'jumping');
    expect((await model.classify(jump)).label).toBe('jumping');
    const frozen = await loadModel(await model.exportFrozen());
    expect((await frozen.classify(jump)).label).toBe('jumping');
    expect(frozen.labels).toEqual(['sitting', 'walking', 'läuft', 'jumping']);
  });
});

it.runIf(hasNumPy)('written anew they are as they were', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hff-numpy-'));
  try {
    const script = fileURLToPath(new URL('write_models.py', committed));
    await promisify(execFile)('python3', ['-B', script, folder]);
    for (const name of models) await expectSameDecisions(pathToFileURL(`${folder}/`), name);
  } finally {
    await rm(folder, { recursive: true });
  }
});
