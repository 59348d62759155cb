/**
 * A project beside this file as its user has it: in a folder of its own, with the package unpacked from
 * what `npm pack` makes. Whatever else it may import are the dependencies that the package and the
 * project declare, linked to those installed here, so that no network is needed.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const name = '@hff-edge/sdk';

export interface Packed {
  /** Installs the project of this name; its folder goes with {@link Packed.remove}. */
  install(project: string): Promise<string>;
  remove(): Promise<void>;
}

/** Needs the SDK's build. */
export async function packSdk(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'hff-consumers-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: join(root, 'sdk'),
  });
  const tarball = join(folder, filenameIn(JSON.parse(stdout)));
  return {
    install: async (project) =>
      install(project, tarball, await mkdtemp(join(folder, `${project}-`))),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** npm's answer is a list of packages, or an object of them by name. */
function filenameIn(packed: Record<string, { readonly filename: string }>): string {
  const [own] = Object.values(packed);
  if (!own) throw new Error('npm pack: expected the name of a tarball, got none.');
  return own.filename;
}

async function install(project: string, tarball: string, folder: string): Promise<string> {
  await cp(join(here, project), folder, { recursive: true });
  await cp(join(here, 'lesson.js'), join(folder, 'lesson.js'));
  const own = join(folder, 'node_modules', name);
  await mkdir(own, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
  const wanted = new Set([...(await dependenciesOf(own)), ...(await dependenciesOf(folder))]);
  wanted.delete(name);
  for (const dependency of wanted) {
    const link = join(folder, 'node_modules', dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', dependency), link);
  }
  return folder;
}

async function dependenciesOf(folder: string): Promise<string[]> {
  const { dependencies = {} } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return Object.keys(dependencies);
}
