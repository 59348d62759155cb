globalThis.lesson = navigator.serviceWorker
  .register('/service-worker.js')
  .then(() => navigator.serviceWorker.ready)
  .then(({ active }) => {
    const { port1, port2 } = new MessageChannel();
    active.postMessage('begin', [port2]);
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
    });
  });
