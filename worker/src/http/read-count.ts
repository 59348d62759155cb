/** Whole numbers in addresses and headers. */
import { Problem } from './problem.ts';

/** In decimal digits, from 0 to below 2⁵³. */
export const countPattern = /^\d{1,15}$/;

/**
 * @param name of the parameter, for the message
 * @param given as often as it was given; one at most is allowed
 * @throws Problem `request/invalid`
 */
export function readCount(
  name: string,
  given: string | readonly string[] | undefined,
): number | undefined {
  if (given === undefined) return undefined;
  const text = String(given);
  if (countPattern.test(text)) return Number(text);
  throw new Problem('request/invalid', `${name}: Expected a whole number from 0, got ${text}.`);
}
