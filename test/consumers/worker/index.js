import { loadModel } from '@hff-edge/sdk';
import digits from '@hff-edge/sdk/digits.safetensors';
import { takeLesson } from './lesson.js';

export default {
  async fetch() {
    return Response.json(await takeLesson(await loadModel(digits)));
  },
};
