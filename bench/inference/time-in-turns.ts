/**
 * Times rivals in turns: in each round each has a slice long enough for a coarse clock, in which it
 * sees all samples equally often. The machine's speed drifts, so only times of one round compare.
 */

const rounds = 21;
/** Of one slice, at least; the system counts a thread's work in steps of 4 ms. */
const sliceMilliseconds = 100;
/**
 * Until V8 has compiled all hot WebAssembly with its optimising tier, which happens function by
 * function, after many calls, in the background.
 */
const warmUpMilliseconds = 1500;

type Run = (x: Float32Array) => unknown;
/** Gives milliseconds. */
type Clock = () => number;

const wall: Clock = () => performance.now();

/**
 * @param clock by which rounds are timed
 * @returns milliseconds per sample of each rival, round by round, without the first round
 */
export async function timeInTurns(
  rivals: Readonly<Record<string, Run>>,
  samples: readonly Float32Array[],
  clock: Clock = wall,
): Promise<Record<string, number[]>> {
  const slices: { name: string; run: Run; passes: number; times: number[] }[] = [];
  for (const [name, run] of Object.entries(rivals)) {
    const passes = await warmUp(run, samples);
    slices.push({ name, run, passes, times: [] });
  }
  for (let round = 0; round <= rounds; round++) {
    for (const { run, passes, times } of slices) {
      await timePasses(run, samples.slice(0, 2), 1, clock); // the rival before left its own weights in the cache
      const time = await timePasses(run, samples, passes, clock);
      if (round > 0) times.push(time / passes / samples.length);
    }
  }
  return Object.fromEntries(slices.map(({ name, times }) => [name, times]));
}

/** @returns how many passes through the samples fill a slice */
async function warmUp(run: Run, samples: readonly Float32Array[]): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let spent = 0; spent < warmUpMilliseconds; ) {
    const time = await timePasses(run, samples, 1, wall);
    fastest = Math.min(fastest, time);
    spent += time;
  }
  return Math.ceil(sliceMilliseconds / fastest);
}

async function timePasses(
  run: Run,
  samples: readonly Float32Array[],
  passes: number,
  clock: Clock,
): Promise<number> {
  const started = clock();
  for (let pass = 0; pass < passes; pass++) {
    for (const x of samples) await run(x);
  }
  return clock() - started;
}
