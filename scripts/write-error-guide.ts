/**
 * Writes docs/guides/errors.md: every code of `sdk/src/error.ts` with what its comment there says and
 * what to do about it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { HffErrorCode } from '../sdk/src/error.ts';
import { advice } from './error-advice.ts';

const guide = new URL('../docs/guides/errors.md', import.meta.url);

/** The guide as it should be. */
export async function errorGuide(): Promise<string> {
  const source = await readFile(new URL('../sdk/src/error.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/\/\*\* ([^*]+) \*\/\n {2}\| '([^']+)'/g)];
  const groups = new Set(codes.map(([, , code = '']) => code.replace(/\/.*/, '')));
  const sections = [...groups].map((group) => {
    const own = codes.filter(([, , code = '']) => code.startsWith(`${group}/`));
    const rows = own.map(([, meaning, code]) => {
      return `| \`${code}\` | ${meaning} | ${advice[code as HffErrorCode]} |`;
    });
    return [
      `## ${group}`,
      '',
      '| code | what happened | what to do |',
      '|---|---|---|',
      ...rows,
      '',
    ];
  });
  return [
    '# Errors by code',
    '',
    'Everything that the SDK refuses is an `HffError`: its `message` says where, what was expected, what came and what to do, its `code` is stable. What is refused has changed nothing. This page is written by `node scripts/write-error-guide.ts` from the list in `sdk/src/error.ts`.',
    '',
    '```ts',
    "import { HffError } from '@hff-edge/sdk';",
    '',
    'try {',
    "  await model.learn(drawing, 'lambda');",
    '} catch (error) {',
    "  if (error instanceof HffError && error.code === 'store/full') console.warn(error.message);",
    '  else throw error;',
    '}',
    '```',
    '',
    'An abort gives the reason of its `AbortSignal`. A model that was disposed gives an `Error`: that is a mistake in the calling code.',
    '',
    ...sections.flat(),
  ].join('\n');
}

if (import.meta.main) await writeFile(guide, await errorGuide());
