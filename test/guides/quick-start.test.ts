/** Who follows the quick start gets what it says: its files, in a folder with the packed package. */

import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unstable_startWorker } from 'wrangler';
import { type Packed, packSdk } from '../consumers/install-consumer.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { quietDev } from '../support/quiet-dev.ts';
import { type Block, guideBlocks } from './blocks.ts';

const pictures = ['seven.png', 'lambda.png'].map((name) =>
  fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)),
) as [string, string];
const [seven, lambda] = pictures;

let packed: Packed;
let blocks: Block[];

beforeAll(async () => {
  packed = await packSdk();
  blocks = (await guideBlocks()).filter(({ where }) => where.includes('quick-start'));
});

afterAll(() => packed?.remove());

/** A folder with the files of a section and the pictures. */
async function followed(section: string): Promise<string> {
  const folder = await packed.install('empty');
  const files = blocks.filter((block) => block.section === section && block.title);
  expect(files.length).toBeGreaterThan(0);
  for (const { title, code } of files) {
    const path = join(folder, title as string);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, code);
  }
  await copyFile(seven, join(folder, 'seven.png'));
  await copyFile(lambda, join(folder, 'lambda.png'));
  return folder;
}

async function printed(folder: string, program: string, args: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(program, args, {
    cwd: folder,
    env: { ...process.env, DENO_NO_UPDATE_CHECK: '1' },
  });
  return stdout.trimEnd().split('\n');
}

describe('in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  it.each([
    ['In a browser, with Vite', true],
    ['In a browser, without a bundler', false],
  ])('%s', async (section, isBuilt) => {
    const root = await followed(section);
    if (isBuilt) await build({ root, logLevel: 'error' });
    const server = await preview({
      root,
      configFile: false,
      appType: 'mpa',
      logLevel: 'error',
      build: { outDir: isBuilt ? 'dist' : '.' },
      preview: { host: '127.0.0.1', port: 0 },
    });
    const page = await (await browser.newContext()).newPage();
    const choose = async (path: string, answer: string): Promise<void> => {
      await page.setInputFiles('input[type=file]', path);
      await page.locator('output', { hasText: new RegExp(`^${answer}$`) }).waitFor();
    };
    const open = async (): Promise<void> => {
      await page.goto(server.resolvedUrls?.local[0] as string);
      // Listeners are there once the model is.
      await page.waitForFunction(() => document.querySelector('button')?.onclick);
    };
    try {
      await open();
      await choose(seven, '7');
      await choose(lambda, 'unknown');
      await page.click('button');
      await page.locator('output', { hasText: 'learned lambda' }).waitFor();
      await open();
      await choose(lambda, 'lambda');
      await choose(seven, '7');
    } finally {
      await page.context().close();
      await server.close();
    }
  });
});

it('in Node, twice', async () => {
  const folder = await followed('In Node, Deno or Bun');
  const run = () => printed(folder, process.execPath, ['main.mjs']);
  expect(await run()).toEqual(['7', 'true', 'lambda']);
  expect(await run()).toEqual(['7', 'false', 'lambda']);
});

it.each([
  ['Bun', 'bun', ['main.mjs']],
  ['Deno', 'deno', ['run', '-A', 'main.mjs']],
])('in %s', async (_, name, args) => {
  const folder = await followed('In Node, Deno or Bun');
  const program = fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));
  expect(await printed(folder, program, args)).toEqual(['7', 'true', 'lambda']);
});

it('on features of a backbone', async () => {
  const folder = await followed('On features of your own backbone');
  expect(await printed(folder, process.execPath, ['main.mjs'])).toEqual(['tomato']);
});

it('in a Worker', async () => {
  const folder = await followed('In a Cloudflare Worker');
  const worker = await unstable_startWorker({
    config: join(folder, 'wrangler.toml'),
    dev: quietDev,
  });
  const post = async (path: string, query = ''): Promise<unknown> => {
    const url = new URL(`/${query}`, await worker.url);
    const response = await fetch(url, { method: 'POST', body: await readFile(path) });
    return response.json();
  };
  try {
    await worker.ready;
    expect(await post(seven)).toMatchObject({ label: '7' });
    expect(await post(lambda)).toMatchObject({ unknown: true });
    expect(await post(lambda, '?label=lambda')).toMatchObject({ label: 'lambda' });
  } finally {
    await worker.dispose();
  }
});
