import { loadModel } from '@hff-edge/sdk';
import digits from '@hff-edge/sdk/digits.safetensors';
import { takeLesson } from './lesson.js';

globalThis.lesson = loadModel(new URL(digits, import.meta.url)).then(takeLesson);
