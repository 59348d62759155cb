/** Commands in README and guides exist, and have the options that they are given. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { runHff } from '../cli/run-hff.ts';
import { guideBlocks } from './blocks.ts';

const manifest = new URL('../../package.json', import.meta.url);
let lines: string[];

beforeAll(async () => {
  const blocks = (await guideBlocks()).filter(({ language }) => language === 'sh');
  lines = blocks.flatMap(({ code }) => code.replaceAll('\\\n', ' ').split('\n'));
});

it('hff', async () => {
  const calls = lines.flatMap((line) => /^npx hff (\w+)(.*)/.exec(line)?.slice(1) ?? []);
  const known = new Map<string, string>();
  for (let i = 0; i < calls.length; i += 2) {
    const [command = '', rest = ''] = calls.slice(i, i + 2);
    const help = known.get(command) ?? (await runHff('.', [command, '--help'])).stdout;
    known.set(command, help);
    const options = rest.replace(/#.*/, '').match(/--[a-z-0-9]+/g) ?? [];
    for (const option of options)
      expect(`${help} --help`, `hff ${command}`).toContain(`${option} `);
  }
  expect([...known.keys()]).toEqual(expect.arrayContaining(['train', 'eval', 'continual']));
});

it('npm', async () => {
  const { scripts } = JSON.parse(await readFile(manifest, 'utf8'));
  const called = lines.flatMap(
    (line) => /^npm (?:run ([\w:]+)|(start|test)\b)/.exec(line)?.slice(1).filter(Boolean) ?? [],
  );
  expect(called.length).toBeGreaterThan(2);
  for (const script of called) expect(Object.keys(scripts)).toContain(script);
});
