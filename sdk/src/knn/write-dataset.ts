/** Learned state as a dataset by label. */
import type { LearnedState } from '../learn/learned-state.ts';
import type { Moments } from '../learn/moments.ts';
import { ClassExamples } from './class-examples.ts';
import type { ClassIndices } from './class-indices.ts';
import { idOf } from './read-dataset.ts';

export function writeDataset(
  state: LearnedState,
  indices: ClassIndices,
): Record<string, ClassExamples> {
  const [own] = state.changesSince({}).replicas;
  const cells = new Map(own?.cells.map(({ id, moments }) => [id, moments]));
  return indices.record(
    state.classes().map(({ label }) => {
      const moments = cells.get(idOf(label)) as Moments;
      return [label, new ClassExamples(moments, state.dimension, indices.of(label))];
    }),
  );
}
