/** `hff continual`: learners that learn classes one after the other, beside each other. */
import { Command } from 'commander';
import { learnerKinds } from '../continual/learners/learner-kinds.ts';
import { describeMachine } from '../continual/machine.ts';
import { renderPage } from '../continual/report/page.ts';
import { runContinual } from '../continual/run-continual.ts';
import { type Dataset, HffError, limitPerClass, loadModel, type Split } from '../node.ts';
import {
  addContinualOptions,
  type ContinualCommandOptions,
  networkOptions,
  trainDefaults,
} from './continual-options.ts';
import { checkOutputs } from './continual-outputs.ts';
import { ContinualProgress } from './continual-progress.ts';
import { continualTables } from './continual-tables.ts';
import { trainNetwork } from './continual-training.ts';
import { nameLayer } from './describe-layers.ts';
import { layerOptions } from './layer-defaults.ts';
import { loadData } from './load-data.ts';
import { writeFileAtomically } from './write-file.ts';

export function continualCommand(): Command {
  return addContinualOptions(new Command('continual'))
    .description('measure how well classes are learned one after the other, by several learners')
    .addHelpText(
      'after',
      `
A network is trained on the base classes and frozen; all learners learn the other classes on its
features, in one pass. Beside it: few samples per class, unknown classes, and cost.

Examples:
  $ hff continual --data mnist
  $ hff continual --data ./photos --base 8 --increment 2 --seeds 0,1,2,3,4
  $ hff continual --data mnist --limit 100 --epochs 3 --seeds 0 --layers 300,300      (a minute)`,
    )
    .action(continual);
}

async function continual(options: ContinualCommandOptions): Promise<void> {
  await checkOutputs(options);
  const { outJson, outHtml, ...given } = options;
  const settings = { ...given, ...settingsOfLayers(options) };
  const { data, seeds, shots, draws, increment } = settings;
  const model = options.model === undefined ? undefined : await loadModel(options.model);
  const training = await loadPart('train', options);
  const test = await loadPart('test', options);
  const base = baseClasses(options, training, model?.labels);
  const { kinds, jointKind, leftOut } = await learnerKinds(options.neighbours);
  if (leftOut) console.error(`hff: ${leftOut}`);
  const progress = new ContinualProgress();
  const report = await runContinual(
    { data, base, increment, rotate: options.rotate === true, seeds, shots, draws },
    {
      training,
      test,
      kinds,
      jointKind,
      ...(model && { model }),
      train: (dataset, seed, onShare) => trainNetwork(dataset, seed, options, onShare),
      trainJoint: (dataset, seed, onShare) =>
        trainNetwork(dataset, seed, jointOptions(options), onShare),
      onStep: (step, share) => progress.show(step, share),
    },
  ).finally(() => progress.stop());
  console.log(continualTables(report));
  const file = { machine: describeMachine(), settings: { ...settings, base }, report };
  await write(outJson, `${JSON.stringify(file, null, 1)}\n`);
  await write(outHtml, await renderPage(file));
  console.log(`\n${outJson}, ${outHtml}: written`);
}

/** As they are told: layers in the words of `--layers`, the rate that is taken for them. */
function settingsOfLayers(options: ContinualCommandOptions) {
  const { layers, learningRate } = layerOptions(networkOptions(options));
  const told = layers.map((layer) => (typeof layer === 'number' ? layer : nameLayer(layer)));
  return { layers: told, learningRate };
}

/** All classes are more samples: `hff train`'s own number of epochs is enough for them. */
function jointOptions(options: ContinualCommandOptions): ContinualCommandOptions {
  return { ...options, epochs: Math.min(options.epochs, trainDefaults.epochs) };
}

async function loadPart(split: Split, options: ContinualCommandOptions): Promise<Dataset> {
  const dataset = await loadData(options.data, split, options);
  return options.limit === undefined ? dataset : limitPerClass(dataset, options.limit, 0);
}

/** @throws HffError `option/invalid` when --base contradicts --model */
function baseClasses(
  { base, model }: ContinualCommandOptions,
  { classes }: Dataset,
  known: readonly string[] | undefined,
): number {
  if (!known) return base ?? Math.ceil(classes.length / 2);
  if (base === undefined || base === known.length) return known.length;
  throw new HffError(
    'option/invalid',
    `--base: expected ${known.length}, the classes of ${model}, got ${base}. Leave --base out.`,
  );
}

async function write(path: string, text: string): Promise<void> {
  await writeFileAtomically(path, new TextEncoder().encode(text));
}
