/** A JSON Schema as nested lists of fields: name, type, what it says. */
import { type ApiDocument, resolve, type Schema } from './api-document.ts';
import { element, remark } from './element.ts';

/** @returns nothing where the type says it all */
export function showFields(api: ApiDocument, given: Schema): HTMLElement | undefined {
  const schema = plain(api, given);
  const entry = schema.items ?? alternative(schema);
  if (!schema.properties) return entry && showFields(api, entry);
  const fields = Object.entries(schema.properties).map(([name, field]) => {
    const optional = schema.required?.includes(name) ? undefined : element('i', {}, 'optional');
    return element(
      'li',
      {},
      element('code', {}, name),
      ' ',
      element('span', { class: 'type' }, typeOf(api, field)),
      ' ',
      optional,
      remark(remarks(api, field)),
      showFields(api, field),
    );
  });
  return element('ul', { class: 'fields' }, ...fields);
}

/** In a few words, such as `array of numbers`. */
export function typeOf(api: ApiDocument, given: Schema): string {
  const schema = plain(api, given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) {
    const all = schema.enum.map((value) => JSON.stringify(value));
    return all.length > 12 ? `one of ${all.length} texts` : all.join(' | ');
  }
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map((each) => typeOf(api, each)).join(' | ');
  if (schema.prefixItems) {
    return `[${schema.prefixItems.map((each) => typeOf(api, each)).join(', ')}]`;
  }
  if (schema.type === 'array') return `${schema.items ? typeOf(api, schema.items) : 'any'}[]`;
  return schema.type ?? 'bytes';
}

function remarks(api: ApiDocument, schema: Schema): string {
  const { description, pattern } = plain(api, schema);
  return [description, pattern && `Matches \`${pattern}\`.`].filter(Boolean).join(' ');
}

/** Without references, and with the parts of `allOf` as one. */
function plain(api: ApiDocument, given: Schema): Schema {
  const schema = resolve(api.components.schemas, given);
  if (!schema.allOf) return schema;
  const parts = schema.allOf.map((part) => plain(api, part));
  const properties = parts.flatMap((part) => Object.entries(part.properties ?? {}));
  return Object.assign({}, ...parts, { properties: Object.fromEntries(properties) });
}

/** The one that has fields. */
function alternative({ anyOf, oneOf }: Schema): Schema | undefined {
  return (anyOf ?? oneOf)?.find(({ properties, oneOf: more }) => properties ?? more);
}
