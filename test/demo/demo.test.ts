/** The demo page in a real Chromium, built and served as in production. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { drawWithFinger, drawWithMouse } from '../support/draw-on-pad.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { type ServedDemo, serveDemo } from '../support/serve-demo.ts';
import { ready, shown, watchedPage } from './use-demo.ts';

let demo: ServedDemo;
let browser: Browser;
/** Of all pages of a test. */
let complaints: string[];

beforeAll(async () => {
  [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const watched = await watchedPage(browser, demo.url, options);
  complaints = watched.complaints;
  return watched.page;
}

async function openDemo(options?: BrowserContextOptions): Promise<Page> {
  const page = await newPage(options);
  await page.goto(demo.url);
  await ready(page);
  return page;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

test('reads most digits drawn with the mouse and shows all scores', async () => {
  const page = await openDemo();
  const misread: string[] = [];
  for (let i = 0; i < 20; i++) {
    const digit = i % 10;
    await drawWithMouse(page, digit, 100 + i);
    const { answer, scores } = await shown(page);
    if (answer !== String(digit)) misread.push(`${digit} as ${answer}`);
    expect(scores).toHaveLength(10);
    expect(sum(scores)).toBeCloseTo(1, 3);
    expect(scores.indexOf(Math.max(...scores))).toBe(Number(answer));
    expect(await page.locator('#bars .best .label').textContent()).toBe(answer);
    expect(await page.locator('#announcement').textContent()).toContain(answer);
    expect(await page.locator('#time').textContent()).toMatch(/^\d+\.\d ms$/);
    await page.locator('#clear').click();
  }
  expect(misread.length, misread.join(', ')).toBeLessThanOrEqual(2);
  expect(complaints).toEqual([]);
});

test('takes a finger on a small phone, with all in view and no scrolling', async () => {
  const page = await openDemo({
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  const before = await page.evaluate(() => scrollY);
  await drawWithFinger(page, 7, 1);
  expect((await shown(page)).answer).toBe('7');
  expect(await page.evaluate(() => scrollY)).toBe(before);
  const tooWide = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(tooWide).toBe(0);
  const bars = await page.locator('#bars').boundingBox();
  expect((bars?.y ?? 0) + (bars?.height ?? 0)).toBeLessThanOrEqual(640);
  expect(complaints).toEqual([]);
});

test('classifies at most once per frame', async () => {
  const page = await openDemo();
  const frames = await page.evaluateHandle(() => {
    const frames: number[] = [];
    new MutationObserver((changes) => {
      for (const _ of changes) frames.push(Number(document.timeline.currentTime));
    }).observe(document.querySelector('#time') as HTMLElement, {
      characterData: true,
      subtree: true,
    });
    return frames;
  });
  const box = await page.locator('#pad').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 60];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await Promise.all(Array.from({ length: 100 }, (_, i) => page.mouse.move(x + 2 * i, y + i)));
  await page.mouse.up();
  await shown(page);
  const seen = await frames.jsonValue();
  expect(seen.length).toBeGreaterThan(0);
  expect(new Set(seen).size).toBe(seen.length);
});

test('undoes stroke by stroke and clears, with the keyboard alone', async () => {
  const page = await openDemo();
  await drawWithMouse(page, 1, 1);
  const one = await shown(page);
  await drawWithMouse(page, 0, 1);
  expect(await shown(page)).not.toEqual(one);
  await page.keyboard.press('Control+z');
  expect(await shown(page)).toEqual(one);

  await page.locator('#undo').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await shown(page)).toEqual({ answer: '', scores: new Array(10).fill(0) });
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  expect((await shown(page)).answer).toBe('');
  expect(complaints).toEqual([]);
});

test('keeps the drawing when the window or the colour scheme changes', async () => {
  const page = await openDemo({ colorScheme: 'light' });
  await drawWithMouse(page, 3, 1);
  await page.setViewportSize({ width: 400, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect((await shown(page)).answer).toBe('3');
  const { paper, brightest } = await page.locator('#pad').evaluate((pad: HTMLCanvasElement) => {
    const pixels = pad.getContext('2d')?.getImageData(0, 0, pad.width, pad.height).data ?? [0];
    const paper = pixels[0] ?? 0;
    let brightest = 0;
    for (let i = 0; i < pixels.length; i += 4) brightest = Math.max(brightest, pixels[i] ?? 0);
    return { paper, brightest };
  });
  expect(paper).toBeLessThan(64);
  expect(brightest).toBeGreaterThan(192);
});

test('says which model it is', async () => {
  const page = await openDemo();
  const facts = await page.locator('#facts').textContent();
  for (const fact of ['digits', 'Parameters', 'MB', 'Test accuracy']) expect(facts).toContain(fact);
  expect(await page.locator('#api code').textContent()).toContain(
    `${demo.url}v1/models/digits/classify`,
  );
});

test('can be installed', async () => {
  const page = await openDemo();
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '')).toMatchObject({
    display: 'standalone',
    start_url: '/',
    scope: '/',
  });
  await page.evaluate(() => navigator.serviceWorker.ready);
  const icon = await page.evaluate(() => fetch('/icon.svg').then(({ status }) => status));
  expect(icon).toBe(200);
});

test('works on when the network goes away, and after a reload without it', async () => {
  const page = await openDemo();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await drawWithMouse(page, 4, 1);
  expect((await shown(page)).answer).toBe('4');

  await page.reload();
  await ready(page);
  await drawWithMouse(page, 2, 1);
  expect((await shown(page)).answer).toBe('2');
  expect(complaints).toEqual([]);
});

test('says so when the model cannot be loaded, and tries again', async () => {
  const files = '**/*.safetensors';
  const page = await newPage({ serviceWorkers: 'block' });
  await page.route(files, (route) => route.abort());
  await page.goto(demo.url);
  const failure = page.locator('#failure');
  await failure.waitFor();
  expect(await failure.textContent()).toContain('could not be fetched');
  expect(await page.locator('#stage').isVisible()).toBe(false);

  await page.unroute(files);
  await failure.getByRole('button').click();
  await ready(page);
  expect(await failure.isVisible()).toBe(false);
});

test('is sent with a strict content security policy', async () => {
  const { headers } = await fetch(demo.url);
  expect(headers.get('content-security-policy')).toContain(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';",
  );
});
