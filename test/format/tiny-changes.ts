/** What two replicas learned, small and with everything that a file of changes can hold. */
import { Random } from '../../sdk/src/hff/random.ts';
import type { Changes, ModelIdentity } from '../../sdk/src/learn/changes.ts';
import { drawRows, TaughtState } from '../learn/learned-states.ts';

/**
 * Rows learned and forgotten, folded ones, a class forgotten and one renamed, a replica revoked, a gap.
 * @param base labels of three base classes
 */
export function tinyChanges(model: ModelIdentity, base: readonly string[]): Changes {
  const [, gone, named] = base as [string, string, string];
  const { dimension } = model;
  const rows = drawRows(new Random(8), dimension + 2, dimension);
  const row = (i: number): Float32Array => rows[i] as Float32Array;
  const start = (replica: string): TaughtState => new TaughtState({ ...model, replica, base });
  const [one, other, all] = [start('__proto__'), start('constructor'), start('all')];
  for (const each of rows) one.learn('folded', each);
  one.learn(named, row(0));
  one.renameClass(named, 'renamed');
  one.learn(gone, row(1));
  one.forgetClass(gone);
  one.learn(gone, row(2));
  other.merge(one);
  // What another replica learned is forgotten by rows of the other sign.
  other.forget('renamed', row(0));
  other.forget('folded', row(2));
  other.learn('__proto__', row(4));
  all.merge(other);
  // What somebody taught is taken away.
  one.take(one.planBy('eve').learn(['evil'], [row(0)]));
  all.merge(one);
  all.take(all.plan.revoke(['__proto__-eve']));
  other.learn('unheard', row(0));
  const heard = other.versions();
  other.learn('hasOwnProperty', row(1));
  all.take(other.changesSince(heard));
  return all.changesSince({});
}
