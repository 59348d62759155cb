/**
 * Handwriting as MNIST has it: bright ink on a dark ground, scaled to fit a square, centred by its
 * mass (LeCun et al. 1998, the construction of MNIST).
 */
import { type Box, type Plane, resample } from './resample.ts';

/** What is brighter than this, of 255, belongs to the ink's bounding box. */
const inkThreshold = 64;

/** Fewer grey steps than this between paper and ink are noise, not ink. */
const leastContrast = 16;

interface Levels {
  /** The ground: the middle value along the border. */
  readonly paper: number;
  /** The extreme that is farther from the paper. */
  readonly ink: number;
}

/** The same plane with ink brighter than paper; all 0 without ink. */
export function inkUp(plane: Plane): Plane {
  const { paper, ink } = levels(plane);
  if (Math.abs(ink - paper) < leastContrast) {
    return { ...plane, values: new Float32Array(plane.values.length) };
  }
  return ink < paper ? { ...plane, values: plane.values.map((value) => 255 - value) } : plane;
}

/**
 * A plane of the given size: paper 0, strongest ink 255, bounding box of the ink scaled to fit a
 * square of `box` pixels, centre of mass in the middle. Without ink it is all 0.
 */
export function fitGlyph(
  plane: Plane,
  { width, height }: { width: number; height: number },
  box: number,
): Plane {
  const { paper, ink } = levels(plane);
  if (Math.abs(ink - paper) < leastContrast) {
    return { width, height, values: new Float32Array(width * height) };
  }
  const values = plane.values.map((value) => Math.max(0, (255 * (value - paper)) / (ink - paper)));
  const glyph = { ...plane, values };
  const bounds = inkBounds(glyph);
  const scale = Math.max(bounds.width, bounds.height) / box;
  const centre = massCentre(glyph, bounds);
  const window: Box = {
    left: centre.x - (width * scale) / 2,
    top: centre.y - (height * scale) / 2,
    width: width * scale,
    height: height * scale,
  };
  return resample(glyph, window, width, height);
}

function levels({ width, height, values }: Plane): Levels {
  const border: number[] = [];
  for (let x = 0; x < width; x++) {
    border.push(values[x] as number, values[(height - 1) * width + x] as number);
  }
  for (let y = 0; y < height; y++) {
    border.push(values[y * width] as number, values[y * width + width - 1] as number);
  }
  border.sort((a, b) => a - b);
  const paper = border[border.length >> 1] as number;
  let darkest = paper;
  let brightest = paper;
  for (const value of values) {
    darkest = Math.min(darkest, value);
    brightest = Math.max(brightest, value);
  }
  return { paper, ink: brightest - paper >= paper - darkest ? brightest : darkest };
}

function inkBounds({ width, height, values }: Plane): Box {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((values[y * width + x] as number) <= inkThreshold) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Centre of mass of the values inside `box`, in pixels of the plane. */
function massCentre(plane: Plane, box: Box): { x: number; y: number } {
  let mass = 0;
  let x = 0;
  let y = 0;
  for (let row = box.top; row < box.top + box.height; row++) {
    for (let column = box.left; column < box.left + box.width; column++) {
      const value = plane.values[row * plane.width + column] as number;
      mass += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
    }
  }
  return { x: x / mass, y: y / mass };
}
