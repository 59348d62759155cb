/** Writes a safetensors container. */
import { toFloat16 } from './float16.ts';
import { bytesPerValue, type Container, prefixBytes, type Storage } from './safetensors.ts';

/** Writes tensors in the order of the map; the data begin at a multiple of 8 bytes. */
export function writeSafetensors({ metadata, tensors }: Container, storage: Storage): Uint8Array {
  const dtype = storage === 'float32' ? 'F32' : 'F16';
  const header: Record<string, unknown> = { __metadata__: Object.fromEntries(metadata) };
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    const start = end;
    end += values.length * bytesPerValue[dtype];
    header[name] = { dtype, shape, data_offsets: [start, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(prefixBytes + headerBytes + end);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, headerBytes, true);
  bytes.fill(0x20, prefixBytes, prefixBytes + headerBytes);
  bytes.set(json, prefixBytes);
  let at = prefixBytes + headerBytes;
  for (const { values } of tensors.values()) {
    for (const value of values) {
      if (dtype === 'F32') view.setFloat32(at, value, true);
      else view.setUint16(at, toFloat16(value), true);
      at += bytesPerValue[dtype];
    }
  }
  return bytes;
}
