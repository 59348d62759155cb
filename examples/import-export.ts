/** Takes what a model learned elsewhere: as one file, and as only what the other lacks. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fileStore, importModel, loadModel, readImage } from '@hff-edge/sdk/node';

const [folder = '.'] = process.argv.slice(2);
const digits = fileURLToPath(import.meta.resolve('@hff-edge/sdk/digits.safetensors'));
const lambda = await readImage(new URL('lambda.png', import.meta.url));
const mine = await loadModel(digits);
await mine.learn(lambda, 'lambda');

const bytes = await mine.export(); // layers and all that was learned: safetensors
await writeFile(`${folder}/mine.safetensors`, bytes);
const kept = await importModel(bytes, { store: fileStore(`${folder}/kept`) });

const theirs = await loadModel(digits);
const news = await mine.changesSince(await theirs.versions()); // a few kilobytes
await theirs.apply(news);
const frozen = await loadModel(await mine.exportFrozen()); // decides the same, holds no samples
for (const model of [kept, theirs, frozen]) console.log((await model.classify(lambda)).label);
