/**
 * CPU time of rivals in turns: the machine's speed drifts, so only times of one round compare, and
 * other work on its cores counts as little as can be.
 */

/** Of one turn, at least. */
const turnMilliseconds = 60;

/** @returns CPU milliseconds of a call of each rival, round by round */
export function timeInRounds<Name extends string>(
  rivals: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Record<Name, number[]> {
  const turns = (Object.entries(rivals) as [Name, () => unknown][]).map(([name, run]) => {
    // The first call also compiles; what takes long has done so many times within it.
    const first = timeCalls(run, 1);
    const cost = first < 10 * turnMilliseconds ? timeCalls(run, 1) : first;
    const calls = Math.ceil(turnMilliseconds / cost);
    return { name, run, calls, times: [] as number[] };
  });
  for (let round = 0; round < rounds; round++) {
    for (const { run, calls, times } of turns) times.push(timeCalls(run, calls));
  }
  return Object.fromEntries(turns.map(({ name, times }) => [name, times])) as Record<
    Name,
    number[]
  >;
}

function timeCalls(run: () => unknown, calls: number): number {
  const started = process.cpuUsage();
  for (let call = 0; call < calls; call++) run();
  const { user, system } = process.cpuUsage(started);
  return Math.max((user + system) / 1000 / calls, 1e-3);
}
