/** A process that teaches a model in a folder and writes a line for each sample that is acknowledged. */
import { writeSync } from 'node:fs';
import { fileStore, openModel } from '../../sdk/src/node.ts';
import { draw } from '../model/drawn-model.ts';

const [folder, source, first] = process.argv.slice(2) as [string, string, string];
const model = await openModel('drawn', { store: fileStore(folder), source });
for (let hand = Number(first); ; hand++) {
  if (hand % 10 === 9) {
    const hands = Array.from({ length: 20 }, (_, i) => draw(8, 100_000 + 20 * hand + i));
    await model.learnBatch(
      hands,
      hands.map(() => 'batch'),
    );
  } else {
    await model.learn(draw(9, hand), 'one by one');
  }
  writeSync(1, `${hand}\n`);
}
