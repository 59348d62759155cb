/** Writes the report of a folder's runs: for people as Markdown and as a page with plots, and as JSON. */
import { writeFileAtomically } from '../../../sdk/src/cli/write-file.ts';
import type { Machine } from '../../../sdk/src/continual/machine.ts';
import { groupRuns, type ReproduceReport } from './figures.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPage } from './page.ts';
import { readInference, readRuns } from './read-results.ts';

/** @returns what it wrote */
export async function writeReport(folder: string, inference: URL): Promise<string[]> {
  const runs = await readRuns(folder);
  const report: ReproduceReport = {
    groups: groupRuns(runs),
    inference: await readInference(inference),
    machines: [...new Set(runs.map(({ machine }) => describe(machine)))],
  };
  const files = {
    [`${folder}report.md`]: renderMarkdown(report),
    [`${folder}report.json`]: `${JSON.stringify(report, null, 2)}\n`,
    [`${folder}report.html`]: await renderPage(report),
  };
  for (const [file, text] of Object.entries(files)) {
    await writeFileAtomically(file, new TextEncoder().encode(text));
  }
  return Object.keys(files);
}

function describe({ processor, cores, memoryGiB, platform, node, date }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGiB} GiB, ${platform}, Node ${node}, ${date}`;
}
