/** The code in README and guides compiles against the package as it is packed. */
import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Packed, packSdk } from '../consumers/install-consumer.ts';
import { guideBlocks } from './blocks.ts';

const packageOfTypescript = createRequire(import.meta.url).resolve('typescript/package.json');
const tsc = join(dirname(packageOfTypescript), 'bin/tsc');
const typesOfNode = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));
const examples = fileURLToPath(new URL('../../examples/files.d.ts', import.meta.url));
const surroundings = fileURLToPath(new URL('surroundings.d.ts', import.meta.url));

let packed: Packed;

beforeAll(async () => {
  packed = await packSdk();
});

afterAll(() => packed?.remove());

/** What the compiler says of the project in a folder. */
async function told(folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder], {
    cwd: folder,
  }).catch((failure: { stdout: string }) => failure);
  return stdout;
}

const compilerOptions = {
  target: 'ES2023',
  module: 'ESNext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: ['node'],
  typeRoots: [typesOfNode],
  strict: true,
  noEmit: true,
};

it('blocks of TypeScript', async () => {
  const folder = await packed.install('node');
  const blocks = (await guideBlocks()).filter(({ language }) => language === 'ts');
  expect(blocks.length).toBeGreaterThan(10);
  const names = new Map(blocks.map((block, i) => [`block-${i}.ts`, block]));
  for (const [name, { code }] of names) await writeFile(join(folder, name), code);
  await cp(surroundings, join(folder, 'surroundings.d.ts'));
  await cp(examples, join(folder, 'files.d.ts'));
  const files = ['surroundings.d.ts', 'files.d.ts', ...names.keys()];
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const stdout = await told(folder);
  const located = stdout.replaceAll(/^(block-\d+\.\w+)/gm, (name) => `${names.get(name)?.where} `);
  expect(located).toBe('');
});

it('types need no more than Node has', async () => {
  const folder = await packed.install('node');
  const entries = ['', '/node', '/images', '/features', '/stores'];
  const imports = entries.map((entry, i) => {
    const name = `entry${i}`;
    return `import * as ${name} from '@hff-edge/sdk${entry}';\nconsole.log(${name});\n`;
  });
  await writeFile(join(folder, 'node.mts'), imports.join(''));
  const own = {
    ...compilerOptions,
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    lib: ['ES2023'],
    skipLibCheck: false,
  };
  const tsconfig = JSON.stringify({ compilerOptions: own, files: ['node.mts'] });
  await writeFile(join(folder, 'tsconfig.json'), tsconfig);
  expect(await told(folder)).toBe('');
});

it('all other code has a title, and is run', async () => {
  const programs = ['js', 'html', 'toml'];
  const untitled = (await guideBlocks()).filter(
    ({ language, title }) => programs.includes(language) && !title,
  );
  expect(untitled.map(({ where }) => where)).toEqual([]);
});
