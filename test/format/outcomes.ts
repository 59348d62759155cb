/** What becomes of damaged bytes: they are read, or refused with a code; nothing else is allowed. */
import { expect } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';

const shared = [Object.prototype, Array.prototype, Function.prototype];
const keysAtFirst = shared.map((each) => Reflect.ownKeys(each).length);

export class Outcomes {
  readonly counts: Map<string, number> = new Map();
  readonly #allowed: RegExp;

  /** @param allowed codes of refusals */
  constructor(allowed: RegExp) {
    this.#allowed = allowed;
  }

  /**
   * Counts what becomes of one mutant: what `read` returns, or the code that it is refused with.
   * @throws whatever else `read` throws, such as failed expectations
   */
  async add(read: () => string | Promise<string>): Promise<void> {
    let outcome: string;
    const started = performance.now();
    try {
      outcome = await read();
    } catch (error) {
      if (!(error instanceof HffError)) throw error;
      if (!this.#allowed.test(error.code)) throw error;
      outcome = error.code;
    }
    expect(performance.now() - started, 'milliseconds').toBeLessThan(5000);
    this.counts.set(outcome, (this.counts.get(outcome) ?? 0) + 1);
    if (shared.some((each, i) => Reflect.ownKeys(each).length !== keysAtFirst[i])) {
      throw new Error('A prototype that all share was changed.');
    }
  }

  /** Each outcome came about at least so often: the mutants do reach what they are meant to test. */
  expectAtLeast(least: Readonly<Record<string, number>>): void {
    for (const [outcome, count] of Object.entries(least)) {
      expect(this.counts.get(outcome) ?? 0, outcome).toBeGreaterThanOrEqual(count);
    }
  }
}
