/**
 * Samples in JSON: one array of raw values each, row by row. They are looked at in one loop: a schema
 * for each of their hundreds of numbers takes longer than to classify them.
 */
import * as v from 'valibot';

export const inputsSchema = v.pipe(
  v.custom<number[][]>(Array.isArray, 'Expected an array of samples.'),
  v.rawCheck(({ dataset, addIssue }) => {
    const [i, j] = firstFault(dataset.value as unknown[]) ?? [];
    if (i === undefined) return;
    const sample = (dataset.value as unknown[])[i];
    const at = { type: 'array', origin: 'value', input: dataset.value as unknown[] } as const;
    if (j === undefined) {
      const message = `Expected an array of numbers, got ${typeof sample}.`;
      addIssue({ message, path: [{ ...at, key: i, value: sample }] });
      return;
    }
    const given = (sample as unknown[])[j];
    const message = `Expected a number, got ${given === null ? 'null' : typeof given}.`;
    const place = { ...at, input: sample as unknown[], key: j, value: given };
    addIssue({ message, path: [{ ...at, key: i, value: sample }, place] });
  }),
);

/** What the OpenAPI document says of it. */
export const inputsDescription = {
  type: 'array',
  items: { type: 'array', items: { type: 'number' } },
  description: '1 to 1024 samples, each as many raw values as the model takes, row by row.',
} as const;

/** @returns the index of the first sample that is none, and that of its first value that is no number */
function firstFault(samples: readonly unknown[]): [sample: number, value?: number] | null {
  for (const [i, sample] of samples.entries()) {
    if (!Array.isArray(sample)) return [i];
    for (let j = 0; j < sample.length; j++) {
      if (typeof sample[j] !== 'number') return [i, j];
    }
  }
  return null;
}
