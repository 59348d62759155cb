import { loadModel } from '@hff-edge/sdk';
import { takeLesson } from '../lesson.js';

/** In the server, which reads the model from the file. */
export async function serverLesson() {
  return takeLesson(await loadModel('public/digits.safetensors'));
}
