/** Protobuf's wire format, as far as ONNX needs it: each function gives the bytes of one field. */

const wireTypes = { varint: 0, lengthDelimited: 2 } as const;

/** @param value a whole number ≥ 0 */
export function integerField(number: number, value: number): Uint8Array {
  return concatenated([tag(number, 'varint'), varint(value)]);
}

export function textField(number: number, value: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(value));
}

/** A message within a message is its fields' bytes. */
export function messageField(number: number, fields: readonly Uint8Array[]): Uint8Array {
  return bytesField(number, concatenated(fields));
}

export function bytesField(number: number, value: Uint8Array): Uint8Array {
  return concatenated([tag(number, 'lengthDelimited'), varint(value.length), value]);
}

export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function tag(number: number, type: keyof typeof wireTypes): Uint8Array {
  return varint(number * 8 + wireTypes[type]);
}

/** Seven bits per byte, the lowest first; all but the last byte carry the eighth bit. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}
