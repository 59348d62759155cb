/** A canvas to draw on with mouse, finger or pen; keeps the strokes, so it can undo and resize. */
import { type Point, paintStrokes, type Stroke } from './paint-strokes.ts';

/** Pixels per side of the image that the model gets: ample for its 28. */
const IMAGE_SIZE = 140;

export class DrawingPad {
  readonly #canvas: HTMLCanvasElement;
  readonly #screen: CanvasRenderingContext2D;
  readonly #image: CanvasRenderingContext2D;
  readonly #onChange: () => void;
  #strokes: Stroke[] = [];
  /** The pointer that draws now; others are ignored. */
  #pointerId: number | null = null;

  /** @param onChange called after each change of the drawing and when the pen is lifted */
  constructor(canvas: HTMLCanvasElement, onChange: () => void) {
    this.#canvas = canvas;
    this.#onChange = onChange;
    this.#screen = opaqueContext(canvas);
    const image = document.createElement('canvas');
    image.width = image.height = IMAGE_SIZE;
    this.#image = opaqueContext(image);
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#end(event));
    canvas.addEventListener('pointercancel', (event) => this.#end(event));
    new ResizeObserver(() => this.#resize()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.paint());
  }

  get isEmpty(): boolean {
    return this.#strokes.length === 0;
  }

  get isDrawing(): boolean {
    return this.#pointerId !== null;
  }

  /** The drawing as an opaque image, bright ink on a dark ground. */
  image(): ImageData {
    paintStrokes(this.#image, this.#strokes, { ink: '#fff', paper: '#000' });
    return this.#image.getImageData(0, 0, IMAGE_SIZE, IMAGE_SIZE);
  }

  undo(): void {
    this.#pointerId = null;
    this.#strokes.pop();
    this.#onChange();
  }

  clear(): void {
    this.#pointerId = null;
    this.#strokes = [];
    this.#onChange();
  }

  /** Shows the strokes in the colours that the style sheet gives the canvas. */
  paint(): void {
    const { color, backgroundColor } = getComputedStyle(this.#canvas);
    paintStrokes(this.#screen, this.#strokes, { ink: color, paper: backgroundColor });
  }

  #begin(event: PointerEvent): void {
    if (this.isDrawing || event.button !== 0) return;
    this.#pointerId = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#strokes.push([this.#pointOf(event)]);
    this.#onChange();
  }

  #move(event: PointerEvent): void {
    const stroke = this.#strokes.at(-1);
    if (!stroke || event.pointerId !== this.#pointerId) return;
    // Missing in older Safari, empty for events that a script sends.
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const each of passed.length > 0 ? passed : [event]) stroke.push(this.#pointOf(each));
    this.#onChange();
  }

  #end(event: PointerEvent): void {
    if (event.pointerId !== this.#pointerId) return;
    this.#pointerId = null;
    this.#onChange();
  }

  #pointOf({ clientX, clientY }: PointerEvent): Point {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }

  #resize(): void {
    const size = Math.round(this.#canvas.clientWidth * devicePixelRatio);
    if (size === 0 || size === this.#canvas.width) return;
    this.#canvas.width = this.#canvas.height = size;
    this.paint();
  }
}

function opaqueContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('This browser offers no 2D canvas, which the drawing pad needs.');
  return context;
}
