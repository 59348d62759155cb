/** Lets nobody do more than their key allows. */
import { Problem } from '../http/problem.ts';
import { type Caller, includes, type Scope } from './caller.ts';

/** Who may: anyone, or those with a key of at least this scope. */
export type Access = 'anyone' | Scope;

/** @throws Problem `auth/required` without a key, `auth/scope` where it does not reach so far */
export function requireAccess({ keyId, scope }: Caller, access: Access): void {
  if (access === 'anyone') return;
  if (keyId === null) {
    throw new Problem('auth/required', 'Expected Authorization: Bearer with an API key, got none.');
  }
  if (!includes(scope, access)) {
    throw new Problem(
      'auth/scope',
      `Expected a key of scope ${access}, got one of scope ${scope}.`,
    );
  }
}
