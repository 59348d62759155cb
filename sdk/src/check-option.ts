import { HffError } from './error.ts';

/**
 * @param whole whether the value has the form that is asked for
 * @throws HffError `option/invalid`
 */
export function checkOption(
  name: string,
  value: number,
  least: number,
  most: number,
  whole = true,
): void {
  if (Number.isFinite(value) && value >= least && value <= most && whole) return;
  const range = least === most ? `${most}` : `${least} to ${most}`;
  throw new HffError('option/invalid', `${name}: expected ${range}, got ${value}.`);
}
