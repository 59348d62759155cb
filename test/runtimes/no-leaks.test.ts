/** Classifying takes no memory after the first time, in workerd as in Chromium. */
import { expect, test } from 'vitest';
import { serveClassifyPage } from './classify-page.ts';
import type { MemoryUse } from './measure-memory.ts';
import { postModel } from './post-model.ts';

test('in workerd', async () => {
  const { first, last } = (await postModel(
    new URL('measure-memory.ts', import.meta.url),
  )) as MemoryUse;
  expect(first).toBeGreaterThan(0);
  expect(last).toBe(first);
});

test('in Chromium', async () => {
  const served = await serveClassifyPage();
  try {
    const page = await served.open();
    const [first, last] = await page.evaluate(async () => {
      const size = 784;
      const one = btoa('\0'.repeat(size));
      const many = btoa('\0'.repeat(size * 200));
      await globalThis.classifyDigits(one, size);
      await globalThis.classifyDigits(many, size);
      const first = globalThis.memoryBytes();
      for (let i = 0; i < 50; i++) await globalThis.classifyDigits(i % 5 ? one : many, size);
      return [first, globalThis.memoryBytes()] as const;
    });
    expect(first).toBeGreaterThan(0);
    expect(last).toBe(first);
  } finally {
    await served.close();
  }
});
