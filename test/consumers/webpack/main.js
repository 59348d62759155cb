import { loadModel } from '@hff-edge/sdk';
import { takeLesson } from './lesson.js';

const digits = new URL('@hff-edge/sdk/digits.safetensors', import.meta.url);
globalThis.lesson = loadModel(digits).then(takeLesson);
