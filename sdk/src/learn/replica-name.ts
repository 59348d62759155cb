/**
 * Names of replicas. A device has one, 32 hexadecimal digits; what somebody teaches it is kept apart
 * under `device-somebody`, so that it can be told and revoked. A name that was revoked is followed by
 * the next of its series: `name_2`, `name_3` and so on.
 */
import { HffError } from '../error.ts';

const mostCharacters = 24;

/** @throws HffError `option/invalid` */
export function checkTaughtBy(name: unknown): asserts name is string {
  if (typeof name === 'string' && /^[A-Za-z0-9-]{1,24}$/.test(name)) return;
  throw new HffError(
    'option/invalid',
    `taughtBy: expected 1 to ${mostCharacters} of A-Z a-z 0-9 -, got ${String(name).slice(0, 40)}.`,
  );
}

/**
 * Under which name a device learns.
 * @param taughtBy who teaches it, checked; the device itself by default
 * @param isRevoked whether nothing counts any more that is learned under a name
 */
export function replicaName(
  device: string,
  taughtBy: string | undefined,
  isRevoked: (name: string) => boolean,
): string {
  const first = taughtBy === undefined ? device : `${device}-${taughtBy}`;
  let name = first;
  for (let n = 2; isRevoked(name); n++) name = `${first}_${n}`;
  return name;
}

/** Whether what is learned under a name was taught by somebody, on whatever device. */
export function isTaughtBy(name: string, somebody: string): boolean {
  const [, teacher] = /^[^-]*-(.*?)(?:_\d+)?$/.exec(name) ?? [];
  return teacher === somebody;
}
