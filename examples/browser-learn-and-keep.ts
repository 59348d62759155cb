/** Teaches the model what is drawn, by the label in a form; it still knows when the page comes back. */
import { openModel } from '@hff-edge/sdk';
import digits from '@hff-edge/sdk/digits.safetensors?url';

const canvas = document.querySelector('canvas') as HTMLCanvasElement;
const form = document.querySelector('form') as HTMLFormElement;
const output = document.querySelector('output') as HTMLOutputElement;
const context = canvas.getContext('2d') as CanvasRenderingContext2D;
const drawing = (): ImageData => context.getImageData(0, 0, canvas.width, canvas.height);
const model = await openModel('digits', { source: digits });

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const label = String(new FormData(form).get('label'));
  await model.learn(drawing(), label); // in IndexedDB once this fulfils
  output.textContent = `learned ${label}`;
});
canvas.addEventListener('pointerup', async () => {
  output.textContent = (await model.classify(drawing())).label;
});
