/** One way to spoil a request. */
import type { Random } from '../../../sdk/src/hff/random.ts';
import type { ApiDocument, Operation } from './api-document.ts';
import type { Draft } from './request.ts';
import type { Keys } from './serve-tenants.ts';

export interface Spoilt extends Partial<Draft> {
  /** Whether it cannot be accepted; what might be goes to the tenant whose model may change. */
  readonly isCertain: boolean;
  /** Whether the address may lead to another operation, or to none. */
  readonly leadsAway?: boolean;
}

export interface Target {
  readonly api: ApiDocument;
  readonly operation: Operation;
  /** Valid as it is. */
  readonly draft: Draft;
  readonly keys: Keys;
  readonly random: Random;
}

export interface Attack {
  readonly name: string;
  /** How often it is chosen among those that fit, 1 unless said otherwise. */
  readonly weight?: number;
  fits(operation: Operation): boolean;
  spoil(target: Target): Spoilt;
}

export function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[random.integer(values.length)] as T;
}

export const takesBody = ({ bodies }: Operation): boolean => Object.keys(bodies).length > 0;
export const takes =
  (mediaType: string) =>
  ({ bodies }: Operation): boolean =>
    mediaType in bodies;
