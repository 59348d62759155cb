/** The states that the page can be in, each as people get there: for pictures and for checks of all. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { signs } from '../support/sign-strokes.ts';
import { draw, ready, shown, teach } from './use-demo.ts';

export interface Site {
  readonly url: string;
  /** An API key of scope learn. */
  readonly token: string;
}

type Enter = (page: Page, site: Site) => Promise<void>;

const opened: Enter = async (page, { url }) => {
  await page.goto(url);
  await ready(page);
  await shown(page);
};

const taughtAll: Enter = async (page, site) => {
  await opened(page, site);
  for (const sign of signs) for (let i = 0; i < 5; i++) await teach(page, sign, 100 + i);
};

/** Opens what is loaded late, and waits for what it measures. */
async function seeInside(page: Page): Promise<void> {
  await page.locator('#inside').scrollIntoViewIfNeeded();
  await page.locator('.history li').first().waitFor();
  await page.locator('.measuring').waitFor({ state: 'detached' });
  await page.locator('#how').scrollIntoViewIfNeeded();
  await page.locator('#how pre').first().waitFor();
}

const states = {
  empty: opened,
  drawn: async (page, site) => {
    await opened(page, site);
    await draw(page, 3, 5);
  },
  unknown: async (page, site) => {
    await opened(page, site);
    await draw(page, 'arrow', 3);
  },
  learning: async (page, site) => {
    await opened(page, site);
    for (const seed of [100, 101]) await teach(page, 'heart', seed);
  },
  recognised: async (page, site) => {
    await taughtAll(page, site);
    await draw(page, 'house', 205);
  },
  inside: async (page, site) => {
    await taughtAll(page, site);
    await draw(page, 'heart', 201);
    await seeInside(page);
    await page.locator('#inside').scrollIntoViewIfNeeded();
  },
  synced: async (page, site) => {
    await taughtAll(page, site);
    await page.locator('#sync input').fill(site.token);
    await page.locator('#sync button').click();
    await page.locator('#sync[data-state=synced]').waitFor();
    await page.locator('.known summary').first().click();
    await page.locator('#keep').scrollIntoViewIfNeeded();
  },
  offline: async (page, site) => {
    await opened(page, site);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.locator('#sync input').fill(site.token);
    await page.context().setOffline(true);
    await page.locator('#sync button').click();
    await page.locator('#sync[data-state=offline]').waitFor();
    await page.locator('#keep').scrollIntoViewIfNeeded();
  },
  camera: async (page, site) => {
    await opened(page, site);
    await page.locator('#camera').click();
    await page.locator('#answer', { hasText: '4' }).waitFor();
  },
  refused: async (page, site) => {
    await opened(page, site);
    const name = 'notes.txt';
    const buffer = Buffer.from(name);
    await page.locator('#picture-file').setInputFiles({ name, mimeType: 'text/plain', buffer });
    await page.locator('#notice').waitFor();
  },
  failed: async (page, { url }) => {
    await page.route('**/*.safetensors', (route) => route.abort());
    await page.goto(url);
    await page.locator('#failure').waitFor();
  },
} satisfies Record<string, Enter>;

export type State = keyof typeof states;

export const stateNames = Object.keys(states) as State[];

/** A page in this state, in a profile of its own that is to be closed. */
export async function pageIn(
  state: State,
  browser: Browser,
  site: Site,
  options: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    ...(state === 'failed' && { serviceWorkers: 'block' }),
    ...options,
  });
  const page = await context.newPage();
  await states[state](page, site);
  return page;
}
