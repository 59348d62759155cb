/** The page in `page/`. */
import { type ServedPage, servePage } from '../support/serve-page.ts';

export function serveClassifyPage(): Promise<ServedPage> {
  return servePage({ folder: new URL('page/', import.meta.url), ready: 'classifyDigits' });
}
