// Service workers may not import() later on: bundle this into one file, without splitting.
import { loadModel } from '@hff-edge/sdk';
import { takeLesson } from './lesson.js';

addEventListener('message', (event) => {
  const answer = loadModel('/node_modules/@hff-edge/sdk/models/digits.safetensors')
    .then(takeLesson)
    .then((lesson) => event.ports[0].postMessage(lesson));
  event.waitUntil(answer);
});
