/** The figures of a model that `hff train` has made with the settings of a run. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { describeMachine } from '../../sdk/src/continual/machine.ts';
import { loadDataset } from '../../sdk/src/data/load-dataset.ts';
import { HffError } from '../../sdk/src/error.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { evaluateModel, loadModel, type TrainingRecord } from '../../sdk/src/node.ts';
import type { EpochReport, TrainOptions } from '../../sdk/src/train/train.ts';
import { testPart, trainingPart } from './budgets.ts';
import { testAccuracies } from './measure-run.ts';
import { layersOf, planRun } from './plan-run.ts';
import type { RunResult } from './run-result.ts';
import type { Run } from './runs.ts';
import { countNumbers } from './train-run.ts';

/**
 * @param logPath what `hff train --json` printed, where that was kept
 * @throws HffError `option/invalid` when the model is not what the run would train
 */
export async function measureModel(
  run: Run,
  modelPath: string,
  logPath: string | undefined,
): Promise<RunResult> {
  const dataset = trainingPart(await loadDataset(run.data, { split: 'train' }), run);
  const plan = planRun(run, dataset);
  const model = await loadModel(modelPath);
  const { training, network: spec } = model.spec;
  compare(modelPath, 'layers', plan.spec.network.layers, spec.layers);
  compare(modelPath, 'scale', plan.spec.network.scale, spec.scale);
  compare(modelPath, 'sharpness', plan.spec.network.sharpness, spec.sharpness);
  compare(modelPath, 'voters', plan.spec.network.voters, spec.voters);
  const recorded = training ? optionsOf(training) : {};
  for (const name of Object.keys({ ...plan.options, ...recorded }) as (keyof TrainOptions)[]) {
    compare(modelPath, name, plan.options[name], recorded[name]);
  }
  compare(modelPath, 'data', plan.data, training?.data);
  compare(modelPath, 'holdoutShare', plan.holdoutShare, training?.holdoutShare);
  const held = Math.max(1, Math.round(dataset.labels.length * plan.holdoutShare));
  compare(modelPath, 'samples', dataset.labels.length - held, training?.samples);
  const { weights } = readSnapshot(await readFile(modelPath));
  const layerNumbers = [...weights].filter(([name]) => name.startsWith('layers.'));
  const isWhole = layerNumbers.every(([, numbers]) => numbers instanceof Float32Array);
  compare(modelPath, 'storage', 'float32', isWhole ? 'float32' : 'smaller');
  const epochs = logPath ? await readEpochs(logPath, plan.options.epochs) : [];
  const { network } = model;
  const test = testPart(await loadDataset(run.data, { split: 'test' }), run);
  const layers = [...network.layers.keys()];
  return {
    run,
    layers: layersOf(run),
    parameters: countNumbers(network.parameters),
    samples: { training: dataset.labels.length, test: test.labels.length },
    options: plan.options,
    holdoutShare: plan.holdoutShare,
    epochs,
    bestEpoch: training?.bestEpoch ?? plan.options.epochs,
    ...testAccuracies(run, network, layers, test, model.input),
    modelAccuracy: model.spec.statistics ? evaluateModel(model, test).accuracy : null,
    cost: {
      seconds: epochs.length > 0 ? epochs.reduce((sum, { seconds }) => sum + seconds, 0) : null,
      cpuSeconds: null,
      peakMemoryBytes: null,
      engineMemoryBytes: null,
    },
    machine: describeMachine(),
  };
}

/** What of a model's record are options of its training. */
function optionsOf(record: TrainingRecord): Partial<TrainOptions> {
  const { data, samples, limit, holdoutShare, bestEpoch, testAccuracy, ...options } = record;
  return options;
}

function compare(path: string, name: string, expected: unknown, got: unknown): void {
  const [wanted, found] = [expected, got].map((value) =>
    value === undefined ? 'nothing' : JSON.stringify(sorted(value)),
  );
  if (wanted === found) return;
  throw new HffError(
    'option/invalid',
    `--model ${path}, ${name}: expected ${wanted}, as the run has it, got ${found}. Choose the run that it belongs to by --only and --budget, or train it.`,
  );
}

/** Keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

const epochSchema = v.object({
  event: v.literal('epoch'),
  epoch: v.number(),
  layers: v.array(v.object({ loss: v.number(), accuracy: v.number() })),
  holdoutAccuracy: v.number(),
  seconds: v.number(),
});

/**
 * Lines of other events, and what else was printed, are passed over.
 * @param count epochs of the run
 */
async function readEpochs(path: string, count: number): Promise<EpochReport[]> {
  const text = await readFile(path, 'utf8');
  const epochs = text.split('\n').flatMap((line) => {
    const parsed = v.safeParse(epochSchema, jsonOf(line));
    if (!parsed.success) return [];
    const { event, ...report } = parsed.output;
    return [report];
  });
  const found = epochs.map(({ epoch }) => epoch);
  if (found.length === count && found.every((epoch, i) => epoch === i + 1)) return epochs;
  throw new HffError(
    'data/malformed',
    `--log ${path}: expected lines of JSON as \`hff train --json\` prints them, one for each epoch from 1 to ${count}, got epochs ${found.join(', ') || 'none'}. Give the whole log of one run.`,
  );
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
