import { loadModel } from '@hff-edge/sdk';
import { takeLesson } from './lesson.js';

const digits = new URL(import.meta.resolve('@hff-edge/sdk/digits.safetensors'));
console.log(JSON.stringify(await takeLesson(await loadModel(digits))));
