/** A model that lives in a store: what it learns is there tomorrow. Loaded by `openModel` of the entries. */
import type { Backend } from './backend/backend.ts';
import { prepareLayers } from './hff/layer-kinds.ts';
import { ModelKeeper } from './journal/model-keeper.ts';
import type { Versions } from './learn/changes-since.ts';
import type { KeptModel } from './learn/keeper.ts';
import type { Pupil } from './learn/pupil.ts';
import { startTeacher } from './learn/start-teacher.ts';
import type { Teacher } from './learn/teacher.ts';
import { Model } from './model.ts';
import type { Store } from './store/store.ts';
import { type SyncOptions, syncModel } from './sync-model.ts';

export class OpenedModel extends Model {
  readonly #keeper: ModelKeeper;
  /** What servers know, by address, as far as they told. */
  readonly #known = new Map<string, Versions>();
  readonly #start: KeptModel;

  /** Use {@link OpenedModel.open} and {@link OpenedModel.import}. */
  private constructor(backend: Backend, keeper: ModelKeeper, start: KeptModel) {
    super(backend, start.layers);
    this.#keeper = keeper;
    this.#start = start;
  }

  /**
   * The model that the store has under this name; if it has none, that of `source`.
   * @throws HffError `data/not-found`, `store/…`, `snapshot/…`, `learn/…`, `backend/…`
   */
  static async open(
    backend: Backend,
    store: Store,
    name: string,
    source?: () => Promise<Uint8Array>,
  ): Promise<OpenedModel> {
    const keeper = new ModelKeeper(store, name);
    const sound = source && (async () => checked(backend, await source()));
    return OpenedModel.#begin(backend, keeper, await keeper.open(sound));
  }

  /** Puts the model of these bytes in the place of what the store has under this name. */
  static async import(
    backend: Backend,
    store: Store,
    name: string,
    bytes: Uint8Array,
  ): Promise<OpenedModel> {
    const keeper = new ModelKeeper(store, name);
    const sound = await checked(backend, bytes);
    return OpenedModel.#begin(backend, keeper, await keeper.replace(sound));
  }

  static async #begin(
    backend: Backend,
    keeper: ModelKeeper,
    start: KeptModel,
  ): Promise<OpenedModel> {
    await prepareLayers(backend, start.layers.spec.network);
    const model = new OpenedModel(backend, keeper, start);
    try {
      await keeper.attach(await model.taught());
      return model;
    } catch (cause) {
      model.dispose();
      throw cause;
    }
  }

  /**
   * Keys of stored entries that were found damaged when the model was opened: what they said is lost,
   * everything else is there. Mostly empty.
   */
  get lost(): readonly string[] {
    return this.#keeper.lost;
  }

  /**
   * How many changes the store has of this model, on all writers alike: it grows with each of them, and
   * with what takes the place of all.
   */
  get revision(): number {
    return this.#keeper.revision;
  }

  /**
   * Waits for all that is under way. What was acknowledged is stored without it.
   * @throws HffError `store/…` when old entries could not be made into a snapshot: nothing is lost by it
   */
  async flush(): Promise<void> {
    this.checkAlive();
    await this.#keeper.flush();
  }

  /**
   * Exchanges with a server, once, what this device and others taught the model. Call it when there is
   * a connection, and again: whatever is cut off is made up for.
   * @param url `https://…/v1/models/{name}/sync`
   * @throws HffError `sync/unreachable`, `sync/refused`, `learn/foreign` for other layers, `store/…`
   * @throws the signal's reason when it is aborted
   * @example
   * addEventListener('online', () => model.sync('/v1/models/digits/sync', { token }));
   */
  async sync(
    url: string | URL,
    options: SyncOptions,
  ): Promise<{ readonly version: number; readonly isNews: boolean }> {
    const { theirs, ...result } = await syncModel(this, url, options, this.#known.get(String(url)));
    this.#known.set(String(url), theirs);
    return result;
  }

  /**
   * Takes out of the store what only tells how the model came to know what it knows: what was forgotten
   * is gone from there, too. Without it that happens when enough was learned since.
   */
  async compact(): Promise<void> {
    this.checkAlive();
    await this.#keeper.compact();
  }

  /** Forgets all that was learned, in the store too; layers that were adapted are again as they came. */
  async reset(): Promise<void> {
    this.checkAlive();
    await this.#keeper.reset();
  }

  override dispose(): void {
    this.#keeper.close();
    super.dispose();
  }

  protected override async beginTeacher(pupil: Pupil): Promise<Teacher> {
    const { replica, changes } = this.#start;
    return startTeacher(pupil, { replica, learned: changes, keeper: this.#keeper });
  }
}

/** Refuses a damaged model before the store has it in the place of another. */
async function checked(backend: Backend, bytes: Uint8Array): Promise<Uint8Array> {
  const model = await Model.load(backend, bytes);
  try {
    // Statistics are looked at when a model first learns, or tells what it learned.
    await model.versions();
    return bytes;
  } finally {
    model.dispose();
  }
}
