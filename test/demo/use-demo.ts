/** What tests of the page do on it, as people would. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { drawWithMouse } from '../support/draw-on-pad.ts';
import type { Sign } from '../support/sign-strokes.ts';

/** A page, and everything that it complained of. */
export interface WatchedPage {
  readonly page: Page;
  /** Console errors, uncaught errors and requests to other origins. */
  readonly complaints: string[];
}

export async function watchedPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  return { page, complaints: watch(page, url) };
}

function watch(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) {
      complaints.push(request.url());
    }
  });
  return complaints;
}

export const ready = (page: Page) => page.locator('#stage[data-state=ready]').waitFor();

export interface Shown {
  readonly answer: string;
  readonly scores: number[];
}

/** What the page shows when it has caught up with the last input. */
export async function shown(page: Page): Promise<Shown> {
  return page.evaluate(async () => {
    const look = () => {
      const bars = [...document.querySelectorAll<HTMLElement>('#bars li')];
      return {
        answer: document.querySelector('#answer')?.textContent ?? '',
        scores: bars.map((bar) => Number(bar.style.getPropertyValue('--score'))),
        time: document.querySelector('#time')?.textContent,
      };
    };
    // The model's thread answers some frames later: it is done when nothing changes any more.
    let last = JSON.stringify(look());
    for (let still = 0; still < 12; ) {
      await new Promise(requestAnimationFrame);
      const now = JSON.stringify(look());
      still = now === last ? still + 1 : 0;
      last = now;
    }
    const { answer, scores } = look();
    return { answer, scores };
  });
}

export async function draw(page: Page, what: number | Sign, seed: number): Promise<Shown> {
  await page.locator('#clear').click();
  await drawWithMouse(page, what, seed);
  return shown(page);
}

/** Draws a sign and gives it its name. */
export async function teach(
  page: Page,
  sign: Sign,
  seed: number,
  name: string = sign,
): Promise<void> {
  await draw(page, sign, seed);
  const form = page.locator('#teach');
  await form.locator('input').fill(name);
  await form.locator('button').click();
  await page.locator('#sentence', { hasText: 'Learned' }).waitFor();
}

/** Classes in the list of what it knows, with what is said of their samples. */
export async function known(page: Page): Promise<Record<string, string>> {
  const rows = await page
    .locator('.known summary')
    .evaluateAll((all) =>
      all.map((row) => [
        row.querySelector('strong')?.textContent,
        row.querySelector('span')?.textContent,
      ]),
    );
  return Object.fromEntries(rows);
}
