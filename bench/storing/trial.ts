/**
 * One store and all that is timed on it, in the place that the store is of. Whoever has a clock tells
 * it what to do.
 */
import type { Model, OpenedModel, Store } from '@hff-edge/sdk';
import { entryKey } from '../../sdk/src/journal/keys.ts';
import { type Action, repeats } from './actions.ts';
import { type CountedStore, type Counts, countedStore } from './counted-store.ts';
import { checkLearned, drawLesson, lessonLength, teach } from './lesson.ts';
import { fillPlaces, openAnew, type Place, type Places, readRaw } from './places.ts';
import type { Platform, RawStore } from './platform.ts';

/** What was written, and how much there is to read. */
export interface Report extends Pick<Places, 'sizes'> {
  /** Of the whole lesson. */
  readonly counts: Counts;
  /** Bytes of one entry. */
  readonly entry: number;
}

export class Trial {
  readonly #platform: Platform;
  readonly #lesson = drawLesson();
  readonly #store: Store;
  readonly #raw: RawStore;
  readonly #counted: CountedStore;
  #entry = new Uint8Array();
  #places: Places = { taught: new Uint8Array(), sizes: { changes: 0, snapshot: 0 } };
  #kept: OpenedModel | undefined;
  #plain: Model | undefined;
  /** How often each was done. */
  readonly #done = { learnKept: 0, learn: 0, put: 0, create: 0 };

  /** Use {@link Trial.begin}. */
  private constructor(platform: Platform) {
    this.#platform = platform;
    this.#store = platform.store();
    this.#raw = platform.raw();
    this.#counted = countedStore(platform.store());
  }

  /** @throws Error where a model that is opened again does not know what it was taught */
  static async begin(platform: Platform, source: Uint8Array): Promise<Trial> {
    const trial = new Trial(platform);
    trial.#entry = await trial.#practise(source);
    trial.#places = await fillPlaces(platform, source, trial.#lesson);
    const { store, take } = trial.#counted;
    trial.#kept = await platform.openModel('kept', { store, source });
    trial.#plain = await platform.loadModel(source);
    take();
    return trial;
  }

  /** As often as {@link repeats} says. */
  async run(action: Action): Promise<void> {
    switch (action) {
      case 'nothing':
        return;
      case 'learnKept': {
        const kept = this.#kept as OpenedModel;
        await teach(kept, this.#next(action));
        // A snapshot may be under way.
        return kept.flush();
      }
      case 'learn':
        return teach(this.#plain as Model, this.#next(action));
      case 'put':
        return this.#repeat(action, (key) => this.#raw.put(key, this.#entry));
      case 'create':
        return this.#repeat(action, (key) => this.#store.create(key, this.#entry));
      case 'load': {
        const key = entryKey('create', this.#done.create - 1);
        for (let i = 0; i < repeats.load; i++) await this.#store.load(key);
        return;
      }
      case 'openChanges':
        return openAnew(this.#platform, 'changes');
      case 'openSnapshot':
        return openAnew(this.#platform, 'snapshot');
      case 'loadTaught': {
        const model = await this.#platform.loadModel(this.#places.taught);
        await checkLearned(model, lessonLength);
        return model.dispose();
      }
      case 'readChanges':
        return this.#read(action, 'changes');
      case 'readSnapshot':
        return this.#read(action, 'snapshot');
    }
  }

  /** @throws Error where what was learned is not there when the model is opened again */
  async report(): Promise<Report> {
    const counts = this.#counted.take();
    await openAnew(this.#platform, 'kept', this.#done.learnKept);
    return { counts, entry: this.#entry.length, sizes: this.#places.sizes };
  }

  /** @returns what an entry is */
  async #practise(source: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const model = await this.#platform.openModel('practice', { store: this.#store, source });
    await teach(model, this.#lesson.slice(0, repeats.learnKept));
    model.dispose();
    await openAnew(this.#platform, 'practice', repeats.learnKept);
    return new Uint8Array((await this.#store.load(entryKey('practice', 1))) as Uint8Array);
  }

  #next(action: 'learn' | 'learnKept'): ReturnType<typeof drawLesson> {
    const first = this.#done[action];
    this.#done[action] += repeats[action];
    return this.#lesson.slice(first, this.#done[action]);
  }

  async #repeat(action: 'put' | 'create', run: (key: string) => Promise<unknown>): Promise<void> {
    for (let i = 0; i < repeats[action]; i++) {
      await run(entryKey(action, this.#done[action]));
      this.#done[action]++;
    }
  }

  async #read(action: 'readChanges' | 'readSnapshot', place: Place): Promise<void> {
    const size = this.#places.sizes[place];
    for (let i = 0; i < repeats[action]; i++) await readRaw(this.#platform, place, size);
  }
}
