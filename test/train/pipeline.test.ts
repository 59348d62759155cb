/** Layers that learn each on a thread of its own: the same bytes as on one thread, and clear ends. */
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { beginTraining, resumeTraining } from '../../sdk/src/node.ts';
import { startNodeThread } from '../../sdk/src/threads/node-threads.ts';
import { layerPipeline, type StartThread } from '../../sdk/src/train/layer-pipeline.ts';
import { Training } from '../../sdk/src/train/training.ts';
import { dataset, planOf } from './short-training.ts';

const nets = {
  dense: planOf([40, 30, 20]),
  'with turns as classes': planOf([40, 30]),
  convolutional: planOf([{ channels: 6 }, { channels: 8 }, 20]),
  'one layer': planOf([30]),
};
Object.assign(nets['with turns as classes'].options, {
  turns: true,
  fields: { least: 7, most: 14 },
});

function bytesOf(training: Training): Uint8Array {
  return writeSnapshot(training.best() as Snapshot, 'float32');
}

async function reportsOf(training: Training): Promise<unknown[]> {
  const reports: unknown[] = [];
  await training.run({
    onBatch: (report) => void reports.push(report),
    onEpoch: ({ seconds, ...report }) => void reports.push(report),
  });
  return reports;
}

describe('a pipeline of layers', () => {
  it.each(Object.entries(nets))('gives what one thread gives, bit by bit: %s', async (_, plan) => {
    const alone = await beginTraining(dataset, plan);
    const together = await beginTraining(dataset, plan, { pipeline: true });
    const expected = await reportsOf(alone);
    expect(await reportsOf(together)).toEqual(expected);
    expect(expected).toHaveLength(3 * (6 + 1));
    expect(bytesOf(together)).toEqual(bytesOf(alone));
    expect(together.checkpoint()).toEqual(alone.checkpoint());
  });

  it('goes on from a checkpoint of either', async () => {
    const plan = nets.convolutional;
    const whole = await beginTraining(dataset, plan);
    await whole.run();
    for (const pipeline of [true, false]) {
      const begun = await beginTraining(dataset, plan, { pipeline });
      const stop = new AbortController();
      await begun.run({
        signal: stop.signal,
        onBatch: ({ epoch, batch }) => {
          if (epoch === 2 && batch === 3) stop.abort();
        },
      });
      expect(begun.epochsDone).toBe(1);
      const resumed = await resumeTraining(dataset, begun.checkpoint(), { pipeline: !pipeline });
      await resumed.run();
      expect(resumed.checkpoint()).toEqual(whole.checkpoint());
      // So does the run itself, which was only stopped.
      await begun.run();
      expect(begun.checkpoint()).toEqual(whole.checkpoint());
    }
  });

  it('ends with what a listener throws', async () => {
    const training = await beginTraining(dataset, nets.dense, { pipeline: true });
    const thrown = new Error('enough');
    const onBatch = () => {
      throw thrown;
    };
    await expect(training.run({ onBatch })).rejects.toBe(thrown);
    expect(training.epochsDone).toBe(0);
  });

  it('tells whose thread does not start, and whose ends', async () => {
    const failing: [StartThread, RegExp][] = [
      [
        ({ numbers, ...start }) => {
          const none = { ...numbers, weights: new Map() };
          return startNodeThread({ ...start, numbers: start.index === 1 ? none : numbers });
        },
        /layer 1: /,
      ],
      [
        async (start) => {
          const thread = await startNodeThread(start);
          if (start.index === 2) thread.end();
          return thread;
        },
        /layer 2: it has ended/,
      ],
    ];
    for (const [startThread, message] of failing) {
      const training = new Training(layerPipeline(startThread), dataset, nets.dense);
      await expect(training.run()).rejects.toThrow(
        expect.objectContaining({
          code: 'backend/thread',
          message: expect.stringMatching(message),
        }),
      );
      expect(training.epochsDone).toBe(0);
    }
  });
});
