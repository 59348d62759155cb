/** What is stored of an API key, in KV under `key/{id}`; `npm run key` writes it. */
import * as v from 'valibot';
import { scopes } from './caller.ts';

export const keyRecordSchema = v.object({
  tenant: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/)),
  scope: v.picklist(scopes),
  /** SHA-256 of the secret in hex. */
  secretHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

export type KeyRecord = v.InferOutput<typeof keyRecordSchema>;
