/** Which keys a store takes: all that every file system, database and service can tell apart. */
import { HffError } from '../error.ts';

const mostCharacters = 256;

export function isKey(key: string): boolean {
  return isShortText(key) && key.split('/').every(isSegment);
}

/** @throws HffError `option/invalid` */
export function checkKey(key: string): void {
  if (!isKey(key)) refuse('key', 'segments joined by "/"', key);
}

/**
 * The beginning of a key: its last segment may be cut off, or empty.
 * @throws HffError `option/invalid`
 */
export function checkPrefix(prefix: string): void {
  if (isShortText(prefix)) {
    const whole = prefix.split('/');
    const last = whole.pop() as string;
    if (whole.every(isSegment) && /^[\w.-]*$/.test(last)) return;
  }
  refuse('prefix', 'the beginning of segments joined by "/"', prefix);
}

/** Sorts after all keys that begin with the prefix, and before all that come after those. */
export function endOf(prefix: string): string {
  return `${prefix}~`;
}

function isShortText(text: unknown): text is string {
  return typeof text === 'string' && text.length <= mostCharacters;
}

function isSegment(segment: string): boolean {
  return /^[\w.-]+$/.test(segment) && segment !== '.' && segment !== '..';
}

function refuse(what: string, form: string, got: unknown): never {
  const shown = String(JSON.stringify(got)).slice(0, mostCharacters);
  throw new HffError(
    'option/invalid',
    `Store ${what}: expected ${form}, each of A-Z a-z 0-9 . _ - and neither "." nor "..", at most ${mostCharacters} characters, got ${shown}.`,
  );
}
