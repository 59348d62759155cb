/** What a page tells of its own slowness; installed before its scripts run. */

interface Slowness {
  /** Longest task of the page's thread since it was last asked, in ms; 0 where none was over 50. */
  readonly longestTask: number;
  /** Longest script of a slow frame, from the page's own files, in ms. */
  readonly longestScript: number;
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
}

declare global {
  var takeSlowness: () => Slowness;
}

/** Runs in the page. */
export function watchPage(): void {
  let longestTask = 0;
  let longestScript = 0;
  let frames: number[] = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const frame of list.getEntries()) {
      const { scripts } = frame as PerformanceEntry & {
        scripts: readonly { duration: number; sourceURL: string }[];
      };
      for (const { duration, sourceURL } of scripts) {
        if (sourceURL.startsWith(location.origin))
          longestScript = Math.max(longestScript, duration);
      }
    }
  }).observe({ type: 'long-animation-frame', buffered: true });
  let last = performance.now();
  const count = (now: number): void => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  globalThis.takeSlowness = () => {
    const taken = { longestTask, longestScript, frames };
    longestTask = longestScript = 0;
    frames = [];
    return taken;
  };
}
