/** Where the parts of a model lie in a store. Numbers have twelve digits, so that keys sort by them. */

/** @param n number of the entry */
export function entryKey(name: string, n: number): string {
  return `${name}/log/${digits(n)}`;
}

/** @param n number of the last entry that is in it */
export function snapshotKey(name: string, n: number): string {
  return `${name}/snapshot/${digits(n)}`;
}

/**
 * @param n number of the entry that brings it
 * @param id tells apart what several writers bring for the same number
 */
export function baseKey(name: string, n: number, id: string): string {
  return `${name}/base/${digits(n)}-${id}`;
}

/** Whether it is a key of {@link baseKey} for the model that `other` is a key of. */
export function isBaseKey(key: unknown, other: string): key is string {
  const folder = `${other.slice(0, other.indexOf('/'))}/base/`;
  return (
    typeof key === 'string' &&
    key.startsWith(folder) &&
    /^\d{12}-[\w-]{1,64}$/.test(key.slice(folder.length))
  );
}

/** The number in a key of any kind. */
export function numberOf(key: string): number {
  return Number(/\/(\d{12})[^/]*$/.exec(key)?.[1] ?? Number.NaN);
}

function digits(n: number): string {
  return String(n).padStart(12, '0');
}
