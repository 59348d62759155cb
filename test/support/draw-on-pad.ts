/** Draws digits and signs on the demo's pad with the browser's real input events. */
import type { Page } from 'playwright-core';
import { digitStrokes, type Point, type Stroke } from './digit-strokes.ts';
import { type Sign, signStrokes } from './sign-strokes.ts';

/** Share of the pad's side that a digit fills. */
const FILL = 0.7;

/** Of a stroke's points, one in so many becomes an event: about what a quick hand gives. */
const POINTS_PER_EVENT = 3;

/** With the mouse: press, move along each stroke, release. */
export async function drawWithMouse(page: Page, what: number | Sign, seed: number): Promise<void> {
  for (const stroke of await strokesOnPad(page, strokesOf(what, seed))) {
    const [[x, y], ...rest] = stroke as [Point, ...Point[]];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const [toX, toY] of rest) await page.mouse.move(toX, toY);
    await page.mouse.up();
  }
}

/** With a finger: touch, move along each stroke, lift. */
export async function drawWithFinger(page: Page, digit: number, seed: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y]) => ({ x, y })),
    });
  for (const stroke of await strokesOnPad(page, digitStrokes(digit, seed))) {
    const [first, ...rest] = stroke as [Point, ...Point[]];
    await touch('touchStart', [first]);
    for (const point of rest) await touch('touchMove', [point]);
    await touch('touchEnd', []);
  }
  await session.detach();
}

function strokesOf(what: number | Sign, seed: number): Stroke[] {
  return typeof what === 'number' ? digitStrokes(what, seed) : signStrokes(what, seed);
}

async function strokesOnPad(page: Page, strokes: readonly Stroke[]): Promise<Point[][]> {
  const pad = page.locator('#pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('The demo shows no drawing pad.');
  const place = ([x, y]: Point): Point => [
    box.x + box.width * (0.5 + FILL * (x - 0.5)),
    box.y + box.height * (0.5 + FILL * (y - 0.5)),
  ];
  const isEvent = (_: Point, i: number, { length }: readonly Point[]) =>
    i % POINTS_PER_EVENT === 0 || i === length - 1;
  return strokes.map((stroke) => stroke.filter(isEvent).map(place));
}
