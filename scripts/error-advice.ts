/** What to do about each error, for the guide; a code without advice does not compile. */
import type { HffErrorCode } from '../sdk/src/error.ts';

export const advice: Readonly<Record<HffErrorCode, string>> = {
  'input/shape':
    'Compare with `model.input`: a list needs width · height · channels numbers; an image is `{ width, height, data }` with 1 to 4 values a pixel.',
  'input/not-finite':
    'Look for NaN in what makes the sample: a division by zero, a missing column, a backbone in half precision.',
  'input/range':
    'Hand in raw values, for images 0 to 255: the model standardises them itself. `model.input.range` has the bounds.',
  'input/image':
    'See that the file is a whole PNG or JPEG. Browsers also decode what they can show; Node and Workers only these two.',
  'input/too-large': 'Scale the image down before, or raise `maxPixels` of `decodeImage`.',
  'option/invalid':
    'The message names the option and its range. Outside browsers a `store` must be named; without TypeScript this is easily missed.',
  'snapshot/malformed':
    'The bytes are not a model: often a server answered with a page of its own (status 200 for any path), or the download was cut off. Open the address in a browser.',
  'snapshot/version': 'Update `@hff-edge/sdk`, or export the model with the older one.',
  'snapshot/inconsistent':
    'If you wrote the file yourself, the message names the field or tensor; [format.md](../format.md) describes all of them. Otherwise fetch it again.',
  'snapshot/not-finite':
    'The training diverged, or the file is damaged. Train with a smaller rate, or fetch the file again.',
  'data/not-found':
    'Check the path or address; for a page, that the server serves the model, and that `connect-src` of its policy allows it.',
  'data/malformed': 'The message says in which file and where. Unpack or export it again.',
  'data/empty':
    'Point `--data` to a folder with one folder of images per class, or to a file with rows.',
  'data/labels':
    'Labels and samples must be as many, and the classes those of the model where it is to be evaluated.',
  'data/download': 'Try again, or download the files yourself and name their folder.',
  'learn/label':
    'Labels are text of 1 to 256 characters. Trim what users type before it is handed in.',
  'learn/unknown-class': '`await model.classes()` lists the labels that there are.',
  'learn/not-learned':
    '`forget` needs the very sample that was learned, under its label. To take a whole class away: `forgetClass`.',
  'learn/exists': 'Choose another name, or take one of the two classes away before.',
  'learn/foreign':
    'Devices can be joined that have the same model file (or `featureModel` with the same `of` and dimensions). After `adapt` a model is another.',
  'learn/no-classes': 'Teach the model a class before it is asked.',
  'learn/no-statistics':
    'Add them: `npx hff statistics model.safetensors --data …`; models of `hff train` have them.',
  'learn/too-many': 'Take classes away that are no longer needed, or begin with `reset()`.',
  'learn/too-few':
    'Call `keepExemplars` before samples are learned, or hand in `samples` and `labels`, two of each class at least.',
  'learn/changed': 'Make the call again: nothing came of it.',
  'learn/malformed': 'Fetch the bytes again from the other device. Nothing was taken in.',
  'store/full':
    'Free room, or ask for more: `navigator.storage.estimate()` tells how much there is. What is stored stays good.',
  'store/unavailable':
    'Private windows and embedded pages may have no storage; use `memoryStore()` there. In Node, look at the permissions of the folder.',
  'store/damaged':
    'Open it with a `source`, after `removeModel`; other devices give back what they know.',
  'store/conflict':
    'Another tab or process removed or replaced the model: open it again. Workers KV bears one writer only.',
  'sync/unreachable': 'Call `sync` again when there is a connection: nothing is lost.',
  'sync/refused':
    'Check the key and its scope (`learn`), and that the server has the model under this name, with the same layers.',
  'backend/memory': 'Dispose models that are no longer needed; an isolate of a Worker has 128 MB.',
  'backend/thread':
    'Train on one thread, or with smaller batches: each thread has a memory of its own. In browsers, see that the bundler keeps the files of web workers.',
  'backend/unavailable':
    "A page with a Content-Security-Policy needs `'wasm-unsafe-eval'` in its `script-src`. In Workers import `@hff-edge/sdk` so that wrangler takes the entry for workerd. Very old browsers lack WebAssembly SIMD.",
};
