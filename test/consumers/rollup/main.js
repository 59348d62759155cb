import { loadModel } from '@hff-edge/sdk';
import { takeLesson } from './lesson.js';

globalThis.lesson = loadModel('/node_modules/@hff-edge/sdk/models/digits.safetensors').then(
  takeLesson,
);
