/** Tells which digit is drawn on the page's canvas, whenever the pen is lifted. For Vite. */
import { loadModel } from '@hff-edge/sdk';
import digits from '@hff-edge/sdk/digits.safetensors?url';

const canvas = document.querySelector('canvas') as HTMLCanvasElement;
const output = document.querySelector('output') as HTMLOutputElement;
const context = canvas.getContext('2d') as CanvasRenderingContext2D;
const model = await loadModel(digits);

canvas.addEventListener('pointerup', async () => {
  const drawing = context.getImageData(0, 0, canvas.width, canvas.height);
  const { label, scores, unknown } = await model.classify(drawing, { topK: 1 });
  const percent = Math.round(100 * (scores[0]?.score ?? 0));
  output.textContent = unknown ? 'nothing I know' : `${label}, ${percent} % sure`;
});
