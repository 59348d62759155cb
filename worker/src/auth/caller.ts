/** Who asks, and what they may do. */

/** Each includes those before it. */
export const scopes = ['classify', 'learn', 'admin'] as const;

export type Scope = (typeof scopes)[number];

export interface Caller {
  /** Whose models these are. It comes from the key, never from the request. */
  readonly tenant: string;
  /** Null without a key. */
  readonly keyId: string | null;
  readonly scope: Scope;
}

/** The tenant of the deployment's own models, which everyone may read. */
export const publicTenant = 'public';

export const anyone: Caller = { tenant: publicTenant, keyId: null, scope: 'classify' };

export function includes(scope: Scope, needed: Scope): boolean {
  return scopes.indexOf(scope) >= scopes.indexOf(needed);
}
