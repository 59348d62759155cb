/** `hff continual` as a process, on drawn digits: what it prints and writes, what it refuses. */
import { existsSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContinualFile } from '../../sdk/src/continual/continual-report.ts';
import { drawDigits } from '../cli/draw-digits.ts';
import { type Ended, runHff } from '../cli/run-hff.ts';

let folder: string;

const quick = '--data drawn --layers 24,24 --epochs 2 --draws 2 --shots 1,3'.split(' ');

function continual(...args: string[]): Promise<Ended> {
  return runHff(folder, ['continual', ...quick, ...args]);
}

async function written(name: string): Promise<ContinualFile> {
  return JSON.parse(await readFile(join(folder, name), 'utf8'));
}

beforeAll(async () => {
  folder = await drawDigits();
});

afterAll(() => rm(folder, { recursive: true }));

describe('hff continual', () => {
  it('runs all protocols, prints tables, writes JSON and a page', async () => {
    const args = ['--base', '6', '--increment', '3', '--seeds', '0,4', '--neighbours', '20'];
    const ended = await continual(...args);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('class-incremental B-6 Inc-3 of 10 classes');
    expect(ended.stdout).toMatch(/streaming LDA +[\d.]+ ± [\d.]+ /);

    const { machine, settings, report } = await written('continual.json');
    expect(machine.node).toBe(process.version);
    expect(settings).toMatchObject({
      base: 6,
      layers: [24, 24],
      learningRate: 2e-3,
      shots: [1, 3],
    });
    expect(report.seeds.map(({ tasks }) => tasks.map((task) => task.length))).toEqual([
      [6, 3, 1],
      [6, 3, 1],
    ]);
    expect(report.seeds[0]?.tasks.flat()).toEqual([...'0123456789']);
    expect(report.seeds[0]?.featureSize).toBe(48);
    const names = report.learners.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['streaming LDA', 'class means', 'k-nearest neighbours']),
    );
    for (const { incremental, fewShot, unknown, cost } of report.learners) {
      expect(incremental.matrices.map((matrix) => matrix.map((row) => row.length))).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]);
      // Drawn digits are easy: whatever learns is far from one of ten.
      expect(incremental.last.mean).toBeGreaterThan(0.3);
      expect(fewShot.map(({ shots, base }) => [shots, base.values.length])).toEqual([
        [0, 2],
        [1, 4],
        [3, 4],
      ]);
      expect(unknown.auroc.mean).toBeGreaterThan(0.3);
      expect(cost.bytes).toBeGreaterThan(0);
    }
    expect(report.joint.discriminant).toBeGreaterThan(0.3);

    const html = await readFile(join(folder, 'continual.html'), 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    for (const name of names) expect(html).toContain(name);
  });

  it('trains convolutions, with what hff train does for them', async () => {
    const layers = ['--layers', 'conv:4,conv:8', '--seeds', '1', '--neighbours', '0'];
    const outputs = ['--out-json', 'conv.json', '--out-html', 'conv.html'];
    expect(await continual(...layers, ...outputs)).toMatchObject({ code: 0, stderr: '' });
    const { settings, report } = await written('conv.json');
    expect(settings).toMatchObject({ layers: ['conv:4', 'conv:8'], learningRate: 5e-3 });
    // Of the last layer alone: 2 × 2 cells of 128 channels.
    expect(report.seeds[0]?.featureSize).toBe(512);
    expect(report.learners[0]?.incremental.last.mean).toBeGreaterThan(0.3);
    const html = await readFile(join(folder, 'conv.html'), 'utf8');
    expect(html).toContain('layers conv:4,conv:8, ');

    const none = await continual('--layers', 'conv:');
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('--layers');
  });

  it('gives the same figures again', async () => {
    const args = ['--limit', '12', '--seeds', '3', '--neighbours', '0'];
    for (const name of ['a', 'b']) {
      const outputs = ['--out-json', `${name}.json`, '--out-html', `${name}.html`];
      expect((await continual(...args, ...outputs)).code).toBe(0);
    }
    const [a, b] = [await written('a.json'), await written('b.json')];
    expect(a.report.samples).toEqual({ training: 120, test: 50 });
    const figures = ({ report }: ContinualFile) =>
      report.learners.map(({ cost, ...rest }) => ({ ...rest, bytes: cost.bytes }));
    expect(figures(a)).toEqual(figures(b));
    expect(a.report.seeds).toEqual(b.report.seeds);
  });

  it('takes a model for the base, its classes first', async () => {
    for (const digit of '7294') {
      await cp(join(folder, 'drawn/train', digit), join(folder, 'some', digit), {
        recursive: true,
      });
    }
    const train = 'train --data some --layers 24,24 --epochs 2 --out some.safetensors'.split(' ');
    expect((await runHff(folder, train)).code).toBe(0);
    const args = ['--model', 'some.safetensors', '--seeds', '2', '--neighbours', '0'];
    expect(await continual(...args, '--out-json', 'm.json')).toMatchObject({ code: 0, stderr: '' });
    const { report } = await written('m.json');
    expect(report.base).toBe(4);
    expect(report.seeds[0]?.tasks[0]).toEqual([...'2479']);
    expect(report.seeds[0]?.tasks.length).toBe(7);

    const wrong = await continual(...args, '--base', '5');
    expect(wrong.stderr).toMatch(/^hff: --base: expected 4, .*got 5\..*\[option\/invalid\]\n$/);
  });
});

describe('it refuses', () => {
  it.each([
    ['a base of all classes', ['--base', '10'], /base classes: expected 2 to 9 .* got 10/],
    ['more shots than samples', ['--shots', '1,31'], /shots: expected at most 30.*got 31/],
    ['a folder that is not there', ['--out-json', 'none/a.json'], /--out-json "none\/a\.json"/],
    ['a folder in a file’s place', ['--out-html', 'drawn'], /--out-html "drawn".* got a folder/],
    ['one file for both', ['--out-json', 'x', '--out-html', 'x'], /--out-html: .*another file/],
    ['a model that is not there', ['--model', 'no.safetensors'], /no\.safetensors: cannot be/],
  ])('%s', async (_, args, message) => {
    const ended = await continual('--out-html', 'refused.html', ...args);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).toMatch(/^hff: .*\]\n$/);
    expect(existsSync(join(folder, 'refused.html'))).toBe(false);
  });

  it.each([
    ['--base', '1'],
    ['--increment', '0'],
    ['--seeds', '0,,1'],
    ['--shots', '0'],
    ['--draws', '0'],
    ['--limit', '0'],
  ])('%s %s', async (option, value) => {
    const { code, stderr } = await continual(option, value);
    expect(code).toBe(1);
    expect(stderr).toContain(option);
  });
});
