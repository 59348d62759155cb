import { describe, expect, it } from 'vitest';
import { readTar } from '../../sdk/src/data/tar.ts';
import { makeTar } from './make-tar.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const read = (bytes: Uint8Array): [string, string][] =>
  [...readTar(bytes, 'test.tar')].map((file) => [file.path, text(file.bytes)]);

describe('readTar', () => {
  it('gives files, empty ones too, and passes folders over', () => {
    const archive = makeTar([
      { path: 'a/', content: '', type: '5' },
      { path: 'a/one.txt', content: 'one' },
      { path: 'a/none.txt', content: '' },
      { path: 'a/long.txt', content: 'x'.repeat(1025) },
    ]);
    expect(read(archive)).toEqual([
      ['a/one.txt', 'one'],
      ['a/none.txt', ''],
      ['a/long.txt', 'x'.repeat(1025)],
    ]);
  });

  it('reads long names from prefix, GNU entry and pax header', () => {
    const long = `${'deep/'.repeat(30)}file.png`;
    const record = ` path=${long}\n`;
    const archive = makeTar([
      { path: 'file.png', prefix: 'data/train/cat', content: '1' },
      { path: '././@LongLink', type: 'L', content: `${long}\0` },
      { path: 'cut', content: '2' },
      { path: 'pax', type: 'x', content: `${record.length + 3}${record}` },
      { path: 'cut', content: '3' },
      { path: 'plain', content: '4' },
    ]);
    expect(read(archive)).toEqual([
      ['data/train/cat/file.png', '1'],
      [long, '2'],
      [long, '3'],
      ['plain', '4'],
    ]);
  });

  it('refuses damaged headers, hostile sizes and cut files', () => {
    const archive = makeTar([{ path: 'file', content: 'content' }]);
    const malformed = expect.objectContaining({ code: 'data/malformed' });
    const damaged = archive.slice();
    damaged[3] = 65;
    expect(() => read(damaged)).toThrow(malformed);
    const negative = archive.slice();
    negative.set(new TextEncoder().encode('-0000001000\0'), 124);
    expect(() => read(negative)).toThrow(malformed);
    expect(() => read(archive.subarray(0, 515))).toThrow(malformed);
    expect(() => read(new Uint8Array(1024).fill(7))).toThrow(malformed);
  });
});
