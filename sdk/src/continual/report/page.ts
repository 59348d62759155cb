/** A report as one HTML page that needs nothing else. */
import type { ContinualFile, ContinualReport } from '../continual-report.ts';
import { startDrawing } from './drawing.ts';
import { escapeHtml } from './escape-html.ts';
import { share } from './html-table.ts';
import { costSection, fewShotSection, incrementalSection, unknownSection } from './sections.ts';
import { style } from './style.ts';

export async function renderPage(file: ContinualFile): Promise<string> {
  const { report } = file;
  const draw = await startDrawing();
  const title = `Learning classes of ${report.data}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${lead(report)}</p>
<p class="faint">The network is trained on the base classes and frozen; everything below is learned on its features.</p>
${incrementalSection(report, draw)}
${fewShotSection(report, draw)}
${unknownSection(report, draw)}
${costSection(report)}
<h2>How it was measured</h2>
${facts(file)}
</body>
</html>
`;
}

/** The best learner's last accuracy, and what joint training reaches. */
function lead({ learners, classes, joint }: ContinualReport): string {
  const best = learners.toSorted((a, b) => b.incremental.last.mean - a.incremental.last.mean)[0];
  if (!best) return '';
  const ceiling = Math.max(joint.network, joint.discriminant);
  return `After one pass over all ${classes.length} classes, ${escapeHtml(best.name)} decides ${share(best.incremental.last.mean)} % of the test samples rightly. Training on all classes at once reaches ${share(ceiling)} %.`;
}

function facts({ machine, settings, report }: ContinualFile): string {
  const { seeds, samples, learners } = report;
  const order = (tasks: readonly (readonly string[])[]) =>
    tasks.map((task) => task.join(', ')).join(' | ');
  const entries: [string, string][] = [
    ['data', `${report.data}: ${samples.training} training and ${samples.test} test samples`],
    ...seeds.map(({ seed, tasks, networkAccuracy, featureSize }): [string, string] => [
      `seed ${seed}`,
      `${order(tasks)}. ${featureSize} features; the base network's own prototypes decide ${share(networkAccuracy)} % of the base classes rightly.`,
    ]),
    ...learners.map(({ name, note, mostDecisions }): [string, string] => {
      const subset =
        mostDecisions && mostDecisions < samples.test
          ? `Asked a random subset of ${mostDecisions} test samples only.`
          : '';
      return [name, [note, subset].filter(Boolean).join(' ')];
    }),
    ['joint training', `All classes at once, the same design, seed ${seeds[0]?.seed}.`],
    ['options', settingsText(settings)],
    ['machine', Object.values(machine).join(', ')],
  ];
  const rows = entries.map(
    ([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  return `<dl>${rows.join('\n')}</dl>`;
}

function settingsText(settings: ContinualFile['settings']): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
