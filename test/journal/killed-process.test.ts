/** `kill -9` while a process learns: what it said it had learned is there. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileStore, openModel } from '../../sdk/src/node.ts';
import { drawnModel } from '../model/drawn-model.ts';

const script = fileURLToPath(new URL('learn-until-killed.ts', import.meta.url));
let folder: string;
let source: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hff-killed-'));
  source = join(folder, 'drawn.safetensors');
  await writeFile(source, await (await drawnModel()).export());
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Learns from this hand on and dies `delayMs` after the first sample. @returns hands acknowledged */
async function learnAndDie(first: number, delayMs: number): Promise<number[]> {
  const child = spawn(process.execPath, [script, join(folder, 'store'), source, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data) => {
    if (!said) setTimeout(() => child.kill('SIGKILL'), delayMs);
    said += data;
  });
  await new Promise((resolve) => child.on('close', resolve));
  return said.split('\n').filter(Boolean).map(Number);
}

it('loses nothing that was acknowledged, and shows batches whole', async () => {
  let [next, singles, batches] = [0, 0, 0];
  for (const delayMs of [0, 3, 10, 21, 50, 77, 130, 300]) {
    const hands = await learnAndDie(next, delayMs);
    expect(hands.length).toBeGreaterThan(0);
    next = (hands.at(-1) as number) + 1;
    for (const hand of hands) {
      if (hand % 10 === 9) batches++;
      else singles++;
    }
    const model = await openModel('drawn', { store: fileStore(join(folder, 'store')) });
    expect(model.lost).toEqual([]);
    const counts = new Map((await model.classes()).map(({ label, learned }) => [label, learned]));
    const now = [counts.get('one by one') ?? 0, (counts.get('batch') ?? 0) / 20];
    const expected = [singles, batches];
    // One may have been stored that nobody was told of.
    const more = expected.with(next % 10 === 9 ? 1 : 0, now[next % 10 === 9 ? 1 : 0] as number);
    expect(now).toEqual(more);
    expect((now[0] as number) - singles + (now[1] as number) - batches).toBeOneOf([0, 1]);
    [singles, batches] = now as [number, number];
    model.dispose();
  }
});
