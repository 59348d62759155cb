/**
 * Features of a thousand classes, invented: class centres are normal numbers; samples lie about them
 * with three times that deviation in each of 1024 dimensions, and with fifteen times along 50 directions
 * that all classes share, as images of all kinds are brighter or nearer.
 */
import { Random } from '../../sdk/src/hff/random.ts';
import type { Labelled } from '../transfer/learner.ts';
import { unitRow } from '../transfer/unit-row.ts';

export const dimensions = 1024;
const classes = 1000;
const spread = 3;
const directions = 50;
const sharedSpread = 15;

/** @param seed of the samples; the classes are always the same */
export function inventSamples(perClass: number, seed: number): Labelled {
  const centres = Array.from({ length: classes }, (_, c) =>
    new Random(1, c).normals(dimensions, 1),
  );
  const shared = Array.from({ length: directions }, (_, i) =>
    new Random(2, i).normals(dimensions, 1 / Math.sqrt(dimensions)),
  );
  const random = new Random(3, seed);
  const rows: Float32Array[] = [];
  const labels: string[] = [];
  for (let i = 0; i < perClass; i++) {
    centres.forEach((centre, c) => {
      const row = centre.map((value) => value + spread * random.normal());
      for (const direction of shared) {
        const way = sharedSpread * random.normal();
        for (let i = 0; i < dimensions; i++)
          row[i] = (row[i] as number) + way * (direction[i] as number);
      }
      rows.push(unitRow(row));
      labels.push(`class ${c}`);
    });
  }
  return { rows, labels };
}
