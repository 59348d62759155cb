/** A reader written in Python from `docs/format.md` alone reads the same as ours. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInt8, type Numbers, toFloat32 } from '../../sdk/src/backend/numbers.ts';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import { readSnapshot, tensorsOf } from '../../sdk/src/format/snapshot.ts';
import { readEntry } from '../../sdk/src/journal/entry.ts';
import { fingerprint } from '../../sdk/src/learn/fingerprint.ts';
import { LearnedState } from '../../sdk/src/learn/learned-state.ts';
import { Model } from '../../sdk/src/model.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { convolved } from './conv-snapshot.ts';
import { startEngine } from './start-engine.ts';
import { storages } from './tiny-snapshot.ts';

const root = new URL('../../', import.meta.url);
const golden = new URL('test/golden/v1/', root);
const reader = fileURLToPath(new URL('read_model.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const engine = await startEngine();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hff-reader-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the Python reader prints of these bytes. */
async function readInPython(bytes: Uint8Array, input?: ArrayLike<number>) {
  const paths = ['stored', 'input.json'].map((name) => join(folder, name)) as [string, string];
  await writeFile(paths[0], bytes);
  await writeFile(paths[1], JSON.stringify(Array.from(input ?? [])));
  const given = input ? paths : paths.slice(0, 1);
  const { stdout } = await promisify(execFile)('python3', ['-B', reader, ...given], {
    maxBuffer: 1 << 24,
  });
  return JSON.parse(stdout);
}

function dtypeOf(numbers: Numbers): string {
  if (isInt8(numbers)) return 'I8';
  return numbers instanceof Uint16Array ? 'F16' : 'F32';
}

function near(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThan(tolerance * Math.max(1, Math.abs(expected)));
}

/** As the Python reader prints it. */
function toldOf(changes: Uint8Array, base: readonly string[]) {
  const read = readChanges(changes);
  const state = new LearnedState({ ...read, replica: 'reader', base });
  state.take(read);
  return {
    fingerprint: read.fingerprint,
    dimension: read.dimension,
    versions: state.versions(),
    classes: state.classes().map(({ baseIndices, sum, ...rest }) => ({
      ...rest,
      base: baseIndices,
      sum: [...sum].map((value) => expect.closeTo(value, 9)),
    })),
  };
}

const tiny = Array.from({ length: 12 }, (_, i) => (110 * (i * i + 31)) % 256);
const image = Array.from({ length: 9 * 8 * 3 }, (_, i) => (i * 37) % 256);
const models: [string, URL | Uint8Array, ArrayLike<number>][] = [
  ...['plain', 'float32', 'float16', 'int8', 'learned'].map(
    (name): [string, URL, ArrayLike<number>] => [
      name,
      new URL(`${name}.safetensors`, golden),
      tiny,
    ],
  ),
  ['digits', new URL('models/digits/digits.safetensors', root), mnistDigit(7, 1)],
  ...['layers', 'given'].map((name): [string, URL, number[]] => [
    name,
    new URL(`test/golden/numpy/${name}.safetensors`, root),
    Array.from({ length: 12 }, (_, i) => (i % 5) - 2),
  ]),
  ...storages.map((storage): [string, Uint8Array, ArrayLike<number>] => [
    `with convolutions in ${storage}`,
    convolved(storage),
    image,
  ]),
];

describe.skipIf(!hasPython)('a reader in Python (skipped where there is no python3)', () => {
  it.each(models)('reads the same of the model %s', async (_, source, input) => {
    const bytes = source instanceof URL ? new Uint8Array(await readFile(source)) : source;
    const snapshot = readSnapshot(bytes);
    const { learned, ...trained } = snapshot;
    const told = await readInPython(bytes, input);
    expect(told.spec).toEqual(snapshot.spec);
    expect(told.fingerprint).toBe(fingerprint(snapshot));
    expect(Object.keys(told.tensors).sort()).toEqual([...snapshot.weights.keys()].sort());
    for (const [name, { shape }] of tensorsOf(snapshot.spec)) {
      const numbers = snapshot.weights.get(name) as Numbers;
      const values = toFloat32(numbers);
      const { dtype, shape: toldShape, sum, squares } = told.tensors[name];
      expect([dtype, toldShape]).toEqual([dtypeOf(numbers), shape]);
      near(
        sum,
        values.reduce((total, value) => total + value, 0),
        1e-5,
      );
      near(
        squares,
        values.reduce((total, value) => total + value * value, 0),
        1e-5,
      );
    }
    const model = await Model.load(engine, trained);
    const { scores, familiarity } = await model.classify(input);
    const theirs = new Map<string, number>(told.decision.scores);
    for (const { label, score } of scores) near(theirs.get(label) as number, score, 1e-5);
    near(told.decision.familiarity, familiarity, 1e-5);
    model.dispose();
    expect(told.learned).toEqual(learned && toldOf(learned, snapshot.spec.labels));
  });

  it.each(['start', 'snapshot', 'changes'])('reads the same of the entry %s', async (name) => {
    const bytes = new Uint8Array(await readFile(new URL(`${name}.entry`, golden)));
    const { changes, ...head } = readEntry(bytes, 'tiny/log/000000000001') ?? {};
    const told = await readInPython(bytes);
    expect(told.head).toEqual(head);
    expect(told.learned).toEqual(changes?.length ? toldOf(changes, []) : undefined);
  });

  it('reads all entries of a store', async () => {
    const values: Record<string, string> = JSON.parse(
      await readFile(new URL('store.json', golden), 'utf8'),
    );
    for (const [key, value] of Object.entries(values)) {
      const bytes = new Uint8Array(Buffer.from(value, 'base64'));
      const entry = key.includes('/base/') ? null : readEntry(bytes, key);
      const told = await readInPython(bytes);
      if (!entry) expect(told.spec).toEqual(readSnapshot(bytes).spec);
      else
        expect(told.learned).toEqual(entry.changes.length ? toldOf(entry.changes, []) : undefined);
    }
  });

  it('refuses a damaged entry, and what is newer', async () => {
    const entry = new Uint8Array(await readFile(new URL('changes.entry', golden)));
    entry[40] = (entry[40] as number) ^ 1;
    await expect(readInPython(entry)).rejects.toThrow('its CRC is another');
    const text = await readFile(new URL('plain.safetensors', golden), 'latin1');
    const newer = text.replace('"format_version":"1"', '"format_version":"2"');
    await expect(readInPython(Buffer.from(newer, 'latin1'))).rejects.toThrow('version 2 is newer');
  });
});
