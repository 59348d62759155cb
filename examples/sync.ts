/** Two devices that learned apart and meet at the Worker: `node sync.ts ADDRESS KEY`. */
import { fileURLToPath } from 'node:url';
import { openModel, readImage } from '@hff-edge/sdk/node';
import { memoryStore } from '@hff-edge/sdk/stores';

const [address = 'http://localhost:8787', token = ''] = process.argv.slice(2);
const source = fileURLToPath(import.meta.resolve('@hff-edge/sdk/digits.safetensors'));
const [phone, laptop] = await Promise.all([
  openModel('digits', { source, store: memoryStore() }),
  openModel('digits', { source, store: memoryStore() }),
]);
const lambda = await readImage(new URL('lambda.png', import.meta.url));
await phone.learn(lambda, 'lambda'); // the laptop does not know of it

const url = `${address}/v1/models/digits/sync`;
await phone.sync(url, { token });
await laptop.sync(url, { token });
console.log((await laptop.classify(lambda)).label);
