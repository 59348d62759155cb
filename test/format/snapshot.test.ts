/** Snapshots: exact round trips, and hostile bytes that are read correctly or refused with a code. */
import { describe, expect, it } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { fromFloat16, toFloat16 } from '../../sdk/src/format/float16.ts';
import type { ModelSpec } from '../../sdk/src/format/model-spec.ts';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import { readSnapshot, type Snapshot, writeSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSafetensors } from '../../sdk/src/format/write-safetensors.ts';
import { initialWeights } from '../../sdk/src/hff/network.ts';
import { Random } from '../../sdk/src/hff/random.ts';

const spec: ModelSpec = {
  name: 'tiny',
  version: 3,
  labels: ['a', 'b', 'ü'],
  input: {
    width: 4,
    height: 3,
    channels: 1,
    range: [0, 255],
    mean: [33.1],
    deviation: [78.6],
    fit: { mode: 'glyph', box: 3 },
  },
  network: {
    layers: [
      { type: 'dense', inputs: 12, units: 9, prototypes: [1, 2, 1] },
      { type: 'dense', inputs: 9, units: 5, prototypes: [1, 1, 1] },
    ],
    sharpness: 30,
    scale: 20,
    voters: [1],
  },
  training: {
    data: 'x',
    samples: 10,
    holdoutShare: 0.1,
    epochs: 2,
    bestEpoch: 1,
    batchSize: 2,
    learningRate: 0.001,
    margin: 0,
    dropout: 0.2,
    noise: 0,
    seed: 1,
    testAccuracy: 0.5,
  },
};
const snapshot: Snapshot = { spec, weights: initialWeights(spec.network, 1) };
const bytes = writeSnapshot(snapshot, 'float32');

