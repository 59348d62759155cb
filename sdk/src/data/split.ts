/** The parts of a data set: one to learn from, one to be tested with. */
import { HffError } from '../error.ts';

export type Split = 'train' | 'test';

/**
 * A source without parts is all there to learn from: it must not pass for a test of what it taught.
 * @param name says in the error which source it is
 * @throws HffError `data/not-found` if the test part is asked for
 */
export function refuseTestPart(split: Split, name: string): void {
  if (split === 'train') return;
  throw new HffError(
    'data/not-found',
    `${name}: is one set without a test part; ask for train to get all of it`,
  );
}
