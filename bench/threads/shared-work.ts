/** Lays a network and a product out in a memory that threads share. */
import type { Kernels } from '../../sdk/src/backend/simd/kernels.ts';
import { Memory } from '../../sdk/src/backend/simd/memory.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { compileShared } from './compile-shared.ts';
import type { SharedWork } from './half.ts';

const sizes = [784, 1000, 1000, 1000];
const product = { m: 256, n: 1000, k: 1000 };
const pages = 512;
const floatBytes = 4;
const panelUnits = 32;

export interface LaidOutWork extends SharedWork {
  /** What the sample and the product come to lie in. */
  readonly results: { readonly sample: Float32Array; readonly product: Float32Array };
}

export async function sharedWork(): Promise<LaidOutWork> {
  const module = await compileShared(pages);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const blocks = new Memory(memory);
  const random = new Random(5);
  const numbers = (count: number, deviation: number): number => {
    const address = blocks.reserve(count * floatBytes);
    blocks.floats(address, count).set(random.normals(count, deviation));
    return address;
  };
  const zeros = (count: number): number => blocks.reserve(count * floatBytes);
  let x = numbers(sizes[0] as number, 1);
  const layers = sizes.slice(1).map((units, i) => {
    const inputs = sizes[i] as number;
    const padded = Math.ceil(units / panelUnits) * panelUnits;
    const layer = {
      inputs,
      units,
      x,
      weight: numbers(inputs * padded, Math.sqrt(2 / inputs)),
      bias: zeros(units),
      out: zeros(units),
    };
    x = layer.out;
    return layer;
  });
  const { m, n, k } = product;
  const factors = { a: numbers(m * k, 1), b: numbers(k * n, 1), out: zeros(m * n) };
  const room = roomBytes(module, memory, m);
  return {
    module,
    memory,
    control: zeros(4),
    layers,
    product: { ...product, ...factors },
    rooms: [blocks.reserve(room), blocks.reserve(room)],
    results: {
      sample: blocks.floats(x, sizes.at(-1) as number),
      product: blocks.floats(factors.out, m * n),
    },
  };
}

function roomBytes(module: WebAssembly.Module, memory: WebAssembly.Memory, rows: number): number {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return (exports as unknown as Kernels).multiplyRoom(rows);
}
