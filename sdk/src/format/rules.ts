/**
 * Rules for JSON from a file. Each gives a value its type or refuses it, naming the field. They are
 * few functions on purpose: a Worker compiles all that its first request needs.
 */
import { describe, inconsistent } from './refuse.ts';

/**
 * @param where names the value in messages: `network.layers.0.units`
 * @throws HffError `snapshot/inconsistent`
 */
export type Rule<T> = (value: unknown, where: string) => T;

interface Bounds {
  readonly least?: number;
  /** Smaller than each number allowed. */
  readonly above?: number;
  readonly most?: number;
  /** Larger than each number allowed. */
  readonly below?: number;
  readonly whole?: boolean;
}

/** A finite number within bounds. */
export function number(bounds: Bounds = {}): Rule<number> {
  const { least = -Infinity, above = -Infinity, most = Infinity, below = Infinity } = bounds;
  return (value, where) =>
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= least &&
    value > above &&
    value <= most &&
    value < below &&
    (!bounds.whole || Number.isInteger(value))
      ? value
      : inconsistent(where, describeBounds(bounds), describe(value));
}

function describeBounds({ least, above, most, below, whole }: Bounds): string {
  const limits = Object.entries({ '≥': least, '>': above, '≤': most, '<': below })
    .filter(([, limit]) => limit !== undefined)
    .map(([sign, limit]) => `${sign} ${limit}`);
  return [whole ? 'a whole number' : 'a finite number', ...limits].join(' ');
}

/** @param expected says in words what the pattern matches */
export function text(pattern: RegExp, expected: string): Rule<string> {
  return (value, where) =>
    typeof value === 'string' && pattern.test(value)
      ? value
      : inconsistent(where, expected, describe(value));
}

export function oneOf<T extends string | number>(...values: readonly T[]): Rule<T> {
  return (value, where) =>
    values.includes(value as T)
      ? (value as T)
      : inconsistent(where, values.join(' or '), describe(value));
}

export function nullOr<T>(rule: Rule<T>): Rule<T | null> {
  return (value, where) => (value === null ? null : rule(value, where));
}

export function listOf<T>(rule: Rule<T>, least = 1, most: number = 2 ** 32): Rule<T[]> {
  return (value, where) =>
    Array.isArray(value) && value.length >= least && value.length <= most
      ? value.map((entry, i) => rule(entry, `${where}.${i}`))
      : inconsistent(where, `${least} to ${most} entries`, describe(value));
}

export function pairOf<T>(rule: Rule<T>): Rule<[T, T]> {
  return listOf(rule, 2, 2) as Rule<[T, T]>;
}

/**
 * An object with these fields; others are left out.
 * @param optional names of those that may be missing
 */
export function record<T extends object>(
  fields: { readonly [Key in keyof T]-?: Rule<T[Key]> },
  optional: readonly (keyof T)[] = [],
): Rule<T> {
  const entries = Object.entries(fields) as [keyof T & string, Rule<T[keyof T & string]>][];
  return (value, where) => {
    const object = asObject(value, where);
    const result: Partial<T> = {};
    for (const [key, rule] of entries) {
      if (!(key in object) && optional.includes(key)) continue;
      result[key] = rule(object[key], where ? `${where}.${key}` : key);
    }
    return result as T;
  };
}

/** An object whose field `key` says which of the rules it follows. */
export function variant<T extends object>(
  key: string,
  rules: Readonly<Record<string, Rule<T>>>,
): Rule<T> {
  const kind = oneOf(...Object.keys(rules));
  return (value, where) => {
    const chosen = kind(asObject(value, where)[key], `${where}.${key}`);
    return (rules[chosen] as Rule<T>)(value, where);
  };
}

function asObject(value: unknown, where: string): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : inconsistent(where || 'model', 'an object', describe(value));
}
