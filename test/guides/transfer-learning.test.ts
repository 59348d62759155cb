/**
 * Who follows the guide to transfer learning gets what it says: its files, in a folder with the packed
 * package, and a small net with random filters for a backbone.
 */

import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { build, preview } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unstable_startWorker } from 'wrangler';
import { type Packed, packSdk } from '../consumers/install-consumer.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { quietDev } from '../support/quiet-dev.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { type Block, guideBlocks } from './blocks.ts';

const examples = new URL('../../examples/', import.meta.url);

let packed: Packed;
let blocks: Block[];

beforeAll(async () => {
  packed = await packSdk();
  blocks = (await guideBlocks()).filter(({ where }) => where.includes('transfer-learning'));
});

afterAll(() => packed?.remove());

/** A folder with the files of a section, two pictures, and a backbone in `net`. */
async function followed(section: string, net: string): Promise<string> {
  const folder = await packed.install('backbone');
  const files = blocks.filter((block) => block.section === section && block.title);
  expect(files.length).toBeGreaterThan(0);
  for (const { title, code } of files) await writeFile(join(folder, title as string), code);
  await copyFile(new URL('seven.png', examples), join(folder, 'cat.png'));
  await copyFile(new URL('lambda.png', examples), join(folder, 'dog.png'));
  await mkdir(join(folder, net), { recursive: true });
  await writeNet(join(folder, net));
  return folder;
}

/** A net for colour images of 128 × 128, as tfjs keeps a LayersModel. */
async function writeNet(folder: string): Promise<void> {
  await startTfjsInNode();
  const filters = tf.initializers.randomNormal({ stddev: 0.3, seed: 1 });
  const conv = tf.layers.conv2d({
    inputShape: [128, 128, 3],
    filters: 64,
    kernelSize: 9,
    strides: 8,
    activation: 'relu',
    kernelInitializer: filters,
  });
  const model = tf.sequential({ layers: [conv] });
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      await writeFile(
        join(folder, 'model.json'),
        JSON.stringify({ modelTopology, weightsManifest }),
      );
      await writeFile(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  model.dispose();
}

it('in Node', async () => {
  const folder = await followed('In Node', 'net');
  const { stdout } = await promisify(execFile)(process.execPath, ['main.mjs'], { cwd: folder });
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('dog');
});

it('in a browser', async () => {
  const root = await followed('In a browser, with Vite', 'public/net');
  await build({ root, logLevel: 'error', build: { target: 'esnext' } });
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: 0 },
  });
  const browser = await launchChromium();
  const page = await browser.newPage();
  const says = (text: string) =>
    page.locator('output', { hasText: new RegExp(`^${text}$`) }).waitFor();
  const choose = (picture: string) => page.setInputFiles('input[type=file]', join(root, picture));
  const open = async (): Promise<void> => {
    await page.goto(server.resolvedUrls?.local[0] as string);
    await page.waitForFunction(() => document.querySelector('button')?.onclick);
  };
  try {
    await open();
    for (const name of ['cat', 'dog']) {
      await choose(`${name}.png`);
      await page.fill('input:not([type])', name);
      await page.click('button');
      await says(`learned ${name}`);
    }
    await open();
    await choose('cat.png');
    await says('cat');
    await choose('dog.png');
    await says('dog');
  } finally {
    await browser.close();
    await server.close();
  }
});

it('in a Worker', async () => {
  const folder = await followed('In a Cloudflare Worker', 'public/net');
  const worker = await unstable_startWorker({
    config: join(folder, 'wrangler.toml'),
    dev: quietDev,
  });
  const post = async (picture: string, query = ''): Promise<unknown> => {
    const url = new URL(`/${query}`, await worker.url);
    const body = await readFile(join(folder, picture));
    const response = await fetch(url, { method: 'POST', body });
    return response.json();
  };
  try {
    await worker.ready;
    expect(await post('cat.png', '?label=cat')).toMatchObject({ label: 'cat' });
    expect(await post('dog.png', '?label=dog')).toMatchObject({ label: 'dog' });
    expect(await post('cat.png')).toMatchObject({ label: 'cat' });
  } finally {
    await worker.dispose();
  }
});
