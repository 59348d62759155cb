/** Tables of a report: a learner per row, what was measured per column. */
import type { LearnerReport } from '../continual-report.ts';
import type { Summary } from '../summary.ts';
import { escapeHtml } from './escape-html.ts';

export interface Column {
  readonly title: string;
  /** HTML of a learner's cell. */
  cell(learner: LearnerReport): string;
}

export function learnerTable(
  learners: readonly LearnerReport[],
  columns: readonly Column[],
): string {
  const rows = learners.map((learner) => [
    escapeHtml(learner.name),
    ...columns.map((column) => column.cell(learner)),
  ]);
  return table(
    columns.map(({ title }) => title),
    rows,
  );
}

/** Three rows per learner, a column per number of samples. */
export function fewShotTable(learners: readonly LearnerReport[]): string {
  const questions = ['all', 'base', 'new'] as const;
  const rows = learners.flatMap(({ name, fewShot }) =>
    questions.map((question) => [
      `${escapeHtml(name)}, ${question}`,
      ...fewShot.map((few) => percent(few[question])),
    ]),
  );
  const shots = learners[0]?.fewShot.map((few) => `${few.shots}, %`) ?? [];
  return table(shots, rows, 'samples per new class');
}

/** @param rows HTML of the cells, the row's name first */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  corner = '',
): string {
  const head = titles.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  const body = rows.map(([name, ...cells]) => {
    return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th>${corner}</th>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** In per cent, with the deviation where there are several values; a dash for null. */
export function percent(summary: Summary | null): string {
  if (!summary) return '–';
  const { mean, deviation, values } = summary;
  const spread = values.length > 1 ? ` <small>± ${share(deviation)}</small>` : '';
  return share(mean) + spread;
}

export function share(value: number): string {
  return (100 * value).toFixed(1).replace('-', '−');
}
