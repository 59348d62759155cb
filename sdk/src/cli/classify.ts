/** `hff classify`: image files to labels. */
import { Command } from 'commander';
import { loadModel, readImage } from '../node.ts';
import { percent } from './format.ts';
import { wholeNumber } from './option-parsers.ts';

export function classifyCommand(): Command {
  return new Command('classify')
    .description('classify PNG or JPEG files')
    .argument('<model>', 'model file (.safetensors) or its http(s) address')
    .argument('<files...>', 'images')
    .option('--top-k <n>', 'how many classes to list per image', wholeNumber(1), 1)
    .option('--json', 'print one JSON object per line')
    .addHelpText('after', '\nExample:\n  $ hff classify digits.safetensors seven.png --top-k 3')
    .action(classify);
}

async function classify(
  modelPath: string,
  files: readonly string[],
  options: { topK: number; json?: true },
): Promise<void> {
  const model = await loadModel(modelPath);
  for (const file of files) {
    const result = await model.classify(await readImage(file), { topK: options.topK });
    if (options.json) {
      console.log(JSON.stringify({ file, ...result }));
    } else {
      const scores = result.scores.map(({ label, score }) => `${label} ${percent(score)}`);
      console.log(`${file}: ${scores.join(', ')}`);
    }
  }
}
