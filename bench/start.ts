/**
 * From nothing to the first classification in workerd: engine, model and answer of the default
 * model, on our engine and on tfjs, and the first request to the HTTP Worker. Each is timed from
 * outside, where clocks run, and in a fresh workerd each time; Workers take turns. Needs the SDK's
 * build and Linux, whose scheduler counts CPU time in nanoseconds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiSubjects } from './start/api-subjects.ts';
import { engineSubjects } from './start/engine-subjects.ts';
import type { Subject } from './start/subject.ts';
import type { Start } from './start/time-start.ts';
import { median, withSpread } from './statistics.ts';

const rounds = 15;

export async function measureStart(): Promise<Record<string, string>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hff-start-'));
  try {
    const groups = [
      await engineSubjects(join(folder, 'engines')),
      await apiSubjects(join(folder, 'api')),
    ];
    const starts = await timeInTurns(
      groups.flatMap(({ control, workers }) => [control, ...workers]),
    );
    return groups.flatMap(({ control, workers }) =>
      workers.map((worker) =>
        toRow(worker.name, timesOf(worker, starts), timesOf(control, starts)),
      ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Starts = ReadonlyMap<Subject, readonly Start[]>;

async function timeInTurns(subjects: readonly Subject[]): Promise<Starts> {
  const starts = new Map<Subject, Start[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (const subject of round % 2 ? subjects.toReversed() : subjects) {
      starts.get(subject)?.push(await subject.time());
    }
  }
  return starts;
}

function timesOf(subject: Subject, starts: Starts): readonly Start[] {
  return starts.get(subject) as readonly Start[];
}

/** What the starts take beyond the control's. */
function toRow(
  name: string,
  starts: readonly Start[],
  control: readonly Start[],
): Record<string, string> {
  const beyond = (read: (start: Start) => number): string => {
    const base = median(control.map(read));
    return withSpread(
      starts.map((start) => read(start) - base),
      1,
    );
  };
  return {
    Worker: name,
    'first answer, ms': beyond(({ ms }) => ms),
    'CPU, ms': beyond(({ cpu }) => cpu.main),
    'CPU of all threads, ms': beyond(({ cpu }) => cpu.all),
    'script start before that, CPU ms': beyond(({ launch }) => launch.all),
  };
}
