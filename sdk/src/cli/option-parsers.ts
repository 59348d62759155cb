/** Text of command-line options to checked numbers. */
import { InvalidArgumentError } from 'commander';
import type { LayerSize } from '../node.ts';

/** A parser for whole numbers in [least, most]. */
export function wholeNumber(
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text: string): number => {
    const value = Number(text);
    const inRange = value >= least && value <= most;
    if (text.trim() !== '' && Number.isSafeInteger(value) && inRange) return value;
    const upper = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
    throw new InvalidArgumentError(`Expected a whole number from ${least}${upper}.`);
  };
}

/** A parser for numbers in [least, below). */
export function numberFrom(
  least: number,
  below: number = Number.POSITIVE_INFINITY,
): (text: string) => number {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value < below) return value;
    const upper = below === Number.POSITIVE_INFINITY ? '' : ` and below ${below}`;
    throw new InvalidArgumentError(`Expected a number of at least ${least}${upper}.`);
  };
}

/** A parser for numbers above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

/** A parser for `500,500,500`: whole numbers in [least, most]. */
export function wholeNumbers(least: number, most?: number): (text: string) => number[] {
  const parse = wholeNumber(least, most);
  return (text: string): number[] => text.split(',').map((part) => parse(part));
}

/** A parser for `conv:48,conv:96:1,500`: units of dense layers, channels and pooling of convolutional ones. */
export function layerSizes(text: string): LayerSize[] {
  const parse = wholeNumber(1, 1_000_000);
  return text.split(',').map((part) => {
    const [, channels, pool] = /^conv:([^:]+)(?::(.+))?$/.exec(part) ?? [];
    if (channels === undefined) return parse(part);
    return { channels: parse(channels), ...(pool !== undefined && { pool: parse(pool) }) };
  });
}

/** A parser for `7-14`: whole numbers from 1, the smaller one first. */
export function wholeNumberRange(text: string): { least: number; most: number } {
  const [least = 0, most = 0, ...rest] = text.split('-').map(Number);
  const whole = Number.isSafeInteger(least) && Number.isSafeInteger(most);
  if (whole && rest.length === 0 && least >= 1 && least <= most) return { least, most };
  throw new InvalidArgumentError('Expected two whole numbers from 1, the smaller first, as 7-14.');
}
