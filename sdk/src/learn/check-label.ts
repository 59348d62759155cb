/** What may be a class's label. */
import { HffError } from '../error.ts';

const longest = 256;

/** 1 to 256 UTF-16 code units without lone surrogates: these would not survive being stored. */
export function isLabel(value: unknown): value is string {
  return (
    typeof value === 'string' && value !== '' && value.length <= longest && !/\p{Cs}/u.test(value)
  );
}

/** @throws HffError `learn/label` */
export function checkLabel(value: unknown): asserts value is string {
  if (isLabel(value)) return;
  const got = typeof value === 'string' ? `${value.length}, or a lone surrogate` : typeof value;
  throw new HffError(
    'learn/label',
    `Label: expected 1 to ${longest} characters of text, got ${got}.`,
  );
}
