/** Times the rivals of one store in turns: only times of one round compare. */
import { type Action, repeats } from './actions.ts';
import { lessonLength } from './lesson.ts';
import type { Site } from './sites/site.ts';
import type { Report } from './trial.ts';

const learning = ['learnKept', 'learn', 'put', 'create', 'load'] as const;
const opening = [
  'openChanges',
  'openSnapshot',
  'loadTaught',
  'readChanges',
  'readSnapshot',
] as const;

const learningRounds = lessonLength / repeats.learnKept;
const openingRounds = 6;

export interface Measured {
  readonly report: Report;
  /** Milliseconds of each, round by round, without the first round. */
  readonly times: Readonly<Record<Action, readonly number[]>>;
}

export async function timeSite(site: Site): Promise<Measured> {
  const learned = await timeInTurns(site, learning, learningRounds);
  const report = await site.report();
  const opened = await timeInTurns(site, opening, openingRounds);
  return { report, times: { nothing: [], ...learned, ...opened } };
}

async function timeInTurns<Rival extends Action>(
  site: Site,
  rivals: readonly Rival[],
  rounds: number,
): Promise<Record<Rival, number[]>> {
  const none = rivals.map((rival): [Rival, number[]] => [rival, []]);
  const times = Object.fromEntries(none) as Record<Rival, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const rival of round % 2 ? rivals.toReversed() : rivals) {
      const ms = (await site.time(rival)) / repeats[rival];
      if (round > 0) times[rival].push(ms);
    }
  }
  return times;
}
