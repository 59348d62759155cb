/** Whether a safetensors file is of a kind and a version that a reader knows. */
import { HffError } from '../error.ts';
import { describe, malformed } from './refuse.ts';

/** As a file's metadata name it. */
export interface FileFormat {
  readonly name: string;
  /** Raised when an older reader would misread the file. */
  readonly version: number;
}

/** @throws HffError `snapshot/malformed` for another kind, `snapshot/version` for a newer version */
export function checkFormat(metadata: ReadonlyMap<string, string>, format: FileFormat): void {
  const name = metadata.get('format');
  if (name !== format.name) malformed('metadata.format', format.name, describe(name));
  const version = metadata.get('format_version') ?? 'none';
  if (!/^[1-9][0-9]{0,8}$/.test(version)) {
    malformed('metadata.format_version', 'a whole number from 1', describe(version));
  }
  if (Number(version) <= format.version) return;
  throw new HffError(
    'snapshot/version',
    `metadata.format_version: this reader knows up to ${format.version}, the file has ${version}. Update @hff-edge/sdk.`,
  );
}
