/** The clock that engines of one thread are timed by. */

/**
 * Milliseconds that this thread itself has worked, so that other programs do not count; where the
 * runtime does not tell, in browsers, those of the clock on the wall.
 */
export function ownTime(): number {
  if (!('process' in globalThis)) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
