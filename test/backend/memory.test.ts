/** The engine's memory: blocks keep to themselves, and what is given back is whole again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Memory } from '../../sdk/src/backend/simd/memory.ts';

/** Before the first block, and free behind each: what a kernel writes beyond its numbers. */
const margin = 128;

interface Block {
  readonly address: number;
  readonly bytes: number;
  /** What its bytes hold. */
  readonly mark: number;
}

/** A block's size to reserve, or which of the live blocks to release. */
type Step = { readonly reserve: number } | { readonly release: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ reserve: fc.oneof(fc.nat(300), fc.nat(40_000)) }),
    fc.record({ release: fc.nat(1000) }),
  ),
  { maxLength: 120 },
);

/** Carries the steps out, each block filled to the end of its room. */
function carryOut(memory: Memory, plan: readonly Step[]): Block[] {
  const live: Block[] = [];
  plan.forEach((step, i) => {
    if ('release' in step) {
      const [block] = live.splice(step.release % Math.max(1, live.length), 1);
      if (block) memory.release(block.address, block.bytes);
      return;
    }
    const block = { address: memory.reserve(step.reserve), bytes: step.reserve, mark: i & 255 };
    memory.bytes(block.address, block.bytes + margin).fill(block.mark);
    live.push(block);
  });
  return live;
}

function newMemory(maximum = 1000): { memory: Memory; pages: WebAssembly.Memory } {
  const pages = new WebAssembly.Memory({ initial: 0, maximum });
  return { memory: new Memory(pages), pages };
}

describe('blocks', () => {
  it('begin at cache lines, within the memory, and hold what was written', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const { memory, pages } = newMemory();
        for (const { address, bytes, mark } of carryOut(memory, plan)) {
          expect(address).toBeGreaterThanOrEqual(margin);
          expect(address % margin).toBe(0);
          expect(address + bytes + margin).toBeLessThanOrEqual(pages.buffer.byteLength);
          // Had another block touched it, its mark would be there.
          expect(memory.bytes(address, bytes + margin).every((byte) => byte === mark)).toBe(true);
        }
      }),
    );
  });

  it('join again when all are released, in whatever order', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(1000)), (plan, picks) => {
        const { memory, pages } = newMemory();
        const live = carryOut(memory, [...plan, { reserve: 1 }]);
        while (live.length > 0) {
          const [block] = live.splice((picks.next().value as number) % live.length, 1);
          if (block) memory.release(block.address, block.bytes);
        }
        const all = pages.buffer.byteLength;
        expect(memory.reserve(all - 2 * margin)).toBe(margin);
        expect(pages.buffer.byteLength).toBe(all);
      }),
    );
  });

  it('take no more memory the second time', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const { memory, pages } = newMemory();
        for (const { address, bytes } of carryOut(memory, plan)) memory.release(address, bytes);
        const first = pages.buffer.byteLength;
        for (let again = 0; again < 3; again++) {
          for (const { address, bytes } of carryOut(memory, plan)) memory.release(address, bytes);
        }
        expect(pages.buffer.byteLength).toBe(first);
      }),
    );
  });

  it('fill the room of a released one before memory grows', () => {
    const { memory, pages } = newMemory();
    const [first, , third] = [10_000, 10_000, 10_000].map((bytes) => memory.reserve(bytes));
    memory.release(first as number, 10_000);
    const before = pages.buffer.byteLength;
    expect(memory.reserve(4_000)).toBe(first);
    expect(memory.reserve(4_000)).toBeGreaterThan(first as number);
    expect(memory.reserve(100)).toBeLessThan(third as number);
    expect(pages.buffer.byteLength).toBe(before);
  });
});

it('without room refuses, and stays as it was', () => {
  const { memory, pages } = newMemory(2);
  const address = memory.reserve(1000);
  expect(() => memory.reserve(200_000)).toThrowError(
    expect.objectContaining({ name: 'HffError', code: 'backend/memory' }),
  );
  memory.release(address, 1000);
  expect(memory.reserve(2 * 65_536 - 2 * margin)).toBe(address);
  expect(pages.buffer.byteLength).toBe(2 * 65_536);
});
