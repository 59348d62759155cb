/** Entries that one process creates and another checks. */
import { someBytes } from './assertions.ts';

/** How many keys several processes race for. */
export const raceKeys = 40;

export const raceKey = (i: number): string => `race/${i}`;

export const raceBytes = (racer: number): Uint8Array => someBytes(20_000, racer);

export const countKey = (i: number): string => `log/${String(i).padStart(12, '0')}`;

/** Longer and longer, so that any limit is met. */
export const countBytes = (i: number): Uint8Array => someBytes(50_000 * (1 + (i % 20)), i);
