/** The report as one HTML page that needs nothing else. */
import { startDrawing } from '../../../sdk/src/continual/report/drawing.ts';
import { escapeHtml } from '../../../sdk/src/continual/report/escape-html.ts';
import { table } from '../../../sdk/src/continual/report/html-table.ts';
import { style } from '../../../sdk/src/continual/report/style.ts';
import { tablesOf } from './columns.ts';
import { epochsPlot } from './epochs-plot.ts';
import { errorBars } from './error-bars.ts';
import { budget, comparison, inference } from './explanations.ts';
import { type Group, groupName, type InferenceRatio, type ReproduceReport } from './figures.ts';
import { inferenceTable } from './inference-table.ts';
import { layersPlot } from './layers-plot.ts';
import { legend } from './method-scales.ts';
import { overview } from './overview.ts';
import { ratioLegend, ratioPlot } from './ratio-plot.ts';
import type { Table } from './table.ts';

type Draw = Awaited<ReturnType<typeof startDrawing>>;

const title = 'HFF beside its rivals';

export async function renderPage(report: ReproduceReport): Promise<string> {
  const { groups, inference: ratios, machines } = report;
  const draw = await startDrawing();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<p class="lead">What nets decide rightly that the same loop has trained by each method.</p>
${htmlTable(overview(groups))}
<p class="faint">${escapeHtml(comparison)}</p>
${groups.map((group) => groupSection(group, draw)).join('\n')}
${ratios.length > 0 ? inferenceSection(ratios, draw) : ''}
<h2>Machine</h2>
<p class="faint">${escapeHtml(machines.join('; '))}</p>
</body>
</html>
`;
}

function groupSection(group: Group, draw: Draw): string {
  const overEpochs = epochsPlot(group);
  return `<h2>${escapeHtml(groupName(group))}</h2>
<p class="faint">${escapeHtml(budget(group))}</p>
<figure>${draw(errorBars(group))}</figure>
${legend(group.methods.map(({ method }) => method))}
${overEpochs ? `<figure>${draw(overEpochs)}</figure>` : ''}
<figure>${draw(layersPlot(group))}</figure>
${tablesOf(group).map(htmlTable).join('\n')}`;
}

function inferenceSection(ratios: readonly InferenceRatio[], draw: Draw): string {
  return `<h2>Inference</h2>
<p class="faint">${escapeHtml(inference)}</p>
${ratioLegend(ratios)}
<figure>${draw(ratioPlot(ratios))}</figure>
${htmlTable(inferenceTable(ratios))}`;
}

function htmlTable({ head, rows }: Table): string {
  const [corner = '', ...titles] = head;
  return table(
    titles,
    rows.map((cells) => cells.map(escapeHtml)),
    corner,
  );
}
