/**
 * What every store must do, as cases that run in Node, in pages, in their workers and in workerd. A
 * store of your own should pass them, too.
 */
import type { Store } from '../../sdk/src/store/store.ts';
import { equal, refused, sameBytes, someBytes, until } from './assertions.ts';

/** What not every store has. */
export type Property =
  /** Of several that create a key at once, exactly one succeeds: `kvStore` cannot. */
  'one-creator' | 'watch' | 'exclusive';

/** Two places with nothing in them, new ones for each case. */
export interface Ground {
  /** The same place again is another store of it, where stores can share a place at all. */
  open(place: 'here' | 'there'): Promise<Store>;
}

export interface Case {
  readonly name: string;
  readonly needs?: Property;
  run(ground: Ground): Promise<void>;
}

/** Around what stores may cut bytes into, among them. */
const lengths = [0, 1, 255, 65_536, 65_537, 999_999, 1_000_000, 1_000_001, 2_000_000, 5_000_000];

const goodKeys = [
  'x'.repeat(256),
  'X'.repeat(256),
  `${'y'.repeat(80)}/${'y'.repeat(81)}/z`,
  'con/nul.txt/COM1/lpt9.a.b',
  'a./..b/.c/...',
  '_/-/0.',
];

const badKeys = ['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', './a', 'a/.', 'x'.repeat(257)];
const badCharacters = [' ', 'ä', '\\', ':', '\n', '\0', '%', '=', '~', '+', '*', '\ud800'];
const badPrefixes = ['/', '/a', 'a//', './a', 'a/../', 'x'.repeat(257)];

