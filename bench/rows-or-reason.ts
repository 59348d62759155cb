/** Rows of a measurement, or one that says why there are none: the data may not be on this machine. */
import { HffError } from '../sdk/src/error.ts';

type Row = Record<string, string>;

/** @param about what each row begins with */
export async function rowsOrReason(about: Row, measure: () => Promise<Row[]>): Promise<Row[]> {
  try {
    return (await measure()).map((row) => ({ ...about, ...row }));
  } catch (error) {
    if (!(error instanceof HffError) || !error.code.startsWith('data/')) throw error;
    return [{ ...about, 'not measured': error.message }];
  }
}
