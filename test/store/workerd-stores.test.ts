/** KV, Durable Objects and memory in a real workerd. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { itKeepsTheContract } from './run-contract.ts';
import { type ContractWorker, startContractWorker } from './start-contract-worker.ts';
import { kvCases } from './worker/kv-cases.ts';
import { roomCases } from './worker/room-cases.ts';

let state: string;
let worker: ContractWorker;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'hff-state-'));
  worker = await startContractWorker(state);
});

afterAll(async () => {
  await worker.stop();
  await rm(state, { recursive: true });
});

describe('kvStore', () => {
  itKeepsTheContract([], (name) => worker.run('kv', name));
  for (const name of Object.keys(kvCases)) it(name, () => worker.run('kv', name));
});

describe('durableObjectStore', () => {
  itKeepsTheContract(['one-creator'], (name) => worker.run('room', name));
  for (const name of Object.keys(roomCases)) it(name, () => worker.run('room', name));
});

describe('memoryStore in a Worker', () => {
  itKeepsTheContract(['one-creator', 'watch'], (name) => worker.run('memory', name));
});

it('keeps what was created when workerd starts anew', async () => {
  for (const driver of ['kv', 'room'] as const) await worker.run(driver, 'write');
  await worker.stop();
  worker = await startContractWorker(state);
  for (const driver of ['kv', 'room'] as const) await worker.run(driver, 'check');
});
