/** Refusals on their way from a room: errors that cross to another isolate lose their code. */
import { HffError } from '@hff-edge/sdk/worker';
import { Problem, type ProblemCode } from '../http/problem.ts';

export type Outcome<T> =
  | { readonly value: T }
  | { readonly refusal: { readonly code: ProblemCode; readonly detail: string } };

export async function outcomeOf<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    if (!(error instanceof HffError) && !(error instanceof Problem)) throw error;
    return { refusal: { code: error.code, detail: error.message } };
  }
}

/** @throws Problem where it was refused */
export function unwrap<T>(outcome: Outcome<T>): T {
  if ('value' in outcome) return outcome.value;
  throw new Problem(outcome.refusal.code, outcome.refusal.detail);
}
