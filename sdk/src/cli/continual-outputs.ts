/** Whether the results of `hff continual` can be drawn and written, told before hours of work. */
import { startDrawing } from '../continual/report/drawing.ts';
import { HffError } from '../node.ts';
import { checkOut } from './check-out.ts';
import type { ContinualCommandOptions } from './continual-options.ts';

/** @throws HffError `option/invalid` when no file can be written at one of the places */
export async function checkOutputs({ outJson, outHtml }: ContinualCommandOptions): Promise<void> {
  await checkOut(outJson, '--out-json');
  await checkOut(outHtml, '--out-html');
  await startDrawing();
  if (outJson === outHtml) {
    throw new HffError(
      'option/invalid',
      `--out-html: expected another file than --out-json, got ${outHtml} for both.`,
    );
  }
}
