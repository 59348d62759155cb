/** Keys that are none or reach less far, and headers and methods that are not taken. */
import { type Attack, oneOf } from './attack.ts';
import { headerTexts } from './odd-texts.ts';

const lesser = { classify: [], learn: ['classify'], admin: ['classify', 'learn'] } as const;
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'REPORT'];

export const headerAttacks: readonly Attack[] = [
  {
    name: 'no key',
    fits: ({ isOpen }) => !isOpen,
    spoil({ draft }) {
      const { Authorization: _, ...headers } = draft.headers;
      return { headers, isCertain: true };
    },
  },
  {
    name: 'a key that is none',
    weight: 2,
    fits: ({ path }) => path.startsWith('/v1/'),
    spoil({ draft, random }) {
      const own = draft.headers.Authorization ?? '';
      const flip = own.slice(0, -2) + (own.endsWith('AA') ? 'BB' : 'AA');
      const keys = [
        flip,
        own.replace('Bearer ', 'Basic '),
        own.replace('Bearer ', ''),
        own.slice(0, -1),
        `${own}x`,
        own.replace(/hff_.{12}/, `hff_${'a'.repeat(12)}`),
        own.toUpperCase(),
        'Bearer',
        'Bearer null',
        'Bearer hff_../../x_',
        'Bearer hff___proto_____',
        `${own}, ${own}`,
        // An empty header is none.
        ...headerTexts.filter((text) => text.trim() !== ''),
      ];
      return { headers: { ...draft.headers, Authorization: oneOf(random, keys) }, isCertain: true };
    },
  },
  {
    name: 'a key of a lesser scope',
    weight: 2,
    fits: ({ scope }) => lesser[scope].length > 0,
    spoil({ draft, random, keys, operation }) {
      const { bearer } = keys[oneOf(random, lesser[operation.scope])];
      return { headers: { ...draft.headers, Authorization: bearer }, isCertain: true };
    },
  },
  {
    name: 'another method',
    fits: () => true,
    spoil: ({ random, draft }) => ({
      method: oneOf(random, methods),
      headers: draft.headers,
      leadsAway: true,
      isCertain: false,
    }),
  },
  {
    name: 'odd range and conditions',
    weight: 2,
    fits: ({ id }) => id === 'downloadSnapshot',
    spoil({ random, draft }) {
      const ranges = [
        ...['bytes=0-0', 'bytes=5-2', 'bytes=-0', 'bytes=-99999999999999999999', 'bytes=0-,5-'],
        ...['bytes=99999999-', 'bytes=99999999999999999999-', 'bytes=-', 'bytes=a-b', 'items=0-1'],
        ...['bytes=0-99999999999999999999', 'bytes = 0-1', 'bytes=--1'],
        ...['bytes=1-', 'bytes=0-99', 'bytes=-7', '', oneOf(random, headerTexts)],
      ];
      const conditions = ['"1"', 'W/"1"', '*', '"', ...headerTexts];
      const headers = {
        Range: oneOf(random, ranges),
        ...(random.uniform() < 0.3 && { 'If-Range': oneOf(random, conditions) }),
        ...(random.uniform() < 0.3 && { 'If-None-Match': oneOf(random, conditions) }),
      };
      return { headers: { ...draft.headers, ...headers }, isCertain: false };
    },
  },
  {
    name: 'headers that mean nothing here',
    fits: () => true,
    spoil({ random, draft }) {
      const names = [
        ...[
          'X-Request-Id',
          'Accept',
          'Accept-Encoding',
          'Origin',
          'Cookie',
          'X-HTTP-Method-Override',
        ],
        ...[
          'X-Forwarded-For',
          'CF-Connecting-IP',
          'If-Match',
          'Content-Encoding',
          'Range',
          'Referer',
        ],
      ];
      const headers = { [oneOf(random, names)]: oneOf(random, headerTexts) };
      return { headers: { ...draft.headers, ...headers }, isCertain: false };
    },
  },
];