function refusal(action: () => unknown): HffError {
  try {
    action();
  } catch (error) {
    if (error instanceof HffError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

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

describe('round trip', () => {
  it('float32 gives back spec and weights bit for bit', () => {
    expect(readSnapshot(bytes)).toEqual(snapshot);
  });

  it('reads from a Node Buffer that is a slice of a larger pool, at any alignment', () => {
    for (let shift = 0; shift < 8; shift++) {
      const pool = Buffer.alloc(bytes.length + 16, 0xff);
      pool.set(bytes, shift);
      expect(readSnapshot(pool.subarray(shift, shift + bytes.length))).toEqual(snapshot);
    }
  });

  it('float16 is near and half the size', () => {
    const half = writeSnapshot(snapshot, 'float16');
    const numbers = [...snapshot.weights.values()].reduce((sum, { length }) => sum + length, 0);
    expect(bytes.length - half.length).toBeGreaterThan(2 * numbers - 16);
    for (const [name, values] of readSnapshot(half).weights) {
      values.forEach((value, i) => {
        const exact = snapshot.weights.get(name)?.[i] as number;
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -11 + 2 ** -25);
      });
    }
  });

  it('is refused for weights that diverged, and for those too large for float16', () => {
    const broken = (value: number): Snapshot => ({
      spec,
      weights: new Map([...snapshot.weights, ['layers.0.bias', new Float32Array(9).fill(value)]]),
    });
    expect(refusal(() => writeSnapshot(broken(Number.NaN), 'float32')).code).toBe(
      'snapshot/not-finite',
    );
    expect(refusal(() => writeSnapshot(broken(70_000), 'float16')).code).toBe(
      'snapshot/not-finite',
    );
    expect(writeSnapshot(broken(70_000), 'float32').length).toBe(bytes.length);
  });

  it('aligns the data to 8 bytes for readers that map the file', () => {
    expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
  });
});

describe('float16', () => {
  it('keeps all 65,536 halves', () => {
    for (let half = 0; half < 65536; half++) {
      const value = fromFloat16(half);
      if (Number.isNaN(value)) expect(fromFloat16(toFloat16(value))).toBeNaN();
      else expect(toFloat16(value)).toBe(half);
    }
  });

  it('rounds to nearest even, to infinity and to subnormals', () => {
    expect(fromFloat16(toFloat16(1 + 2 ** -11))).toBe(1);
    expect(fromFloat16(toFloat16(1 + 3 * 2 ** -11))).toBe(1 + 2 ** -9);
    expect(fromFloat16(toFloat16(65519))).toBe(65504);
    expect(fromFloat16(toFloat16(65520))).toBe(Number.POSITIVE_INFINITY);
    expect(fromFloat16(toFloat16(2 ** -24))).toBe(2 ** -24);
    expect(fromFloat16(toFloat16(2 ** -26))).toBe(0);
  });
});

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
    [
      'NaN in a weight',
      'snapshot/not-finite',
      () => {
        const b = bytes.slice();
        b.fill(255, bytes.length - 4);
        return b;
      },
    ],
    [
      'prototypes off the sphere',
      'snapshot/inconsistent',
      () => {
        const b = bytes.slice();
        new DataView(b.buffer).setFloat32(b.length - 4, 5, true);
        return b;
      },
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

describe('10,000 random mutations', () => {
  it('are each read correctly or refused with a code, within the size of the file', () => {
    const random = new Random(2026);
    const outcomes = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      const mutant = mutate(bytes, random);
      let outcome: string;
      try {
        const read = readSnapshot(mutant);
        // Read correctly: writing what was read and reading it again gives the same model.
        expect(readSnapshot(writeSnapshot(read, 'float32'))).toEqual(read);
        const held = [...read.weights.values()].reduce((sum, v) => sum + v.byteLength, 0);
        expect(held).toBeLessThanOrEqual(2 * mutant.length);
        outcome = 'read';
      } catch (error) {
        if (!(error instanceof HffError)) throw error;
        outcome = error.code;
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].every((key) => key === 'read' || key.startsWith('snapshot/'))).toBe(
      true,
    );
    expect(outcomes.get('read')).toBeGreaterThan(100);
    expect(outcomes.get('snapshot/malformed')).toBeGreaterThan(1000);
    expect(outcomes.get('snapshot/inconsistent')).toBeGreaterThan(100);
  });

  it('allocates nothing that overlapping tensors only claim to hold', () => {
    const claims = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [
        `t${i}`,
        { dtype: 'F32', shape: [1e6], data_offsets: [0, 4e6] },
      ]),
    );
    const json = new TextEncoder().encode(JSON.stringify(claims));
    const file = new Uint8Array(8 + json.length + 4e6);
    new DataView(file.buffer).setUint32(0, json.length, true);
    file.set(json, 8);
    const before = process.memoryUsage().arrayBuffers;
    expect(refusal(() => readSafetensors(file)).code).toBe('snapshot/malformed');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(file.length);
  });
});

describe('safetensors', () => {
  it('keeps empty tensors and metadata', () => {
    const container = {
      metadata: new Map([['k', 'v']]),
      tensors: new Map([['empty', { shape: [0, 3], values: new Float32Array() }]]),
    };
    expect(readSafetensors(writeSafetensors(container, 'float32'))).toEqual(container);
  });
});

/** Flips, overwrites, cuts, inserts or repeats bytes, mostly in the header where it hurts. */
function mutate(original: Uint8Array, random: Random): Uint8Array {
  let mutant = original.slice();
  const headerEnd = 8 + new DataView(original.buffer).getUint32(0, true);
  const edits = 1 + random.integer(4);
  for (let e = 0; e < edits; e++) {
    const inHeader = random.uniform() < 0.7;
    const at = random.integer(Math.min(mutant.length, inHeader ? headerEnd : mutant.length) || 1);
    switch (random.integer(6)) {
      case 0:
        mutant[at] = (mutant[at] as number) ^ (1 << random.integer(8));
        break;
      case 1:
        mutant[at] = random.integer(256);
        break;
      case 2:
        mutant[at] = '0123456789[]{}",:-eE'.charCodeAt(random.integer(20));
        break;
      case 3:
        mutant = mutant.slice(0, random.uniform() < 0.1 ? at : mutant.length);
        break;
      case 4:
        mutant = Uint8Array.of(
          ...mutant.subarray(0, at),
          random.integer(256),
          ...mutant.subarray(at),
        );
        break;
      default:
        mutant.copyWithin(at, random.integer(mutant.length), random.integer(mutant.length));
    }
  }
  return mutant;
}
