/**
 * What a key that teaches wrong labels does to a model over HTTP, and what is left of it after one call
 * of `forget-taught`. Drawn digits, and mirrored sevens as a class that a good key taught.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mnistDigit } from '../test/support/render-digit.ts';
import { startWorker } from '../test/support/start-worker.ts';
import { caller } from '../test/worker/call.ts';
import { makeKeys, type TestKey } from '../test/worker/keys.ts';

const asked = 40;
const wrongOfEach = 200;

interface Sample {
  readonly input: number[];
  readonly label: string;
}

function digits(first: number, count: number): Sample[] {
  return Array.from({ length: 10 * count }, (_, i) => ({
    input: Array.from(mnistDigit(i % 10, first + i)),
    label: String(i % 10),
  }));
}

function mirroredSevens(first: number, count: number): Sample[] {
  return Array.from({ length: count }, (_, n) => {
    const seven = mnistDigit(7, first + n);
    const at = (i: number): number => seven[28 * Math.floor(i / 28) + 27 - (i % 28)] as number;
    return { input: Array.from(seven, (_, i) => at(i)), label: 'gamma' };
  });
}

export async function measurePoisoning(): Promise<Record<string, string>[]> {
  const state = await mkdtemp(join(tmpdir(), 'hff-poisoning-'));
  const keys = await makeKeys(state, [
    ['acme', 'learn'],
    ['acme', 'learn'],
    ['acme', 'admin'],
  ]);
  const [ann, mallory, admin] = keys as [TestKey, TestKey, TestKey];
  const worker = await startWorker({ state });
  const call = caller(() => worker.url);
  const path = '/models/digits';
  const teach = async (key: TestKey, samples: readonly Sample[]): Promise<number> => {
    let version = 0;
    for (let start = 0; start < samples.length; start += 100) {
      const some = samples.slice(start, start + 100);
      const body = { inputs: some.map((s) => s.input), labels: some.map((s) => s.label) };
      const answer = await call(key, 'POST', `${path}/learn`, body);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      version = answer.body.model.version;
    }
    return version;
  };
  const accuracy = async (samples: readonly Sample[], version: number): Promise<string> => {
    let right = 0;
    for (let start = 0; start < samples.length; start += 100) {
      const some = samples.slice(start, start + 100);
      const body = { inputs: some.map((s) => s.input), topK: 1 };
      const minimum = { 'X-Min-Version': String(version) };
      const { body: answer } = await call(ann, 'POST', `${path}/classify`, body, minimum);
      for (const [i, { label }] of answer.results.entries()) {
        if (label === some[i]?.label) right++;
      }
    }
    return ((100 * right) / samples.length).toFixed(1);
  };
  const known = digits(700_000, asked);
  const taught = mirroredSevens(710_000, asked);
  const rows: Record<string, string>[] = [];
  const add = async (model: string, version: number): Promise<void> => {
    rows.push({
      model,
      'digits, %': await accuracy(known, version),
      'class that was taught, %': await accuracy(taught, version),
    });
  };
  try {
    await add('before', await teach(ann, mirroredSevens(720_000, 20)));
    const wrong = digits(730_000, wrongOfEach).map((sample) => ({
      ...sample,
      label: sample.label === '7' ? 'gamma' : String((Number(sample.label) + 1) % 7),
    }));
    await add('poisoned', await teach(mallory, wrong));
    const undone = await call(admin, 'POST', `${path}/forget-taught`, { keyId: mallory.id });
    await add('after forget-taught', undone.body.model.version);
    return rows;
  } finally {
    await worker.stop();
    await rm(state, { recursive: true });
  }
}
