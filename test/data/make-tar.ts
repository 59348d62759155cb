/** The bytes of a ustar archive. */
const BLOCK = 512;

export interface TarEntry {
  readonly path: string;
  readonly content: Uint8Array | string;
  /** `0` file, `5` folder, `L` long name, `x` pax header. */
  readonly type?: string;
  /** Goes before the path, parted by a slash. */
  readonly prefix?: string;
}

export function makeTar(entries: readonly TarEntry[]): Uint8Array {
  const blocks = entries.flatMap(({ path, content, type = '0', prefix = '' }) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const body = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
    body.set(bytes);
    return [makeHeader(path, bytes.length, type, prefix), body];
  });
  return Buffer.concat([...blocks, new Uint8Array(2 * BLOCK)]);
}

function makeHeader(path: string, size: number, type: string, prefix: string): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
