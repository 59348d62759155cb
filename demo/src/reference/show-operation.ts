/** One operation of the API: what it needs, takes and answers. */
import {
  type Answer,
  type ApiDocument,
  type Content,
  type Operation,
  resolve,
} from './api-document.ts';
import { element, prose, remark } from './element.ts';
import { showFields, typeOf } from './show-schema.ts';

export function showOperation(
  api: ApiDocument,
  method: string,
  path: string,
  operation: Operation,
): HTMLElement {
  const { operationId, summary, parameters, requestBody, responses } = operation;
  return element(
    'article',
    { id: operationId },
    element('h3', {}, element('a', { href: `#${operationId}` }, summary)),
    element('p', { class: 'request' }, methodMark(method), ' ', element('code', {}, path)),
    element('p', { class: 'scope' }, prose(neededKey(operation))),
    ...(parameters?.length
      ? [element('h4', {}, 'Parameters'), showParameters(api, parameters)]
      : []),
    ...(requestBody
      ? [
          element('h4', {}, 'Body'),
          remark(requestBody.description),
          ...showContent(api, requestBody.content),
        ]
      : []),
    element('h4', {}, 'Answers'),
    ...Object.entries(responses).map(([status, answer]) => showAnswer(api, status, answer)),
  );
}

export function methodMark(method: string): HTMLElement {
  return element('span', { class: `method ${method}` }, method.toUpperCase());
}

function neededKey({ security = [] }: Operation): string {
  const scopes = security.flatMap((each) => Object.values(each).flat());
  if (security.length === 0) return 'Anyone may ask.';
  const open = security.some((each) => Object.keys(each).length === 0);
  if (open) return 'Anyone may ask; with an API key the models are those of its tenant.';
  return `Needs an API key of scope \`${scopes.join('`, `')}\`.`;
}

function showParameters(
  api: ApiDocument,
  parameters: NonNullable<Operation['parameters']>,
): HTMLElement {
  const rows = parameters.map((parameter) => {
    const { pattern } = parameter.schema;
    const text = [parameter.description, pattern && `Matches \`${pattern}\`.`];
    return element(
      'li',
      {},
      element('code', {}, parameter.name),
      ' ',
      element('span', { class: 'type' }, `${parameter.in}, ${typeOf(api, parameter.schema)}`),
      ' ',
      parameter.required ? undefined : element('i', {}, 'optional'),
      remark(text.filter(Boolean).join(' ')),
    );
  });
  return element('ul', { class: 'fields' }, ...rows);
}

function showContent(api: ApiDocument, content: Content): HTMLElement[] {
  return Object.entries(content).map(([mediaType, { schema = {} }]) =>
    element(
      'div',
      { class: 'content' },
      element('p', {}, element('code', {}, mediaType)),
      showFields(api, schema),
    ),
  );
}

function showAnswer(api: ApiDocument, status: string, given: Answer): HTMLElement {
  const { description, headers = {}, content = {} } = resolve(api.components.responses, given);
  const told = Object.entries(headers).map(([name, header]) =>
    element('li', {}, element('code', {}, name), ' ', prose(header.description ?? '')),
  );
  const ok = status.startsWith('2') || status === '304';
  return element(
    'details',
    { class: ok ? 'answer ok' : 'answer' },
    element(
      'summary',
      {},
      element('span', { class: 'status' }, status === 'default' ? '500' : status),
      ' ',
      element('span', {}, prose(description)),
    ),
    ...(told.length > 0 ? [element('ul', { class: 'fields' }, ...told)] : []),
    ...showContent(api, content),
  );
}
