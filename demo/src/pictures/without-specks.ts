/** Only the parts of the ink that have a say: dust and grain would widen the box that it is cut to. */
import type { GreyImage } from '../model-thread/protocol.ts';

/** Brighter than this is ink that hangs together. */
const inkAbove = 64;

/** Parts with a smaller share of the largest part's mass are specks. */
const leastShare = 0.08;

export function withoutSpecks({ width, height, data }: GreyImage): GreyImage {
  const partOf = new Int32Array(data.length);
  const masses = [0];
  for (let start = 0; start < data.length; start++) {
    if (partOf[start] !== 0 || (data[start] as number) <= inkAbove) continue;
    masses.push(0);
    fill(start, masses.length - 1);
  }
  const least = leastShare * Math.max(...masses);
  const cleaned = data.map((value, i) => {
    const part = partOf[i] as number;
    return part > 0 && (masses[part] as number) < least ? 0 : value;
  });
  return { width, height, data: cleaned };

  function fill(start: number, part: number): void {
    const open = [start];
    partOf[start] = part;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      masses[part] = (masses[part] as number) + (data[at] as number);
      for (const next of neighbours(at, width, height)) {
        if (partOf[next] !== 0 || (data[next] as number) <= inkAbove) continue;
        partOf[next] = part;
        open.push(next);
      }
    }
  }
}

function* neighbours(at: number, width: number, height: number): Iterable<number> {
  const [x, y] = [at % width, Math.floor(at / width)];
  if (x > 0) yield at - 1;
  if (x < width - 1) yield at + 1;
  if (y > 0) yield at - width;
  if (y < height - 1) yield at + width;
}
