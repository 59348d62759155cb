/**
 * Keeps the model in step with the Worker: soon after each change, and when the page says so, which
 * hears of the network.
 */
import { HffError, type OpenedModel } from '@hff-edge/sdk';
import { keepKey, loadKey } from './api-key.ts';
import type { Step, SyncState } from './protocol.ts';

/** Changes that come in quick succession go together. */
const restMilliseconds = 400;

export interface SyncListener {
  state(state: SyncState): void;
  step(step: Step): void;
}

export class Syncing {
  readonly #model: () => OpenedModel;
  readonly #listener: SyncListener;
  #key: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isWanted = false;

  constructor(model: () => OpenedModel, listener: SyncListener) {
    this.#model = model;
    this.#listener = listener;
  }

  async begin(): Promise<void> {
    this.#key = await loadKey();
    if (this.#key) await this.now();
    else this.#listener.state({ state: 'off' });
  }

  /** @param key null ends sync */
  async useKey(key: string | null): Promise<void> {
    await keepKey(key);
    await this.begin();
  }

  /** Something changed: it is brought to the server in a moment. */
  wish(): void {
    if (!this.#key) return;
    this.#listener.state({ state: 'waiting' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), restMilliseconds);
  }

  /** One exchange at a time; what is wished for meanwhile is part of another right after it. */
  now(): Promise<void> {
    this.#isWanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isWanted && this.#key) {
      this.#isWanted = false;
      clearTimeout(this.#timer);
      this.#listener.state({ state: 'syncing' });
      this.#listener.state(await this.#exchange(this.#key));
    }
  }

  async #exchange(token: string): Promise<SyncState> {
    const model = this.#model();
    const url = new URL(`/v1/models/${model.name}/sync`, location.href);
    performance.clearResourceTimings();
    const started = performance.now();
    try {
      const { version } = await model.sync(url, { token });
      const milliseconds = performance.now() - started;
      this.#listener.step({ done: 'synced', milliseconds, bytes: receivedFrom(url) });
      return { state: 'synced', at: Date.now(), version };
    } catch (error) {
      if (error instanceof HffError && error.code === 'sync/unreachable')
        return { state: 'offline' };
      return { state: 'refused', reason: (error as Error).message };
    }
  }
}

function receivedFrom(url: URL): number {
  const entries = performance.getEntriesByName(url.href) as PerformanceResourceTiming[];
  return entries.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
}
