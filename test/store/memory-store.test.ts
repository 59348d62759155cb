import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../sdk/src/store/memory-store.ts';
import { someBytes } from './assertions.ts';
import { runCase } from './contract.ts';
import { itKeepsTheContract } from './run-contract.ts';

describe('memoryStore in Node', () => {
  itKeepsTheContract(['one-creator', 'watch'], (name) => {
    const places = { here: memoryStore(), there: memoryStore() };
    return runCase(name, { open: async (place) => places[place] });
  });

  it('is told once for each time that a function listens', async () => {
    const store = memoryStore();
    const heard: string[] = [];
    const listener = (key: string): number => heard.push(key);
    const ends = [store.watch?.(listener), store.watch?.(listener)];
    await store.create('a', someBytes(1));
    ends[0]?.();
    await store.create('b', someBytes(1));
    await Promise.resolve();
    expect(heard).toEqual(['a', 'a', 'b']);
  });
});
