/**
 * A thousand classes of five samples each in 1024 dimensions, learned one sample after another: what one
 * more costs, what a decision costs, and what must be kept. Each learner has a process of its own.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Failed, Measured } from './thousand/measure-one.ts';

const program = fileURLToPath(new URL('thousand/measure-one.ts', import.meta.url));
const names = [
  'hff-edge: featureModel',
  'class means, cosine',
  'streaming LDA',
  'knn-classifier, k = 3',
];

export async function measureThousand(): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const name of names) {
    const answer = await measureApart(name);
    rows.push('failed' in answer ? { learner: name, ...answer } : toRow(name, answer));
    console.log(JSON.stringify(rows.at(-1)));
  }
  return rows;
}

function measureApart(name: string): Promise<Measured | Failed> {
  return new Promise((resolve) => {
    const child = fork(program, [name], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.on('message', (answer) => resolve(answer as Measured | Failed));
    child.on('exit', (code) => resolve({ failed: `it ended with ${code}` }));
  });
}

function toRow(learner: string, measured: Measured): Record<string, string> {
  const { learnOne, firstDecision, decision, accuracy, bytes, memory } = measured;
  return {
    learner,
    'ms to learn one': learnOne.toFixed(2),
    'ms of the first decision after it': firstDecision.toFixed(1),
    'ms of a further one': decision.toFixed(2),
    'accuracy, %': accuracy.toFixed(1),
    'kept, MB': (bytes / 1e6).toFixed(1),
    'process, MB more': (memory / 1e6).toFixed(0),
  };
}
