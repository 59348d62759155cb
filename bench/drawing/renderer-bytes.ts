/** Resident memory of the browser's processes that run pages, from Linux's /proc; null elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** @returns bytes of all renderers below this process */
export function rendererBytes(): number | null {
  if (!existsSync('/proc/self/status')) return null;
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return [
          { pid: Number(name), parent: field(status, 'PPid'), kB: field(status, 'VmRSS'), command },
        ];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
  const own = new Set([process.pid]);
  for (let size = 0; size !== own.size; ) {
    size = own.size;
    for (const { pid, parent } of processes) if (own.has(parent)) own.add(pid);
  }
  return processes
    .filter(({ pid, command }) => own.has(pid) && command.includes('--type=renderer'))
    .reduce((sum, { kB }) => sum + 1024 * kB, 0);
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}
