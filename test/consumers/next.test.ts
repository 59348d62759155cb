/** Next.js, with the quick start's code: the server renders with a model, and the page has one, too. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { guideBlocks } from '../guides/blocks.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { packSdk } from './install-consumer.ts';
import { lessonOf, taken } from './lesson.ts';

const packageOfNext = createRequire(import.meta.url).resolve('next/package.json');
const next = join(dirname(packageOfNext), 'dist/bin/next');
const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };

/** The address that the server tells on its output. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('next start: expected an output to read.');
  for await (const line of createInterface({ input: stdout })) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error('next start: ended without an address.');
}

it('Next.js, built by Turbopack', async () => {
  const packed = await packSdk();
  const cwd = await packed.install('next');
  await mkdir(join(cwd, 'public'));
  await copyFile(
    join(cwd, 'node_modules/@hff-edge/sdk/models/digits.safetensors'),
    join(cwd, 'public/digits.safetensors'),
  );
  const [hook, ...others] = (await guideBlocks()).filter(({ section }) => section === 'In Next.js');
  expect([hook?.title, others]).toEqual(['app/use-digits.js', []]);
  await writeFile(join(cwd, 'app/use-digits.js'), hook?.code ?? '');
  await promisify(execFile)(process.execPath, [next, 'build'], { cwd, env });
  const server = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', '0'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(await addressOf(server));
    expect(JSON.parse((await page.textContent('#server')) ?? '')).toEqual(taken);
    expect(await lessonOf(page)).toEqual(taken);
  } finally {
    await browser.close();
    server.kill();
    await once(server, 'exit');
    await packed.remove();
  }
});
