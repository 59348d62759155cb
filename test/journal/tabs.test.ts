/** Models kept in Chromium's IndexedDB: over reloads, in several tabs at once, and through crashes. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnModel } from '../model/drawn-model.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';

let served: ServedPage;
let source: string;

beforeAll(async () => {
  source = Buffer.from(await (await drawnModel()).export()).toString('base64');
  served = await servePage({ folder: new URL('page/', import.meta.url), ready: 'resetKept' });
});

afterAll(() => served?.close());

async function openTab(first: Page | undefined, name: string, withSource = true): Promise<Page> {
  const page = await (first ? served.openBeside(first) : served.open());
  await page.evaluate(([name, source]) => globalThis.openKept(name as string, source), [
    name,
    withSource ? source : undefined,
  ] as const);
  return page;
}

const hands = (digit: number, first: number, count: number): [number, number][] =>
  Array.from({ length: count }, (_, i) => [digit, first + i]);

describe('a model kept in IndexedDB', () => {
  it('is there after a reload, without its source', async () => {
    const page = await openTab(undefined, 'reload');
    await page.evaluate((digits) => globalThis.learnKept(digits, 'eight'), hands(8, 0, 12));
    const asked = hands(8, 500, 10);
    const before = await page.evaluate((asked) => globalThis.decideKept(asked), asked);
    expect(before.filter((label) => label === 'eight').length).toBeGreaterThan(5);
    const again = await openTab(page, 'reload', false);
    expect(await again.evaluate((asked) => globalThis.decideKept(asked), asked)).toEqual(before);
    await again.evaluate(() => globalThis.resetKept());
    expect(await again.evaluate(() => globalThis.countsKept())).not.toHaveProperty('eight');
    // The first tab hears of it.
    await page.waitForFunction(async () => !('eight' in (await globalThis.countsKept())));
    await page.evaluate(() => globalThis.removeKept('reload'));
    await expect(openTab(page, 'reload', false)).rejects.toThrow('the store has none');
    await page.context().close();
  });

  it('learns in four tabs at once, and all of it is there', async () => {
    const each = 500;
    const first = await openTab(undefined, 'tabs');
    const pages = [first];
    while (pages.length < 4) pages.push(await openTab(first, 'tabs', false));
    const other = await openTab(first, 'other');
    await Promise.all(
      pages.map((page, tab) =>
        page.evaluate(([digits, label]) => globalThis.learnKept(digits, label), [
          hands(8 + (tab % 2), 1000 * tab, each),
          `tab ${tab}`,
        ] as const),
      ),
    );
    const expected = { 'tab 0': each, 'tab 1': each, 'tab 2': each, 'tab 3': each };
    for (const page of pages) {
      await page.waitForFunction(
        async (each) => {
          const counts = await globalThis.countsKept();
          return [0, 1, 2, 3].every((tab) => counts[`tab ${tab}`] === each);
        },
        each,
        { timeout: 60_000 },
      );
    }
    const fresh = await openTab(first, 'tabs', false);
    expect(await fresh.evaluate(() => globalThis.countsKept())).toMatchObject(expected);
    const asked = hands(9, 9000, 10);
    const decided = await fresh.evaluate((asked) => globalThis.decideKept(asked), asked);
    expect(await first.evaluate((asked) => globalThis.decideKept(asked), asked)).toEqual(decided);
    expect(Object.keys(await other.evaluate(() => globalThis.countsKept()))).not.toContain('tab 0');
    await first.context().close();
  }, 240_000);

  it('says so when there is no room, learns nothing by it, and goes on when there is', async () => {
    const page = await served.open();
    const session = await page.context().newCDPSession(page);
    const origin = new URL(page.url()).origin;
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 400_000 });
    await page.evaluate((source) => globalThis.openKept('full', source), source);
    // Each class takes room of its own.
    let refusal: string | undefined;
    for (let i = 0; i < 100 && !refusal; i++) {
      refusal = await page.evaluate(
        ([digits, label]) => globalThis.learnKept(digits, label).catch(({ code }) => code),
        [hands(8, 80 * i, 80), `class ${i}`] as const,
      );
    }
    expect(refusal).toBe('store/full');
    const told = await page.evaluate(() => globalThis.acknowledged);
    const learned = async (tab: Page): Promise<number> => {
      const counts = await tab.evaluate(() => globalThis.countsKept());
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    };
    expect(told).toBeGreaterThan(80);
    expect(await learned(page)).toBe(told);
    expect(await learned(await openTab(page, 'full', false))).toBe(told);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    // The browser looks again after a while.
    await page.waitForFunction(
      (digits) =>
        globalThis.learnKept(digits, 'class 0').then(
          () => true,
          () => false,
        ),
      hands(8, 9000, 1),
      { polling: 500, timeout: 60_000 },
    );
    expect(await learned(await openTab(page, 'full', false))).toBe(told + 1);
    await page.context().close();
  }, 120_000);

  it.each(['close', 'crash'] as const)('survives the %s of its page', async (end) => {
    const name = `ended-${end}`;
    let acknowledged = 0;
    // Another page keeps the browser's storage in use.
    const watcher = await openTab(undefined, 'watcher');
    for (const delayMs of [0, 20, 45, 110]) {
      const page = await openTab(watcher, name);
      const running = page.evaluate(
        (digits) => globalThis.learnKept(digits, 'eight'),
        hands(8, acknowledged, 5000),
      );
      running.catch(() => {});
      await page.waitForFunction(() => globalThis.acknowledged > 0);
      await page.waitForTimeout(delayMs);
      const own = await page.evaluate(() => globalThis.acknowledged);
      if (end === 'close') await page.close();
      else {
        const session = await page.context().newCDPSession(page);
        const crashed = page.waitForEvent('crash');
        session.send('Page.crash').catch(() => {});
        await crashed;
        await page.close();
      }
      acknowledged += own;
      const again = await openTab(watcher, name, false);
      const { eight } = await again.evaluate(() => globalThis.countsKept());
      // Those between the last look at the count and the end.
      expect(eight).toBeGreaterThanOrEqual(acknowledged);
      expect(eight).toBeLessThan(acknowledged + 1000);
      acknowledged = eight as number;
      await again.close();
    }
    await watcher.context().close();
  });
});
