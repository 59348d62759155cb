/**
 * API keys as callers have them: `hff_{id}_{secret}`. The id finds the key's record, the secret proves
 * it; of the secret only a hash is stored. It is 256 random bits, so that a plain SHA-256 will do.
 */

export interface ApiKey {
  /** 12 of `a-z 0-9`: not secret, stands in audit logs. */
  readonly id: string;
  /** 43 of `A-Z a-z 0-9 _ -`. */
  readonly secret: string;
}

/** A new key, and how it is written. */
export function newApiKey(): ApiKey & { readonly text: string } {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  const random = crypto.getRandomValues(new Uint8Array(12 + 32));
  const id = Array.from(random.subarray(0, 12), (byte) => letters[byte % 32]).join('');
  const base64 = btoa(String.fromCharCode(...random.subarray(12)));
  const secret = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return { id, secret, text: `hff_${id}_${secret}` };
}

/** @returns null for what is no key */
export function parseApiKey(text: string): ApiKey | null {
  const [, id, secret] = /^hff_([a-z0-9]{12})_([\w-]{43})$/.exec(text) ?? [];
  return id && secret ? { id, secret } : null;
}

/** SHA-256, 64 hexadecimal digits. */
export async function hashSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
