/**
 * Reads a safetensors container as hostile bytes: nothing is allocated that the file does not hold,
 * every offset is checked, tensors may neither overlap nor leave gaps. Tensors are views of the bytes
 * wherever these are aligned.
 */
import { describe, malformed } from './refuse.ts';
import {
  bytesPerValue,
  type Container,
  type Dtype,
  prefixBytes,
  type StoredTensor,
  type StoredValues,
} from './safetensors.ts';

const largestHeaderBytes = 16 * 1024 * 1024;

/** @throws HffError `snapshot/malformed`, saying what is wrong and where */
export function readSafetensors(bytes: Uint8Array): Container {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataStart = headerEnd(view);
  const header = parseHeader(bytes.subarray(prefixBytes, dataStart));
  const data = bytes.subarray(dataStart);
  const metadata = new Map<string, string>();
  const spans: Span[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries(asObject(entry, '__metadata__'))) {
        if (typeof value !== 'string')
          malformed(`__metadata__.${describe(key)}`, 'a string', typeof value);
        else metadata.set(key, value);
      }
      continue;
    }
    spans.push(readSpan(name, asObject(entry, name), data.length));
  }
  checkSpans(spans, data.length);
  const tensors = new Map<string, StoredTensor>();
  for (const span of spans) {
    tensors.set(span.name, { shape: span.shape, values: readValues(data, span) });
  }
  return { metadata, tensors };
}

interface Span {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

function headerEnd(view: DataView): number {
  if (view.byteLength < prefixBytes) {
    malformed('file', 'at least 8 bytes', `${view.byteLength}`);
  }
  const length = view.getUint32(0, true);
  const available = Math.min(largestHeaderBytes, view.byteLength - prefixBytes);
  if (view.getUint32(4, true) !== 0 || length > available) {
    malformed('header length', `at most ${available}`, `${view.getBigUint64(0, true)}`);
  }
  return prefixBytes + length;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    malformed('header', 'JSON in UTF-8', String(cause).slice(0, 80));
  }
  return asObject(header, 'header');
}

function asObject(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  return malformed(where, 'an object', describe(value));
}

function readSpan(name: string, entry: Record<string, unknown>, available: number): Span {
  const { dtype, shape, data_offsets: offsets } = entry;
  const where = describe(name);
  if (!isDtype(dtype)) {
    return malformed(`${where}.dtype`, Object.keys(bytesPerValue).join(' or '), describe(dtype));
  }
  if (!isCounts(shape) || shape.length > 4) {
    return malformed(`${where}.shape`, 'up to 4 whole numbers', describe(shape));
  }
  if (!isCounts(offsets) || offsets.length !== 2) {
    return malformed(`${where}.data_offsets`, 'two whole numbers', describe(offsets));
  }
  const [start, end] = offsets as [number, number];
  if (start > end || end > available) {
    malformed(`${where}.data_offsets`, `0 ≤ start ≤ end ≤ ${available}`, `${start}, ${end}`);
  }
  const expected = shape.reduce((product, n) => product * n, bytesPerValue[dtype]);
  if (expected !== end - start) {
    malformed(
      `${where}.data_offsets`,
      `${expected} bytes for ${dtype} [${shape}]`,
      `${end - start}`,
    );
  }
  return { name, dtype, shape, start, end };
}

function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(bytesPerValue, value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/** Tensors must fill the data exactly: the first at 0, each where the one before ends. */
function checkSpans(spans: Span[], available: number): void {
  let expected = 0;
  for (const { name, start, end } of spans.sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== expected)
      malformed(`${describe(name)}.data_offsets`, `start ${expected}`, `${start}`);
    expected = end;
  }
  if (expected !== available) malformed('data', `${expected} bytes`, `${available}`);
}

/** Platforms with WebAssembly are little-endian, as the file is. */
function readValues(data: Uint8Array, { dtype, start, end }: Span): StoredValues {
  const aligned = (data.byteOffset + start) % bytesPerValue[dtype] === 0;
  // `slice` of a Node Buffer would copy nothing.
  const bytes = aligned ? data.subarray(start, end) : new Uint8Array(data.subarray(start, end));
  const { buffer, byteOffset } = bytes;
  const length = bytes.length / bytesPerValue[dtype];
  if (dtype === 'F64') return new Float64Array(buffer, byteOffset, length);
  if (dtype === 'F32') return new Float32Array(buffer, byteOffset, length);
  if (dtype === 'F16') return new Uint16Array(buffer, byteOffset, length);
  return new Int8Array(buffer, byteOffset, length);
}
