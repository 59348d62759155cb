/** Strokes as pixels: smooth round lines, at any size. */

/** Share of the drawing's width and height, 0 to 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points that the pen passed, at least one. */
export type Stroke = Point[];

/** Line width as a share of the drawing's width: about that of the digits that the model knows. */
const PEN_WIDTH = 0.07;

/** Paints opaque paper and the strokes over the whole, square canvas. */
export function paintStrokes(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  { ink, paper }: { ink: string; paper: string },
): void {
  const size = context.canvas.width;
  context.fillStyle = paper;
  context.fillRect(0, 0, size, size);
  context.strokeStyle = context.fillStyle = ink;
  context.lineWidth = PEN_WIDTH * size;
  context.lineCap = context.lineJoin = 'round';
  for (const stroke of strokes) paintStroke(context, stroke, size);
}

/** Curves that touch the middle of each step, with the points themselves as control points. */
function paintStroke(context: CanvasRenderingContext2D, stroke: Stroke, size: number): void {
  const [first, last] = [stroke[0], stroke.at(-1)];
  if (!first || !last) return;
  context.beginPath();
  if (stroke.every(({ x, y }) => x === first.x && y === first.y)) {
    context.arc(first.x * size, first.y * size, (PEN_WIDTH * size) / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.moveTo(first.x * size, first.y * size);
  stroke.slice(1).forEach((to, i) => {
    const from = stroke[i] as Point;
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    context.quadraticCurveTo(from.x * size, from.y * size, middle.x * size, middle.y * size);
  });
  context.lineTo(last.x * size, last.y * size);
  context.stroke();
}
