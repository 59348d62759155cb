/** `kill -9` of workerd while models learn in it: what it said it had learned is there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnModel } from '../model/drawn-model.ts';

const script = fileURLToPath(new URL('serve-worker.ts', import.meta.url));
let state: string;
let source: Uint8Array<ArrayBuffer>;
let running: ChildProcess | undefined;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'hff-killed-worker-'));
  source = new Uint8Array(await (await drawnModel()).export());
});

afterAll(async () => {
  await kill();
  await rm(state, { recursive: true, force: true });
});

/** @returns its address */
async function start(): Promise<string> {
  // A group of its own, so that workerd is killed with what started it.
  running = spawn(process.execPath, [script, state], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const [address] = await once(running.stdout as NodeJS.ReadableStream, 'data');
  return String(address).trim();
}

async function kill(): Promise<void> {
  if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return;
  const ended = once(running, 'close');
  process.kill(-running.pid, 'SIGKILL');
  await ended;
}

/** Learns until there is no answer any more. @returns the next hand that was not acknowledged */
async function learnOn(address: string, where: string, hand: number): Promise<number> {
  for (;;) {
    try {
      const path = `${address}/${where}/learn?digit=8&hand=${hand}&label=eight`;
      const response = await fetch(path, { method: 'POST' });
      if ((await response.text()) !== 'learned') return hand;
      hand++;
    } catch {
      return hand;
    }
  }
}

it('loses nothing that was acknowledged, in a Durable Object and in KV', async () => {
  const next = { room: 0, kv: 0 };
  for (const delayMs of [20, 150, 400, 60]) {
    const address = await start();
    for (const where of ['room', 'kv'] as const) {
      const body = next[where] === 0 ? source : new Uint8Array();
      const opened = await fetch(`${address}/${where}/open`, { method: 'POST', body });
      expect(await opened.json()).toEqual({ lost: [] });
      const counts = (await (await fetch(`${address}/${where}/counts`)).json()) as {
        eight?: number;
      };
      // One may have been stored that nobody was told of.
      expect((counts.eight ?? 0) - next[where]).toBeOneOf([0, 1]);
      next[where] = counts.eight ?? 0;
    }
    const learning = Promise.all([
      learnOn(address, 'room', next.room),
      learnOn(address, 'kv', next.kv),
    ]);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await kill();
    const [room, kv] = await learning;
    expect(Math.min(room - next.room, kv - next.kv)).toBeGreaterThanOrEqual(0);
    Object.assign(next, { room, kv });
  }
  expect(Math.min(next.room, next.kv)).toBeGreaterThan(2);
}, 120_000);
