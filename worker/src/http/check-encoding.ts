/** Refuses addresses whose percent-encoding is none, which would otherwise stand for themselves. */
import { Problem } from './problem.ts';

/** @throws Problem `request/invalid` */
export function checkEncoding(url: string): void {
  try {
    decodeURI(url);
  } catch {
    throw new Problem(
      'request/invalid',
      'The address: expected UTF-8 in percent-encoding, got another.',
    );
  }
}
