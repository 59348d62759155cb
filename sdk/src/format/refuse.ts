/** How a file is refused: where, what was expected, what came, in few words however large that is. */
import { HffError } from '../error.ts';

/** The container or its metadata are not what they must be. */
export function malformed(where: string, expected: string, got: string): never {
  throw new HffError(
    'snapshot/malformed',
    `safetensors ${where}: expected ${expected}, got ${got}. The file is damaged, cut off, or of another kind.`,
  );
}

/** The parts of a snapshot do not fit each other, or are out of their range. */
export function inconsistent(where: string, expected: string, got: string): never {
  throw new HffError(
    'snapshot/inconsistent',
    `${where}: expected ${expected}, got ${got}. The snapshot's parts do not fit each other.`,
  );
}

/** A value of JSON in few words, however large or deep it is. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 40);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return value === null ? 'null' : typeof value;
}
