/**
 * Runs work at most once per animation frame and never twice at a time, however often it is asked
 * for; what was asked for while it ran is done in the next frame.
 */
export function oncePerFrame(work: () => Promise<void>): () => void {
  let wanted = false;
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    try {
      while (wanted) {
        await new Promise(requestAnimationFrame);
        wanted = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
  return () => {
    wanted = true;
    if (!running) void run();
  };
}
