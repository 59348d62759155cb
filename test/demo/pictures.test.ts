/** Pictures from files, drops, the clipboard and the camera, in a real Chromium. */
import { encode } from 'fast-png';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Camera, filmDigit } from '../support/film-digit.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { photographDigit } from '../support/photograph-digit.ts';
import { type ServedDemo, serveDemo } from '../support/serve-demo.ts';
import { ready, shown, watchedPage } from './use-demo.ts';

const SIZE = 320;

let demo: ServedDemo;
let browser: Browser;
let camera: Camera;

beforeAll(async () => {
  camera = await filmDigit(4, 11);
  [demo, browser] = await Promise.all([serveDemo(), launchChromium(camera.flags)]);
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  await camera?.remove();
});

function pngOf(digit: number, seed: number): Buffer {
  const { width, height, data } = photographDigit(digit, seed, SIZE);
  return Buffer.from(encode({ width, height, data: Uint8Array.from(data), channels: 1 }));
}

const fileOf = (png: Buffer) => ({ name: 'digit.png', mimeType: 'image/png', buffer: png });

async function openDemo(): Promise<{ page: Page; complaints: string[] }> {
  const watched = await watchedPage(browser, demo.url);
  await watched.page.goto(demo.url);
  await ready(watched.page);
  return watched;
}

/** As a drop or a paste would bring it. */
async function bring(page: Page, kind: 'drop' | 'paste', png: Buffer): Promise<void> {
  await page.evaluate(
    ([kind, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], 'digit.png', { type: 'image/png' }));
      const options = { bubbles: true, cancelable: true };
      document.body.dispatchEvent(
        kind === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: data })
          : new ClipboardEvent('paste', { ...options, clipboardData: data }),
      );
    },
    [kind, [...png]] as const,
  );
}

test('reads pictures that are chosen, dropped and pasted, and learns them', async () => {
  const { page, complaints } = await openDemo();
  await page.locator('#picture-file').setInputFiles(fileOf(pngOf(7, 1)));
  await expect.poll(async () => (await shown(page)).answer).toBe('7');
  await bring(page, 'drop', pngOf(3, 2));
  await expect.poll(async () => (await shown(page)).answer).toBe('3');
  await bring(page, 'paste', pngOf(0, 3));
  await expect.poll(async () => (await shown(page)).answer).toBe('0');
  await page.locator('#teach input').fill('ring');
  await page.locator('#teach button').click();
  await page.locator('#sentence', { hasText: 'Learned' }).waitFor();
  await page.locator('#clear').click();
  expect((await shown(page)).answer).toBe('');
  expect(complaints).toEqual([]);
});

test('says what is no picture', async () => {
  const { page } = await openDemo();
  const buffer = Buffer.from('no picture');
  await page
    .locator('#picture-file')
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer });
  await page
    .locator('#notice', { hasText: 'expected one that this browser can show, got text/plain' })
    .waitFor();
  await page.locator('#notice button').click();
  expect(await page.locator('#notice').count()).toBe(0);
});

test('says that there is nothing written on a picture, and leaves the pad as it is', async () => {
  const { page } = await openDemo();
  await page.locator('#picture-file').setInputFiles(fileOf(pngOf(7, 1)));
  await expect.poll(async () => (await shown(page)).answer).toBe('7');
  const paper = {
    width: SIZE,
    height: SIZE,
    data: new Uint8Array(SIZE * SIZE).fill(200),
    channels: 1,
  };
  await page.locator('#picture-file').setInputFiles(fileOf(Buffer.from(encode(paper))));
  await page.locator('#notice', { hasText: 'got no ink' }).waitFor();
  expect((await shown(page)).answer).toBe('7');
});

test('reads what the camera sees, holds it, and switches the camera off', async () => {
  const { page, complaints } = await openDemo();
  await page.locator('#camera').click();
  await expect.poll(() => page.locator('#answer').textContent()).toBe('4');
  expect(await page.locator('#camera').getAttribute('aria-pressed')).toBe('true');
  const track = await page
    .locator('video')
    .evaluateHandle(
      (video: HTMLVideoElement) =>
        (video.srcObject as MediaStream).getTracks()[0] as MediaStreamTrack,
    );
  await page.locator('#shoot').click();
  expect((await shown(page)).answer).toBe('4');
  expect(await page.locator('video').count()).toBe(0);
  expect(await track.evaluate(({ readyState }) => readyState)).toBe('ended');
  expect(complaints).toEqual([]);
});

test('says what to do where the camera is refused', async () => {
  const { page } = await openDemo();
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await page.locator('#camera').click();
  await page.locator('#notice', { hasText: 'Allow it for this page' }).waitFor();
  expect(await page.locator('#camera').getAttribute('aria-pressed')).toBe('false');
});
