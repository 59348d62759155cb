/** Projects for browsers, from the packed package to a lesson taken in Chromium. */
import type { Browser } from 'playwright-core';
import { createServer, preview } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { builds } from './built-pages.ts';
import { type Packed, packSdk } from './install-consumer.ts';
import { lessonOf, taken } from './lesson.ts';

let packed: Packed;
let browser: Browser;

beforeAll(async () => {
  packed = await packSdk();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await packed?.remove();
});

/** Opens an address and takes the lesson; errors of the page are errors here. */
async function takenAt(url: string | undefined): Promise<unknown> {
  const page = await (await browser.newContext()).newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  try {
    await page.goto(url as string);
    return await lessonOf(page);
  } catch (cause) {
    throw new Error(`${cause}\n${errors.join('\n')}`, { cause });
  } finally {
    await page.context().close();
  }
}

const local = { host: '127.0.0.1', port: 0 };

/** All that a page has to allow; that of `plain` has its script and its import map in itself. */
function policyFor(project: string): string {
  const inline = project === 'plain' ? " 'unsafe-inline'" : '';
  return `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'${inline}`;
}

it.each(Object.keys(builds))('%s', async (project) => {
  const folder = await packed.install(project);
  const outDir = await (builds[project] as (folder: string) => Promise<string>)(folder);
  const server = await preview({
    root: folder,
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    build: { outDir },
    preview: { ...local, headers: { 'Content-Security-Policy': policyFor(project) } },
  });
  try {
    expect(await takenAt(server.resolvedUrls?.local[0])).toEqual(taken);
  } finally {
    await server.close();
  }
});

it('vite, while developing', async () => {
  const root = await packed.install('vite');
  const server = await createServer({ root, configFile: false, logLevel: 'error', server: local });
  await server.listen();
  try {
    expect(await takenAt(server.resolvedUrls?.local[0])).toEqual(taken);
  } finally {
    await server.close();
  }
});
