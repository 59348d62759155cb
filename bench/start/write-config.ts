/** workerd's configuration of one Worker on a free port. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkerBundle } from './bundle-worker.ts';

/** What the Worker finds in its `env`, by name. */
export interface Bindings {
  /** Bytes that are in the isolate from the beginning. */
  readonly data?: Readonly<Record<string, Uint8Array>>;
  /** Addresses (`127.0.0.1:80`) that answer for a KV namespace. */
  readonly kv?: Readonly<Record<string, string>>;
  /** Addresses that a binding with `fetch` leads to. */
  readonly services?: Readonly<Record<string, string>>;
}

/**
 * @param name of the file, in the bundle's folder
 * @returns its path
 */
export async function writeConfig(
  { folder, modules, compatibilityDate }: WorkerBundle,
  name: string,
  { data = {}, kv = {}, services = {} }: Bindings,
): Promise<string> {
  const bindings: string[] = [];
  for (const [binding, bytes] of Object.entries(data)) {
    const file = `${name}-${binding}.bin`;
    await writeFile(join(folder, file), bytes);
    bindings.push(`(name = "${binding}", data = embed "${file}")`);
  }
  for (const binding of Object.keys(kv)) {
    bindings.push(`(name = "${binding}", kvNamespace = "${binding}")`);
  }
  for (const binding of Object.keys(services)) {
    bindings.push(`(name = "${binding}", service = "${binding}")`);
  }
  const externals = Object.entries({ ...kv, ...services }).map(
    ([service, address]) =>
      `, (name = "${service}", external = (address = "${address}", http = ()))`,
  );
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      compatibilityDate = "${compatibilityDate}",
      modules = [${modules.map(toModule).join(', ')}],
      bindings = [${bindings.join(', ')}]
    ))${externals.join('')}
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")]
);
`;
  const path = join(folder, `${name}.capnp`);
  await writeFile(path, config);
  return path;
}

/** The bundle imports `./kernels.wasm` of its own folder. */
function toModule(file: string): string {
  return file.endsWith('.js')
    ? `(name = "${file}", esModule = embed "${file}")`
    : `(name = "./${file}", wasm = embed "${file}")`;
}
