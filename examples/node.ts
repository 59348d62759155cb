/** Learns an image file under a label, for good: `node node.ts lambda.png lambda FOLDER`. */
import { fileURLToPath } from 'node:url';
import { fileStore, openModel, readImage } from '@hff-edge/sdk/node';

const [path = 'lambda.png', label = 'lambda', folder = 'learned'] = process.argv.slice(2);
const source = fileURLToPath(import.meta.resolve('@hff-edge/sdk/digits.safetensors'));
const model = await openModel('digits', { source, store: fileStore(folder) });

const image = await readImage(path);
const before = await model.classify(image);
console.log('before:', before.unknown ? 'unknown' : before.label);
await model.learn(image, label);
console.log('after:', (await model.classify(image)).label);
