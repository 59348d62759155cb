/** A page with what the examples for browsers look for: a canvas, a form and a place for the answer. */
const examples = {
  classify: () => import('../../../examples/browser-classify.ts'),
  learnAndKeep: () => import('../../../examples/browser-learn-and-keep.ts'),
};

declare global {
  /** Starts the example, which ends when its model is loaded. */
  var startExample: (name: keyof typeof examples) => Promise<void>;
  /** Puts a picture on the canvas, by its address, and lifts the pen. */
  var show: (address: string) => Promise<void>;
}

const canvas = document.querySelector('canvas') as HTMLCanvasElement;

globalThis.show = async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  canvas.dispatchEvent(new PointerEvent('pointerup'));
};

globalThis.startExample = async (name) => {
  await examples[name]();
};
