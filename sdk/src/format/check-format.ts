/** Whether a safetensors file is of a kind and a version that a reader knows. */
import { HffError } from '../error.ts';

/** As a file's metadata name it. */
export interface FileFormat {
  readonly name: string;
  /** Raised when an older reader would misread the file. */
  readonly version: number;
}

/** @throws HffError `snapshot/malformed` for another kind, `snapshot/version` for a newer version */
export function checkFormat(metadata: ReadonlyMap<string, string>, format: FileFormat): void {
  const refuse = (key: string, expected: string): never => {
    const got = metadata.get(key)?.slice(0, 40);
    throw new HffError(
      'snapshot/malformed',
      `metadata.${key}: expected ${expected}, got ${got}. The file is of another kind, or damaged.`,
    );
  };
  if (metadata.get('format') !== format.name) refuse('format', format.name);
  const version = metadata.get('format_version') ?? '';
  if (!/^[1-9][0-9]{0,8}$/.test(version)) refuse('format_version', 'a whole number from 1');
  if (Number(version) <= format.version) return;
  throw new HffError(
    'snapshot/version',
    `metadata.format_version: this reader knows up to ${format.version}, the file has ${version}. Update @hff-edge/sdk.`,
  );
}
