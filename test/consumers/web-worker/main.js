const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
globalThis.lesson = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = reject;
});
