/** What every consumer does with its model; copied into each as `lesson.js`. */

/** Strokes between corners, x and y from 0 to 1, as a grey image of white on black. */
function drawn(strokes, size = 56, pen = 2.6) {
  const data = new Uint8Array(size * size);
  for (const [from, to] of strokes) {
    const steps = 4 * size;
    for (let step = 0; step <= steps; step++) {
      const [x, y] = [0, 1].map(
        (axis) => size * (from[axis] + ((to[axis] - from[axis]) * step) / steps),
      );
      for (let row = Math.max(0, Math.floor(y - pen)); row < Math.min(size, y + pen); row++) {
        for (
          let column = Math.max(0, Math.floor(x - pen));
          column < Math.min(size, x + pen);
          column++
        ) {
          if (Math.hypot(column + 0.5 - x, row + 0.5 - y) < pen) data[row * size + column] = 255;
        }
      }
    }
  }
  return { width: size, height: size, data };
}

/** @param lean how far it leans to the right */
function seven(lean) {
  return drawn([
    [
      [0.3 + lean, 0.25],
      [0.7 + lean, 0.25],
    ],
    [
      [0.7 + lean, 0.25],
      [0.45, 0.8],
    ],
  ]);
}

function lambda(lean) {
  return drawn([
    [
      [0.35 + lean, 0.2],
      [0.7, 0.8],
    ],
    [
      [0.52, 0.5],
      [0.3 - lean, 0.8],
    ],
  ]);
}

/** Classifies a digit, learns a class that the model never saw, and recognises it. */
export async function takeLesson(model) {
  const digit = await model.classify(seven(0));
  await model.learn(lambda(0), 'lambda');
  await model.learn(lambda(0.04), 'lambda');
  const learned = await model.classify(lambda(0.02));
  const kept = await model.classify(seven(0.02));
  return { digit: digit.label, learned: learned.label, kept: kept.label };
}
