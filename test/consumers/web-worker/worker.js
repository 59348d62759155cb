import { loadModel } from '@hff-edge/sdk';
import digits from '@hff-edge/sdk/digits.safetensors?url';
import { takeLesson } from './lesson.js';

postMessage(await takeLesson(await loadModel(digits)));
