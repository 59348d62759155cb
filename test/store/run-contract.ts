/** The contract as tests, wherever its cases run. */
import { it } from 'vitest';
import { contract, type Property } from './contract.ts';

/** @param run rejects where the case of this name fails */
export function itKeepsTheContract(
  properties: readonly Property[],
  run: (name: string) => Promise<void>,
): void {
  for (const { name, needs } of contract) {
    if (!needs || properties.includes(needs)) it(name, () => run(name));
  }
}
