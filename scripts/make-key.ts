/**
 * `npm run key -- --tenant acme --scope learn`: makes an API key, stores its hash in KV, and prints the
 * key, once. `--remote` for the deployment, otherwise for `npm start` on this machine. `--revoke ID` takes
 * one away.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { hashSecret, newApiKey } from '../worker/src/auth/api-key.ts';
import { keyRecordSchema } from '../worker/src/auth/key-record.ts';

const { values } = parseArgs({
  options: {
    tenant: { type: 'string' },
    scope: { type: 'string', default: 'learn' },
    revoke: { type: 'string' },
    remote: { type: 'boolean', default: false },
  },
});

const place = values.remote ? '--remote' : '--local';

function kv(...args: string[]): void {
  const all = ['wrangler', 'kv', 'key', ...args, '--binding', 'MODELS', place];
  const { status, stderr } = spawnSync('npx', all, { encoding: 'utf8' });
  if (status === 0) return;
  console.error(stderr);
  process.exit(1);
}

if (values.revoke !== undefined) {
  kv('delete', `key/${values.revoke}`);
  console.log(`Key ${values.revoke} is revoked; within a minute or two it is refused everywhere.`);
} else {
  const key = newApiKey();
  const secretHash = await hashSecret(key.secret);
  const { tenant, scope } = values;
  const record = v.safeParse(keyRecordSchema, { tenant, scope, secretHash });
  if (!record.success) {
    console.error('Usage: npm run key -- --tenant NAME --scope classify|learn|admin [--remote]');
    console.error('NAME has 1 to 32 lower-case letters, digits and "-", a letter or digit first.');
    process.exit(1);
  }
  kv('put', `key/${key.id}`, JSON.stringify(record.output));
  console.log(
    `${key.text}\n\nTenant ${tenant}, scope ${scope}, id ${key.id}. It is shown this once: keep it like a password.`,
  );
}
