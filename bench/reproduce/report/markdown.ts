/** The report as Markdown. */
import { tablesOf } from './columns.ts';
import { budget, comparison, inference } from './explanations.ts';
import { type Group, groupName, type InferenceRatio, type ReproduceReport } from './figures.ts';
import { inferenceTable } from './inference-table.ts';
import { overview } from './overview.ts';
import type { Table } from './table.ts';

export function renderMarkdown({ groups, inference: ratios, machines }: ReproduceReport): string {
  return [
    '# HFF beside its rivals',
    `Written by \`npm run reproduce\`. ${comparison}`,
    table(overview(groups)),
    ...groups.map(groupSection),
    ...(ratios.length > 0 ? [inferenceSection(ratios)] : []),
    '## Machine',
    machines.join('; '),
  ]
    .join('\n\n')
    .concat('\n');
}

function groupSection(group: Group): string {
  return [`## ${groupName(group)}`, budget(group), ...tablesOf(group).map(table)].join('\n\n');
}

function inferenceSection(ratios: readonly InferenceRatio[]): string {
  return `## Inference\n\n${inference}\n\n${table(inferenceTable(ratios))}`;
}

function table({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
