/** From read-limit.ts to a WebAssembly module. */
import { readFile } from 'node:fs/promises';
import { main } from 'assemblyscript/asc';

const source = new URL('read-limit.ts', import.meta.url);

export async function compileLimit(): Promise<Uint8Array<ArrayBuffer>> {
  const files = new Map([['limit.ts', await readFile(source, 'utf8')]]);
  let compiled: Uint8Array<ArrayBuffer> | undefined;
  const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--outFile', 'limit.wasm'];
  const { error, stderr } = await main(['limit.ts', ...options], {
    readFile: (name) => files.get(name) ?? null,
    writeFile: (_name, contents) => {
      compiled = Uint8Array.from(contents as Uint8Array);
    },
    listFiles: () => [],
  });
  if (error || !compiled) throw new Error(`${source.pathname} did not compile: ${stderr}`);
  return compiled;
}
