import { loadModel } from '@hff-edge/sdk';
import digits from '@hff-edge/sdk/digits.safetensors?url';
import { takeLesson } from './lesson.js';

globalThis.lesson = loadModel(digits).then(takeLesson);
