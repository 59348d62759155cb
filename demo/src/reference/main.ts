/** The reference of the HTTP API, made from the document that the API itself gives. */
import '../style/page.css';
import '../style/reference.css';
import type { ApiDocument } from './api-document.ts';
import { element, prose } from './element.ts';
import { methodMark, showOperation } from './show-operation.ts';

const DOCUMENT_URL = '/v1/openapi.json';

async function load(): Promise<ApiDocument> {
  const response = await fetch(DOCUMENT_URL);
  if (!response.ok) throw new Error(`${DOCUMENT_URL} answers ${response.status}.`);
  return response.json();
}

function show(api: ApiDocument): void {
  const paragraphs = api.info.description.split('\n\n');
  place('introduction').append(...paragraphs.map((text) => element('p', {}, prose(text))));
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  for (const { name, description } of api.tags) {
    const own = all.filter(({ operation }) => operation.tags.includes(name));
    const links = own.map(({ method, operation }) =>
      element(
        'li',
        {},
        element('a', { href: `#${operation.operationId}` }, methodMark(method), operation.summary),
      ),
    );
    place('contents').append(element('h2', {}, name), element('ul', {}, ...links));
    place('operations').append(
      element(
        'section',
        {},
        element('h2', {}, name),
        element('p', { class: 'about' }, description),
        ...own.map(({ method, path, operation }) => showOperation(api, method, path, operation)),
      ),
    );
  }
}

function place(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

function settle(state: 'ready' | 'failed'): void {
  document.querySelector('main')?.setAttribute('data-state', state);
}

try {
  show(await load());
  settle('ready');
  // What the address names is there only now.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
} catch (error) {
  place('failure').textContent = `The reference could not be loaded: ${(error as Error).message}`;
  place('failure').hidden = false;
  settle('failed');
}
