/** The report as Markdown. */
import { columnsOf, rowOf } from './columns.ts';
import { budget, comparison, inference } from './explanations.ts';
import { type Group, groupName, type InferenceRatio, type ReproduceReport } from './figures.ts';
import { inferenceTable } from './inference-table.ts';
import { overview } from './overview.ts';

export function renderMarkdown({ groups, inference: ratios, machines }: ReproduceReport): string {
  const { head, rows } = overview(groups);
  return [
    '# HFF beside its rivals',
    `Written by \`npm run reproduce\`. ${comparison}`,
    table(head, rows),
    ...groups.map(groupSection),
    ...(ratios.length > 0 ? [inferenceSection(ratios)] : []),
    '## Machine',
    machines.join('; '),
  ]
    .join('\n\n')
    .concat('\n');
}

function groupSection(group: Group): string {
  const columns = columnsOf(group);
  const rows = group.methods.map((figures) => rowOf(figures, columns));
  const head = ['method', ...columns.map(({ title }) => title)];
  return `## ${groupName(group)}\n\n${budget(group)}\n\n${table(head, rows)}`;
}

function inferenceSection(ratios: readonly InferenceRatio[]): string {
  const { head, rows } = inferenceTable(ratios);
  return `## Inference\n\n${inference}\n\n${table(head, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
