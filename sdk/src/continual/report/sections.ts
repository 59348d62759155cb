/** The parts of a report, one per protocol. */
import type { ContinualReport } from '../continual-report.ts';
import { accuracyPlot } from './accuracy-plot.ts';
import type { Design } from './drawing.ts';
import { escapeHtml } from './escape-html.ts';
import { fewShotPlot } from './few-shot-plot.ts';
import { fewShotTable, learnerTable, percent, share } from './html-table.ts';
import { learnerSymbols } from './learner-marks.ts';
import { matrixPlots } from './matrix-plot.ts';
import { rocPlot } from './roc-plot.ts';

type Draw = (design: Design) => string;

export function incrementalSection(report: ContinualReport, draw: Draw): string {
  const { learners, base, increment, joint } = report;
  const colours = learners.map((_, i) => colourOf(i));
  const matrices = matrixPlots(report, colours).map((plot, i) => {
    return `<figure><h3>${escapeHtml(learners[i]?.name ?? '')}</h3>${draw(plot)}</figure>`;
  });
  return `<h2>One class after the other</h2>
<p class="faint">${base} base classes, then ${increment} at a time; each sample is shown once, and what a learner keeps of it is told under Cost. A decision is among all classes learned so far. Joint training, for comparison: ${share(joint.network)} % by its prototypes, ${share(joint.discriminant)} % by streaming LDA on its features.</p>
${legend(report)}
<figure>${draw(accuracyPlot(report))}<figcaption>Bars: standard deviation over the seeds.</figcaption></figure>
${learnerTable(learners, [
  { title: 'average, %', cell: (l) => percent(l.incremental.averageIncremental) },
  { title: 'last, %', cell: (l) => percent(l.incremental.last) },
  { title: 'forgetting', cell: (l) => percent(l.incremental.forgetting) },
  { title: 'of base', cell: (l) => percent(l.incremental.baseForgetting) },
  { title: 'transfer', cell: (l) => percent(l.incremental.backwardTransfer) },
  { title: 'calibration error', cell: (l) => percent(l.incremental.calibrationError ?? null) },
])}
<div class="matrices">${matrices.join('')}</div>
<p class="faint">Rows: after which task. Columns: accuracy on which task, mean over the seeds. Down a column, a task is forgotten.</p>`;
}

export function fewShotSection(report: ContinualReport, draw: Draw): string {
  const { learners, draws, seeds } = report;
  return `<h2>A few samples per class</h2>
<p class="faint">All new classes at once, ${draws} draws of samples for each of ${seeds.length} seeds. 0 samples: the base alone, asked about base classes only.</p>
${legend(report)}
<figure>${draw(fewShotPlot(report))}<figcaption>Bars: standard deviation over draws and seeds.</figcaption></figure>
${fewShotTable(learners)}`;
}

export function unknownSection(report: ContinualReport, draw: Draw): string {
  return `<h2>Classes never shown</h2>
<p class="faint">The base is known, all other classes are unknown. Good: the upper left corner. Curves are those of the first seed.</p>
${legend(report)}
<figure>${draw(rocPlot(report))}</figure>
${learnerTable(report.learners, [
  { title: 'AUROC, %', cell: (l) => percent(l.unknown.auroc) },
  { title: 'unknown accepted at 95 % recall, %', cell: (l) => percent(l.unknown.falsePositives) },
  { title: 'known rejected, %', cell: (l) => percent(l.unknown.knownRejected) },
  { title: 'unknown rejected, %', cell: (l) => percent(l.unknown.unknownRejected) },
])}
<p class="faint">Rejected: at the learner's own threshold, where it has one.</p>`;
}

export function costSection({ learners }: ContinualReport): string {
  return `<h2>Cost</h2>
<p class="faint">One sample of a new class at a time, features not counted; medians, learners in turns. Refresh: making the decision anew after learning.</p>
${learnerTable(learners, [
  { title: 'learn, ms', cell: ({ cost }) => cost.learn.toFixed(3) },
  { title: 'in batches, ms', cell: ({ cost }) => cost.learnInBatches.toFixed(3) },
  { title: 'refresh, ms', cell: ({ cost }) => cost.refresh.toFixed(2) },
  { title: 'classify, ms', cell: ({ cost }) => cost.classify.toFixed(3) },
  { title: 'kB per class', cell: ({ cost }) => (cost.bytesPerNewClass / 1000).toFixed(1) },
  { title: 'kB in all', cell: ({ cost }) => (cost.bytes / 1000).toFixed(0) },
])}`;
}

function legend({ learners }: ContinualReport): string {
  const entries = learners.map(({ name }, i) => {
    const symbol = learnerSymbols[i % learnerSymbols.length]?.character;
    return `<li><span style="color: ${colourOf(i)}" aria-hidden="true">${symbol}</span>${escapeHtml(name)}</li>`;
  });
  return `<ul class="legend">${entries.join('')}</ul>`;
}

function colourOf(learner: number): string {
  return `var(--learner-${learner % learnerSymbols.length})`;
}
