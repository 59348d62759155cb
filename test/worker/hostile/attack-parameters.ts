/** Parameters of the path, the query and the headers that are not of their schema. */
import type { Parameter } from './api-document.ts';
import { type Attack, oneOf, type Spoilt, type Target } from './attack.ts';
import { encoded, headerTexts, oddEncodings, oddTexts } from './odd-texts.ts';

/** Certain where it is not of the schema. */
function spoilt(parameter: Parameter, { api, draft, random }: Target): Spoilt {
  const { name, schema } = parameter;
  const refused = (text: string) => api.faultOf(schema, text) !== null;
  if (parameter.in === 'header') {
    const text = oneOf(random, headerTexts);
    const headers = { ...draft.headers, [name]: text };
    return { headers, isCertain: refused(text.trim()) };
  }
  const text = oneOf(random, oddTexts);
  const written = random.uniform() < 0.4 ? null : encoded(text);
  const value = written ?? oneOf(random, oddEncodings);
  // A dot is taken out of the address, which is another one then.
  const isCertain = written !== null && !/^\.+$/.test(text) && refused(text);
  if (parameter.in === 'query') {
    const query = `${draft.query}${draft.query && '&'}${name}=${value}`;
    return { query, isCertain };
  }
  return { params: { ...draft.params, [name]: value }, isCertain, leadsAway: true };
}

export const parameterAttacks: readonly Attack[] = [
  {
    name: 'odd parameter',
    weight: 6,
    fits: ({ parameters }) => parameters.length > 0,
    spoil: (target) => spoilt(oneOf(target.random, target.operation.parameters), target),
  },
  {
    name: 'parameter given twice',
    fits: ({ parameters }) => parameters.some((parameter) => parameter.in === 'query'),
    spoil({ operation, random }) {
      const own = operation.parameters.filter((parameter) => parameter.in === 'query');
      const { name } = oneOf(random, own);
      return { query: `${name}=1&${name}=1`, isCertain: true };
    },
  },
  {
    name: 'unknown parameter',
    fits: () => true,
    spoil: ({ random }) => ({
      query: Array.from(
        { length: 1 + random.integer(30) },
        () => `${oneOf(random, oddEncodings)}=${oneOf(random, oddEncodings)}`,
      ).join('&'),
      isCertain: false,
    }),
  },
  {
    name: 'address that is none',
    fits: () => true,
    spoil({ random, draft }) {
      const tails = [
        '/',
        '//',
        '/x',
        '%2f',
        '%00',
        '?',
        '.json',
        '/..',
        '/../..',
        ';a',
        '#x',
        '\\',
      ];
      const [name = '', label = ''] = [draft.params.name, draft.params.label];
      const tail = oneOf(random, tails);
      return {
        params: { name: name + (random.uniform() < 0.5 ? tail : ''), label: label + tail },
        leadsAway: true,
        isCertain: false,
      };
    },
  },
];
