/**
 * Demo page and HTTP API on this machine, with what they keep in `.wrangler/state`. The first time it
 * makes an API key to try things out with; it stands in `.wrangler/development-key`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const keyFile = '.wrangler/development-key';

if (!existsSync(keyFile)) {
  mkdirSync('.wrangler', { recursive: true });
  const args = ['scripts/make-key.ts', '--tenant', 'development', '--scope', 'admin'];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status === 0) writeFileSync(keyFile, `${stdout.split('\n')[0]}\n`, { mode: 0o600 });
}
if (existsSync(keyFile)) {
  console.log(`API key for this machine (${keyFile}): ${readFileSync(keyFile, 'utf8').trim()}`);
}
const args = ['dev', '--show-interactive-dev-session=false', ...process.argv.slice(2)];
const wrangler = spawn('wrangler', args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => wrangler.kill(signal));
wrangler.on('exit', (code) => process.exit(code ?? 0));
