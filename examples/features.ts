/**
 * Learns on features of any backbone. Here these are counts of three letters in a row, by which one can
 * tell languages apart. Of images take, for instance, the pooled output of Transformers.js's
 * `image-feature-extraction`, or MediaPipe's `embedder.embed(image).embeddings[0].floatEmbedding`.
 */
import { loadModel } from '@hff-edge/sdk';
import { featureModel } from '@hff-edge/sdk/features';

function embed(text: string): Float32Array {
  const counts = new Float32Array(256);
  for (let i = 0; i + 3 <= text.length; i++) {
    const [a = 0, b = 0, c = 0] = Buffer.from(text.slice(i, i + 3));
    const place = (31 * (31 * a + b) + c) % 256;
    counts[place] = (counts[place] as number) + 1;
  }
  return counts;
}

const model = await loadModel(featureModel({ name: 'languages', dimensions: 256, of: 'trigrams' }));
await model.learn(embed('the cat sat on the mat with the other cats'), 'English');
await model.learn(embed('die katze sitzt auf der matte mit den anderen katzen'), 'German');
const { label } = await model.classify(embed('the dog and the other dogs'));
console.log(label);
