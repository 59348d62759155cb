/** What `hff train` refuses before it loads data, and what it keeps when something fails later. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { trainCommand } from '../../sdk/src/cli/train.ts';
import { drawDigits } from './draw-digits.ts';
import { quick, runHff } from './run-hff.ts';

let folder: string;
const hff = (...args: string[]) => runHff(folder, args);
const train = (...args: string[]) => hff('train', ...quick, '--epochs', '1', ...args);

beforeAll(async () => {
  folder = await drawDigits();
});

afterAll(() => rm(folder, { recursive: true }));

describe('before data are loaded', () => {
  it.each([
    ['a folder that is not there', '--out', 'missing/m.safetensors'],
    ['a file in the place of a folder', '--out', 'drawn/train/0/0.png/m.safetensors'],
    ['a folder to write', '--out', 'drawn'],
    ['a new folder to write', '--out', 'missing/'],
    ['nothing to write', '--out', ''],
    ['a name that cannot be one', '--name', '../x'],
    ['a voter that is no layer', '--voters', '7'],
    ['a voter named twice', '--voters', '1,1'],
    ['features of no layer', '--features', '7'],
    ['a layer of features named twice', '--features', '0,0'],
  ])('refuses %s', async (_, option, value) => {
    const ended = await hff('train', '--data', 'nowhere', option, value);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(new RegExp(`^hff: ${option}\\b.*\\[option/invalid\\]\n$`));
    expect(ended.stdout).toBe('');
  });

  it('refuses a file that gives no name', async () => {
    const ended = await hff('train', '--data', 'nowhere', '--out', '日本.safetensors');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /^hff: --name: .*from --out 日本\.safetensors.*\[option\/invalid\]\n$/,
    );
  });

  it('makes the name from the file', async () => {
    expect((await train('--out', 'My Model (2).safetensors')).code).toBe(0);
    const told = await hff('info', 'My Model (2).safetensors', '--json');
    expect(JSON.parse(told.stdout).name).toBe('my-model-2-');
  });
});

describe('a test split that does not fit', () => {
  it('costs a warning, not the model', async () => {
    await cp(join(folder, 'drawn'), join(folder, 'odd'), { recursive: true });
    await rename(join(folder, 'odd/test/9'), join(folder, 'odd/test/nine'));
    const ended = await train('--data', 'odd', '--out', 'odd.safetensors');
    expect(ended.stderr).toMatch(/^hff: test split: .*"nine".*\[data\/labels\]\n$/);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/odd\.safetensors: .*epoch 1 of 1\n/);
    expect(existsSync(join(folder, 'odd.safetensors.checkpoint'))).toBe(false);
    const told = JSON.parse((await hff('info', 'odd.safetensors', '--json')).stdout);
    expect(told.training).toMatchObject({ bestEpoch: 1, epochs: 1 });
    expect(told.training.testAccuracy).toBeUndefined();
  });

  it('may be missing', async () => {
    await cp(join(folder, 'drawn/train'), join(folder, 'whole/train'), { recursive: true });
    const ended = await train('--data', 'whole', '--out', 'whole.safetensors');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a run that fails', () => {
  it('says that training diverged', async () => {
    const ended = await train('--learning-rate', '1e38', '--out', 'far.safetensors');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toBe(
      'hff: training diverged (loss not finite): lower --learning-rate. [option/invalid]\n',
    );
    expect(existsSync(join(folder, 'far.safetensors'))).toBe(false);
  });

  it('names a checkpoint that cannot be written, and shows the cursor', async () => {
    await mkdir(join(folder, 'held.safetensors.checkpoint'));
    const { isTTY } = process.stderr;
    process.stderr.isTTY = true;
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const printed = vi.spyOn(console, 'log').mockReturnValue();
    const listeners = process.listenerCount('SIGINT');
    const args = [...quick, '--data', join(folder, 'drawn'), '--epochs', '1'];
    try {
      await expect(
        trainCommand().parseAsync([...args, '--out', join(folder, 'held.safetensors')], {
          from: 'user',
        }),
      ).rejects.toMatchObject({
        code: 'option/invalid',
        message: expect.stringMatching(/held\.safetensors\.checkpoint: cannot be written \(E/),
      });
      const text = written.mock.calls.map(([chunk]) => chunk).join('');
      expect(text).toContain('\x1B[?25l');
      expect(text.lastIndexOf('\x1B[?25h')).toBeGreaterThan(text.lastIndexOf('\x1B[?25l'));
      expect(process.listenerCount('SIGINT')).toBe(listeners);
    } finally {
      written.mockRestore();
      printed.mockRestore();
      process.stderr.isTTY = isTTY;
    }
    expect((await readdir(folder)).filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('tells what the system refused in one line', async () => {
    await mkdir(join(folder, 'shut.safetensors.checkpoint'));
    const args = ['train', '--resume', '--out', 'shut.safetensors'];
    const ended = await hff(...args);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^hff: EISDIR.*\[EISDIR\]\n$/);
    expect(JSON.parse((await hff(...args, '--json')).stdout).error.code).toBe('EISDIR');
  });

  it('refuses to resume with other data', async () => {
    const args = ['train', ...quick, '--epochs', '500', '--json', '--out', 'cut.safetensors'];
    await runHff(folder, args, (text, interrupt) => {
      if (text.includes('"epoch"')) interrupt();
    });
    const resumed = await hff('train', '--resume', '--data', 'odd', '--out', 'cut.safetensors');
    expect(resumed.code).toBe(1);
    expect(resumed.stderr).toMatch(/^hff: --data: expected drawn.*got odd.*\[option\/invalid\]\n$/);
  });
});
