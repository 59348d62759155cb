/**
 * Installs what is missing, with nothing but npm and Node ≥ 20: `npm start` and `npm test` begin
 * here. The dependencies bring a current Node and a headless Chromium, which the scripts that follow
 * then use. A clean tree is told by the lock file's hash.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const marker = 'node_modules/.hff-edge-lock';
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');

if (!existsSync(marker) || readFileSync(marker, 'utf8') !== lock) {
  console.log('Installing dependencies (once; a minute or so) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const args = [...first, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: !npm });
  if (status !== 0) {
    console.error(
      'npm install failed: see its message above. Node ≥ 20 and access to npm are needed.',
    );
    process.exit(status ?? 1);
  }
  writeFileSync(marker, lock);
}
