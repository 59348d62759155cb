/**
 * Starts a real headless Chromium for tests and screenshots: the one that CHROMIUM_PATH names, else
 * the one that the npm package @sparticuz/chromium carries (for Linux on x64), else an installed
 * Chrome. Of the package's flags none is taken: `--single-process` crashes, others switch the
 * browser's protections off that the tests are to meet.
 */
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import manifest from '../package.json' with { type: 'json' };

/**
 * @param args Chromium's flags
 * @throws Error by playwright when no browser can be started
 */
export async function launchChromium(args: string[] = []): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return chromium.launch({ args, executablePath: CHROMIUM_PATH });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return chromium.launch({ args, channel: 'chrome' });
  }
  return chromium.launch({ args, executablePath: await unpackedPath() });
}

/**
 * The package unpacks into the temporary folder and takes a file that is there for complete, so a
 * second process may start half a browser. Each process that finds none therefore unpacks into a
 * folder of its own and renames it when it is complete: the first wins.
 */
async function unpackedPath(): Promise<string> {
  const version = manifest.devDependencies['@sparticuz/chromium'];
  const folder = join(tmpdir(), `hff-edge-chromium-${version}`);
  const path = join(folder, 'chromium');
  if (await exists(path)) return path;
  const own = await mkdtemp(`${folder}-`);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = own;
  try {
    await packed.executablePath();
    await rename(own, folder);
  } catch (cause) {
    await rm(own, { recursive: true, force: true });
    if (!(await exists(path))) throw cause;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  return path;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
