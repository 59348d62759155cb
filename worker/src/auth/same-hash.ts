/** Takes the same time wherever they differ. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => new TextEncoder().encode(text)) as [
    Uint8Array,
    Uint8Array,
  ];
  return left.length === right.length && crypto.subtle.timingSafeEqual(left, right);
}