export const contract: readonly Case[] = [
  {
    name: 'loads and lists nothing where there is nothing',
    async run(ground) {
      const store = await ground.open('here');
      equal(await store.load('a/b'), null, 'load');
      equal(await store.list(''), [], 'list all');
      equal(await store.list('a/'), [], 'list a/');
    },
  },
  {
    name: 'gives back bytes of any length, to others in the same place, too',
    async run(ground) {
      const [store, other] = [await ground.open('here'), await ground.open('here')];
      for (const length of lengths) {
        const bytes = someBytes(length, length);
        equal(await store.create(`n/${length}`, bytes), true, `create ${length}`);
        sameBytes(await other.load(`n/${length}`), bytes, `load ${length}`);
      }
    },
  },
  {
    name: 'keeps of a view what it shows, and nothing of the buffer behind it',
    async run(ground) {
      const store = await ground.open('here');
      const buffer = someBytes(3_000_000);
      for (const [start, end] of [
        [1000, 1010],
        [7, 7],
        [1, 2_999_999],
      ] as const) {
        equal(await store.create(`v/${start}`, buffer.subarray(start, end)), true, 'create');
        sameBytes(await store.load(`v/${start}`), buffer.slice(start, end), 'load');
      }
    },
  },
  {
    name: 'takes bytes as they are at the call',
    async run(ground) {
      const store = await ground.open('here');
      for (const length of [10, 2_000_000]) {
        const bytes = someBytes(length);
        const created = store.create(`n/${length}`, bytes);
        bytes.fill(7);
        equal(await created, true, 'create');
        bytes.fill(8);
        sameBytes(await store.load(`n/${length}`), someBytes(length), 'load');
      }
    },
  },
  {
    name: 'gives bytes that the caller may change',
    async run(ground) {
      const store = await ground.open('here');
      await store.create('a', someBytes(10));
      (await store.load('a'))?.fill(7);
      sameBytes(await store.load('a'), someBytes(10), 'load');
    },
  },
  {
    name: 'keeps the first under a key that is taken',
    async run(ground) {
      const [store, other] = [await ground.open('here'), await ground.open('here')];
      for (const length of [0, 10, 2_000_000]) {
        const key = `n/${length}`;
        equal(await store.create(key, someBytes(length)), true, 'the first');
        equal(await store.create(key, someBytes(10, 2)), false, 'the second');
        equal(await other.create(key, someBytes(0)), false, 'of another');
        sameBytes(await store.load(key), someBytes(length), 'load');
      }
    },
  },
  {
    name: 'lets exactly one of twenty create a key',
    needs: 'one-creator',
    async run(ground) {
      const stores = await Promise.all(Array.from({ length: 4 }, () => ground.open('here')));
      for (const length of [100, 1_500_000]) {
        const creations = Array.from({ length: 20 }, (_, i) =>
          (stores[i % 4] as Store).create(`n/${length}`, someBytes(length, i)),
        );
        const created = await Promise.all(creations);
        equal(created.filter(Boolean), [true], 'successes');
        const winner = someBytes(length, created.indexOf(true));
        for (const store of stores) sameBytes(await store.load(`n/${length}`), winner, 'load');
        equal(await stores[0]?.list(''), [`n/${length}`], 'list');
        await stores[0]?.remove(`n/${length}`);
      }
    },
  },
  {
    name: 'lists keys by their codes, and those that begin alike',
    async run(ground) {
      const store = await ground.open('here');
      const keys = ['0', 'A/1', 'a', 'a-b', 'a.b', 'a/1', 'a/1/x', 'a/10', 'a/2', 'a_b', 'ab', 'z'];
      for (const key of keys.toReversed()) equal(await store.create(key, someBytes(3)), true, key);
      equal(await store.list(''), keys, 'all');
      equal(await store.list('a'), keys.slice(2, 11), 'a');
      equal(await store.list('a/'), ['a/1', 'a/1/x', 'a/10', 'a/2'], 'a/');
      equal(await store.list('a/1'), ['a/1', 'a/1/x', 'a/10'], 'a/1');
      equal(await store.list('a/1/'), ['a/1/x'], 'a/1/');
      equal(await store.list('a/10'), ['a/10'], 'a/10');
      equal(await store.list('A'), ['A/1'], 'A');
      equal(await store.list('a/3'), [], 'a/3');
      equal(await store.list('a/1/x/'), [], 'a/1/x/');
    },
  },
  {
    name: 'lists more than a thousand keys',
    async run(ground) {
      const store = await ground.open('here');
      const keys = Array.from({ length: 1010 }, (_, i) => `log/${String(i).padStart(12, '0')}`);
      for (let i = 0; i < keys.length; i += 20) {
        await Promise.all(keys.slice(i, i + 20).map((key) => store.create(key, someBytes(1))));
      }
      equal(await store.list('log/'), keys, 'all');
      equal(await store.list('log/000000001'), keys.slice(1000), 'the last');
    },
  },
  {
    name: 'removes, and creates again',
    async run(ground) {
      const [store, other] = [await ground.open('here'), await ground.open('here')];
      await store.remove('a');
      for (const key of ['a', 'a/b', 'ab']) await store.create(key, someBytes(2_000_000));
      await other.remove('a');
      await other.remove('a');
      equal([await store.load('a'), await other.load('a')], [null, null], 'load');
      equal(await store.list(''), ['a/b', 'ab'], 'list');
      sameBytes(await store.load('a/b'), someBytes(2_000_000), 'a/b');
      equal(await store.create('a', someBytes(10, 2)), true, 'create');
      sameBytes(await other.load('a'), someBytes(10, 2), 'a');
    },
  },
  {
    name: 'takes all good keys and tells letters by their case',
    async run(ground) {
      const store = await ground.open('here');
      const keys = [...goodKeys, 'Model/A', 'model/a', 'MODEL/a', 'model/A'];
      for (const [i, key] of keys.entries()) {
        equal(await store.create(key, someBytes(5, i)), true, key);
      }
      for (const [i, key] of keys.entries()) sameBytes(await store.load(key), someBytes(5, i), key);
      equal(await store.list(''), keys.toSorted(), 'list');
      for (const key of keys) equal(await store.list(key), [key], `list ${key}`);
      for (const key of keys) await store.remove(key);
      equal(await store.list(''), [], 'list');
    },
  },
  {
    name: 'refuses bad keys, and does nothing',
    async run(ground) {
      const store = await ground.open('here');
      const bad = [...badKeys, ...badCharacters.map((character) => `a${character}`)];
      for (const key of bad) {
        const shown = JSON.stringify(key);
        await refused(store.load(key), 'option/invalid', `load ${shown}`);
        await refused(store.create(key, someBytes(1)), 'option/invalid', `create ${shown}`);
        await refused(store.remove(key), 'option/invalid', `remove ${shown}`);
      }
      for (const prefix of [...badPrefixes, ...badCharacters]) {
        await refused(store.list(prefix), 'option/invalid', `list ${JSON.stringify(prefix)}`);
      }
      equal(await store.list(''), [], 'list');
    },
  },
  {
    name: 'touches nothing in another place',
    async run(ground) {
      const [here, there] = [await ground.open('here'), await ground.open('there')];
      equal(await here.create('a', someBytes(10)), true, 'here');
      equal(await there.load('a'), null, 'there');
      equal(await there.create('a', someBytes(10, 2)), true, 'there');
      await there.create('b', someBytes(1));
      equal([await here.list(''), await there.list('')], [['a'], ['a', 'b']], 'lists');
      await there.remove('a');
      sameBytes(await here.load('a'), someBytes(10), 'here');
    },
  },
  {
    name: 'tells of what others create until it is told to stop',
    needs: 'watch',
    async run(ground) {
      const [store, other] = [await ground.open('here'), await ground.open('here')];
      const heard: [string[], string[]] = [[], []];
      const ends = heard.map((keys) => other.watch?.((key) => keys.push(key)));
      await store.create('a', someBytes(1));
      await store.create('a', someBytes(1));
      await (await ground.open('there')).create('c', someBytes(1));
      await store.create('b', someBytes(1));
      await until(() => heard.every((keys) => keys.length === 2));
      ends[0]?.();
      await store.create('d', someBytes(1));
      await until(() => heard[1].length === 3);
      equal(
        heard,
        [
          ['a', 'b'],
          ['a', 'b', 'd'],
        ],
        'heard',
      );
    },
  },
  {
    name: 'runs one at a time where that is asked for',
    needs: 'exclusive',
    async run(ground) {
      const stores = [await ground.open('here'), await ground.open('here')];
      let running = 0;
      const most = { same: 0, different: 0 };
      const run = async (count: keyof typeof most): Promise<number> => {
        most[count] = Math.max(most[count], ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return running--;
      };
      const ask = (name: string, count: keyof typeof most, i: number) =>
        stores[i % 2]?.exclusive?.(name, () => run(count));
      const six = [0, 1, 2, 3, 4, 5];
      const results = await Promise.all(six.map((i) => ask('m', 'same', i)));
      equal([most.same, results], [1, six.map(() => 1)], 'of one name');
      await Promise.all(six.map((i) => ask(`m${i}`, 'different', i)));
      equal(most.different, 6, 'of several names');
      const failure = Promise.reject(Object.assign(new Error(), { code: 'own' }));
      await refused(stores[0]?.exclusive?.('m', () => failure) as typeof failure, 'own', 'failure');
    },
  },
];

/** @throws RangeError where there is no such case */
export async function runCase(name: string, ground: Ground): Promise<void> {
  const each = contract.find((one) => one.name === name);
  if (!each) throw new RangeError(`No case "${name}".`);
  await each.run(ground);
}
