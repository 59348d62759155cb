/** The guide to errors has all of them. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { advice } from '../../scripts/error-advice.ts';
import { errorGuide } from '../../scripts/write-error-guide.ts';

const guide = await readFile(new URL('../../docs/guides/errors.md', import.meta.url), 'utf8');

it('is as `node scripts/write-error-guide.ts` writes it', async () => {
  expect(guide).toBe(await errorGuide());
});

it.each(Object.keys(advice))('tells of %s', (code) => {
  expect(guide).toContain(`| \`${code}\` | `);
});
