/**
 * A canvas to draw on with mouse, finger or pen, or that shows a picture; keeps the strokes, so it can
 * undo and resize.
 */
import type { GreyImage } from '../model-thread/protocol.ts';
import { greyImage, IMAGE_SIZE, newImageContext, opaqueContext } from './grey-image.ts';
import { paintPicture } from './paint-picture.ts';
import { type Point, paintStrokes, type Stroke } from './paint-strokes.ts';

export class DrawingPad {
  readonly #canvas: HTMLCanvasElement;
  readonly #screen: CanvasRenderingContext2D;
  readonly #image = newImageContext();
  readonly #tell: () => void;
  /** What {@link image} answers until something changes. */
  #pixels: GreyImage | null = null;
  #strokes: Stroke[] = [];
  /** Shown instead of strokes. */
  #picture: GreyImage | null = null;
  #isFinished = false;
  /** The pointer that draws now; others are ignored. */
  #pointerId: number | null = null;

  /** @param onChange called after each change of the drawing and when the pen is lifted */
  constructor(canvas: HTMLCanvasElement, onChange: () => void) {
    this.#canvas = canvas;
    this.#tell = onChange;
    this.#screen = opaqueContext(canvas);
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#end(event));
    canvas.addEventListener('pointercancel', (event) => this.#end(event));
    new ResizeObserver(() => this.#resize()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.paint());
  }

  get isEmpty(): boolean {
    return this.#strokes.length === 0 && !this.#picture;
  }

  get isDrawing(): boolean {
    return this.#pointerId !== null;
  }

  /** What is on the pad, bright ink on a dark ground: the same object until something changes. */
  image(): GreyImage {
    this.#pixels ??= this.#picture ?? this.#drawing();
    return this.#pixels;
  }

  /** Shows a picture in the place of a drawing. */
  show(picture: GreyImage): void {
    this.clear();
    this.#picture = picture;
    this.#onChange();
  }

  /** The next stroke begins a new drawing; until then this one stays. */
  finish(): void {
    this.#isFinished = true;
  }

  undo(): void {
    this.#isFinished = false;
    this.#pointerId = null;
    this.#picture = null;
    this.#strokes.pop();
    this.#onChange();
  }

  clear(): void {
    this.#isFinished = false;
    this.#pointerId = null;
    this.#picture = null;
    this.#strokes = [];
    this.#onChange();
  }

  /** Shows what is on the pad in the colours that the style sheet gives the canvas. */
  paint(): void {
    const { color, backgroundColor } = getComputedStyle(this.#canvas);
    const colours = { ink: color, paper: backgroundColor };
    if (this.#picture) paintPicture(this.#screen, this.#picture, colours);
    else paintStrokes(this.#screen, this.#strokes, colours);
  }

  #drawing(): GreyImage {
    paintStrokes(this.#image, this.#strokes, { ink: '#fff', paper: '#000' });
    return greyImage(this.#image.getImageData(0, 0, IMAGE_SIZE, IMAGE_SIZE));
  }

  #onChange(): void {
    this.#pixels = null;
    this.#tell();
  }

  #begin(event: PointerEvent): void {
    if (this.isDrawing || event.button !== 0) return;
    if (this.#isFinished || this.#picture) this.clear();
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
