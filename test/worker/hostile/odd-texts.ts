/** Texts that have tripped parsers, stores and paths elsewhere. */
const surrogate = String.fromCharCode(0xd800);

export const oddTexts: readonly string[] = [
  '',
  ' ',
  '.',
  '..',
  '../../x',
  '..\\x',
  '/',
  '//',
  'a/b',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-1',
  '0',
  '1e3',
  '0x10',
  '1.5',
  '9'.repeat(15),
  '9'.repeat(16),
  '9'.repeat(400),
  'UPPER',
  '-dash-first',
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(256),
  'x'.repeat(257),
  'x'.repeat(10_000),
  'é'.repeat(3000),
  'Γ',
  '😀',
  '👩‍👩‍👧‍👦'.repeat(40),
  surrogate,
  `a${surrogate}b`,
  '\u0000',
  'a\u0000b',
  '\u0007\u001b[2J',
  'a\r\nX-Evil: 1',
  '\u202ereversed',
  '\ufeff',
  'ä',
  'a\u0308',
  "'; DROP TABLE audit; --",
  '" OR 1=1',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '%s%n',
  '*',
  'key/abcdefghijkl',
  'pointer/public/digits',
];

/** As parts of an address, most of which no encoder writes. */
export const oddEncodings: readonly string[] = [
  '..%2f',
  '..%2f..%2fkey',
  '%2e%2e',
  '%2e',
  '%00',
  'digits%00',
  'digits%2f',
  '%2fdigits',
  'digits%20',
  'digits;x=1',
  'digits:x',
  '%64igits%0a',
  '%',
  '%zz',
  '%ED%A0%80',
  '%C0%AE%C0%AE',
  '%FF',
  '%u0041',
  '%25',
  '%252e%252e',
  '+',
  '[]',
  'a%5Cb',
  ':name',
  '{name}',
  '*',
];

/** As headers may carry them. */
export const headerTexts: readonly string[] = oddTexts
  .filter((text) => /^[\x20-\x7e\xa0-\xff]*$/.test(text))
  .map((text) => text.slice(0, 4000));

/** @returns null for what cannot be encoded */
export function encoded(text: string): string | null {
  return /\p{Cs}/u.test(text) ? null : encodeURIComponent(text);
}
