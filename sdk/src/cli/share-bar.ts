/** A progress bar for work that tells which share of it is done; gone when the work ends. */
import { SingleBar } from 'cli-progress';

/** @param work is given what hears the share, 0 to 1 */
export async function withShareBar<T>(
  task: string,
  work: (onProgress: (share: number) => void) => T | Promise<T>,
): Promise<T> {
  const bar = new SingleBar({ format: `${task} [{bar}] {percentage} %`, clearOnComplete: true });
  bar.start(100, 0);
  try {
    return await work((share) => bar.update(Math.round(100 * share)));
  } finally {
    bar.stop();
  }
}
