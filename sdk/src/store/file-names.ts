/**
 * Keys as paths below a folder, one file per key: `digits/log/000000000001` is the file `000000000001=`
 * in `digits/log`.
 *
 * File systems that take `A` for `a` must tell keys apart, Windows has names of its own (`con`, `nul`
 * and so on, also with an extension) and drops dots at the end, and none takes names beyond 255 bytes.
 * So capitals, the first letter of such a name, and dots at either end are written as in URLs (`%41`),
 * and a segment of more than 80 characters is several folders, all but the last with a `+` at the end.
 * Files end with `=`, which keys cannot have, so that `a` and `a/b` may both be there. Whatever else
 * is in the folder is not an entry.
 */
import { isKey } from './keys.ts';

const piece = /.{1,80}/g;
const unsafe = /[A-Z]|^\.|\.$|^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))./g;

/** With `/` between the names. */
export function pathOf(key: string): string {
  return `${folderOf(key)}=`;
}

/** @returns null where the file is not one that a key has */
export function keyOf(path: string): string | null {
  if (!path.endsWith('=')) return null;
  try {
    const key = decodeURIComponent(path.slice(0, -1).replaceAll('+/', ''));
    return isKey(key) && pathOf(key) === path ? key : null;
  } catch {
    // A foreign file with a percent sign.
    return null;
  }
}

/** Where all keys lie that begin with these segments and `/`; '' is the folder itself. */
export function folderOf(segments: string): string {
  return segments.split('/').map(nameOf).join('/');
}

function nameOf(segment: string): string {
  return (segment.match(piece) ?? []).map(withoutUnsafe).join('+/');
}

function withoutUnsafe(name: string): string {
  const code = (character: string): string =>
    `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return name.replace(unsafe, code);
}
