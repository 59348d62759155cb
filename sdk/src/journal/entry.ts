/**
 * One entry of a journal as bytes. `docs/format.md` describes it for other readers.
 *
 * "HFFJ", u32 format version, u32 length of the head, head (JSON), body, u32 CRC-32 of all before.
 */
import { HffError } from '../error.ts';
import { crc32 } from '../format/crc32.ts';
import { isReplica } from '../learn/check-changes.ts';
import { isBaseKey } from './keys.ts';

/** Bytes of the model beneath. */
export interface BaseReference {
  /** Key in the same store. */
  readonly key: string;
  /** CRC-32 of the bytes. */
  readonly checksum: number;
}

/** A model starts over: what came before does not count. */
export interface SnapshotEntry {
  readonly kind: 'snapshot';
  readonly base: BaseReference;
  /** The model as it came, before its layers were adapted. */
  readonly origin: BaseReference;
  /** Name of this device among replicas. */
  readonly replica: string;
  /** A file of changes: all that is known. */
  readonly changes: Uint8Array;
}

/** A file of changes on top of what came before. */
interface ChangesEntry {
  readonly kind: 'changes';
  readonly changes: Uint8Array;
}

export type Entry = SnapshotEntry | ChangesEntry;

const magic = 'HFFJ';
const formatVersion = 1;
const prefixBytes = 12;
const checksumBytes = 4;
const mostHeadBytes = 1024;
/** Leaves room for what is added to it where somebody teaches this device. */
const mostReplicaCharacters = 32;

export function writeEntry(entry: Entry): Uint8Array {
  const { changes, ...head } = entry;
  const json = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(prefixBytes + json.length + changes.length + checksumBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(magic));
  view.setUint32(4, formatVersion, true);
  view.setUint32(8, json.length, true);
  bytes.set(json, prefixBytes);
  bytes.set(changes, prefixBytes + json.length);
  const end = bytes.length - checksumBytes;
  view.setUint32(end, crc32(bytes.subarray(0, end)), true);
  return bytes;
}

/**
 * @param key under which they are stored
 * @returns null where the bytes are damaged
 * @throws HffError `snapshot/version` for what a newer version wrote
 */
export function readEntry(bytes: Uint8Array, key: string): Entry | null {
  const end = bytes.length - checksumBytes;
  if (end < prefixBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) return null;
  if (new TextDecoder().decode(bytes.subarray(0, 4)) !== magic) return null;
  const version = view.getUint32(4, true);
  if (version > formatVersion) {
    throw new HffError(
      'snapshot/version',
      `Stored entry ${key}: this reader knows up to version ${formatVersion}, the entry has ${version}. Update @hff-edge/sdk.`,
    );
  }
  const headBytes = view.getUint32(8, true);
  if (version < 1 || headBytes > mostHeadBytes || prefixBytes + headBytes > end) return null;
  const head = readHead(bytes.subarray(prefixBytes, prefixBytes + headBytes), key);
  return head && ({ ...head, changes: bytes.slice(prefixBytes + headBytes, end) } as Entry);
}

type Head = Omit<SnapshotEntry, 'changes'> | Omit<ChangesEntry, 'changes'>;

function readHead(json: Uint8Array, entry: string): Head | null {
  try {
    const { kind, base, origin, replica } = JSON.parse(new TextDecoder().decode(json));
    if (kind === 'changes') return { kind };
    if (kind !== 'snapshot' || !isReplica(replica)) return null;
    if (replica.length > mostReplicaCharacters) return null;
    return {
      kind,
      base: readReference(base, entry),
      origin: readReference(origin, entry),
      replica,
    };
  } catch {
    return null;
  }
}

/** @throws TypeError */
function readReference({ key, checksum }: BaseReference, entry: string): BaseReference {
  if (isBaseKey(key, entry) && Number.isInteger(checksum)) return { key, checksum };
  throw new TypeError();
}
