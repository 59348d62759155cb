/** Unsound snapshots are refused with a code, each for its reason. */
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { files, refusal } from './tiny-snapshot.ts';

const bytes = files.float32;

/** The snapshot's bytes after editing its JSON header, lengths and padding put right. */
function withHeader(edit: (header: Record<string, Record<string, unknown>>) => void): Uint8Array {
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  edit(header);
  const json = new TextEncoder().encode(JSON.stringify(header));
  const edited = new Uint8Array(8 + json.length + bytes.length - 8 - length);
  new DataView(edited.buffer).setUint32(0, json.length, true);
  edited.set(json, 8);
  edited.set(bytes.subarray(8 + length), 8 + json.length);
  return edited;
}

function withSpec(edit: (spec: Record<string, object>) => void): Uint8Array {
  return withHeader((header) => {
    const metadata = header.__metadata__ as Record<string, unknown>;
    const model = JSON.parse(metadata.model as string);
    edit(model);
    metadata.model = JSON.stringify(model);
  });
}

describe('refuses', () => {
  const cases: [string, string, () => Uint8Array][] = [
    ['no bytes', 'snapshot/malformed', () => new Uint8Array()],
    ['a cut file', 'snapshot/malformed', () => bytes.subarray(0, bytes.length - 1)],
    ['bytes after the end', 'snapshot/malformed', () => Uint8Array.of(...bytes, 0)],
    [
      'a huge header length',
      'snapshot/malformed',
      () => Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 1),
    ],
    [
      'another safetensors file',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          h.__metadata__ = {};
        }),
    ],
    [
      'metadata that are no strings',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          h.__metadata__ = { format: 1 };
        }),
    ],
    [
      'a newer format',
      'snapshot/version',
      () =>
        withHeader((h) => {
          Object.assign(h.__metadata__ as object, { format_version: '2' });
        }),
    ],
    [
      'a format version that is no number',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          Object.assign(h.__metadata__ as object, { format_version: '1e3' });
        }),
    ],
    [
      'a model that is no JSON',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          Object.assign(h.__metadata__ as object, { model: '{' });
        }),
    ],
    [
      'overlapping tensors',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          Object.assign(h['layers.1.bias'] as object, { data_offsets: [0, 20] });
        }),
    ],
    [
      'offsets beyond the file',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          Object.assign(h['layers.1.bias'] as object, {
            data_offsets: [0, 2 ** 40],
            shape: [2 ** 38],
          });
        }),
    ],
    [
      'a shape that overflows',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          Object.assign(h['layers.1.bias'] as object, { shape: [2 ** 30, 2 ** 30] });
        }),
    ],
    [
      'an unknown number type',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          Object.assign(h['layers.1.bias'] as object, { dtype: 'I64' });
        }),
    ],
    [
      'a number type that cannot become text',
      'snapshot/malformed',
      () =>
        withHeader((h) => {
          Object.assign(h['layers.1.bias'] as object, { dtype: { toString: 1, valueOf: 1 } });
        }),
    ],
    [
      'a shape a hundred thousand levels deep',
      'snapshot/malformed',
      () => {
        const json = `{"a":{"dtype":"F32","shape":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`;
        const file = new Uint8Array(8 + json.length);
        new DataView(file.buffer).setUint32(0, json.length, true);
        file.set(new TextEncoder().encode(json), 8);
        return file;
      },
    ],
    [
      'a missing tensor',
      'snapshot/inconsistent',
      () =>
        withHeader((h) => {
          h.other = h['layers.1.bias'] as Record<string, unknown>;
          delete h['layers.1.bias'];
        }),
    ],
    [
      'the same label twice',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s, { labels: ['a', 'a', 'b'] })),
    ],
    [
      'a label too few',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s, { labels: ['a', 'b'] })),
    ],
    [
      'layers that do not chain',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s.input as object, { width: 5 })),
    ],
    [
      'a voter that is no layer',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s.network as object, { voters: [2] })),
    ],
    [
      'no voters',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s.network as object, { voters: [] })),
    ],
    [
      'a deviation of 0',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s.input as object, { deviation: [0] })),
    ],
    [
      'two means for one channel',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s.input as object, { mean: [1, 2] })),
    ],
    [
      'an empty range',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s.input as object, { range: [5, 5] })),
    ],
    [
      'a name that is a path',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s, { name: '../x' })),
    ],
    [
      'a name that is a prototype',
      'snapshot/inconsistent',
      () => withSpec((s) => Object.assign(s, { name: '__proto__' })),
    ],
    [
      'a million prototypes',
      'snapshot/inconsistent',
      () =>
        withSpec((s) =>
          Object.assign((s.network as { layers: object[] }).layers[0] as object, {
            prototypes: [1e6, 1e6, 1e6],
          }),
        ),
    ],
  ];

  it.each(cases)('%s', (_, code, make) => {
    const error = refusal(() => readSnapshot(make()));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/expected|knows/);
  });

  it('labels named like object properties are labels', () => {
    const read = readSnapshot(
      withSpec((s) => Object.assign(s, { labels: ['__proto__', 'constructor', 'x'] })),
    );
    expect(read.spec.labels).toEqual(['__proto__', 'constructor', 'x']);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
