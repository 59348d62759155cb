/** Which runs there are, and how they are chosen. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { chosenRuns, nameOf, pathOf, runsOf } from '../../bench/reproduce/runs.ts';

const full = runsOf('full');

describe('runs', () => {
  it('are all data sets, nets and methods, Forward-Forward on dense nets alone, fields for HFF', () => {
    expect(runsOf('short')).toHaveLength(3 * (4 + 1 + 3));
    expect(runsOf('long').map(pathOf)).toEqual([
      'cifar10/conv/hff/1',
      'cifar10/conv/local-cross-entropy/1',
      'cifar10/conv/back-propagation/1',
      'cifar10/wide/hff/1',
      'cifar10/wide/local-cross-entropy/1',
      'cifar10/wide/back-propagation/1',
    ]);
    const labelled = full.filter(({ method }) => method === 'forward-forward');
    expect(labelled.map(pathOf)).toEqual([
      'mnist/dense/forward-forward/1',
      'fashion-mnist/dense/forward-forward/1',
      'cifar10/dense/forward-forward/1',
    ]);
  });

  it('each have a file of their own', () => {
    const names = [...runsOf('long'), ...full, ...runsOf('short'), ...runsOf('quick')].map(nameOf);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are chosen by whole parts of their paths', () => {
    const choose = (...only: string[]) => chosenRuns(full, only).map(pathOf);
    expect(choose('cifar10/conv/hff')).toEqual(['cifar10/conv/hff/1', 'cifar10/conv/hff/2']);
    expect(choose('cifar10/conv/hff/2', 'mnist/conv/hff')).toEqual([
      'mnist/conv/hff/1',
      'cifar10/conv/hff/2',
    ]);
    expect(choose('cifar')).toEqual([]);
    expect(choose()).toHaveLength(full.length);
  });
});

const command = fileURLToPath(new URL('../../bench/reproduce.ts', import.meta.url));

it.each([
  [
    ['--only', 'cifar100'],
    /--only cifar100: there is no such run with --budget full.*\nmnist\/dense\/hff\/1\n/,
  ],
  [['--only', 'mnist/conv', '--only', 'mnist/dens'], /--only mnist\/dens: there is no such run/],
  [['--budget', 'half'], /--budget: expected long, full, short, quick, got half\./],
  [['--quick', '--budget', 'long'], /--quick: is a budget of its own/],
  [['--report', '--again'], /--report: writes the report alone/],
  [['--model', 'a.safetensors'], /--model: expected --only to choose one run of hff/],
  [['--only', 'mnist/conv/hff', '--log', 'a'], /--log: expected --model beside it/],
])('refuses %j', (args, message) => {
  const { status, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
  expect(stderr).toMatch(message);
  expect(status).toBe(1);
});

it('refuses a model for a run that has been begun, and leaves that alone', () => {
  const folder = fileURLToPath(new URL('../../bench/results/reproduce-quick/', import.meta.url));
  const checkpoint = `${folder}mnist-conv-hff-quick-1.checkpoint`;
  const isThere = existsSync(checkpoint);
  mkdirSync(folder, { recursive: true });
  if (!isThere) writeFileSync(checkpoint, 'begun');
  try {
    const args = ['--quick', '--only', 'mnist/conv/hff', '--model', 'a.safetensors'];
    const { status, stderr } = spawnSync(process.execPath, [command, ...args], {
      encoding: 'utf8',
    });
    expect(stderr).toContain('--model: that run has been begun');
    expect(status).toBe(1);
    expect(existsSync(checkpoint)).toBe(true);
  } finally {
    if (!isThere) rmSync(checkpoint);
  }
});
