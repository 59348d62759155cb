/**
 * A model as its user sees it: raw values or images in, labels out, and labels in. Where the bytes and
 * the engine come from is the entries' business. What learning takes is loaded when it first learns.
 */
import type { Backend } from './backend/backend.ts';
import { Classifier } from './classifier.ts';
import type { Sample } from './data/prepare-sample.ts';
import { readSnapshot, type Snapshot } from './format/snapshot.ts';
import type { Storage } from './format/stored-weights.ts';
import { prepareLayers } from './hff/layer-kinds.ts';
import type { Adaptation } from './learn/adapt.ts';
import type { AdaptOptions, ExemplarOptions } from './learn/adapt-options.ts';
import type { Versions } from './learn/changes-since.ts';
import type { Inspection } from './learn/inspect.ts';
import type { Learning } from './learn/learning.ts';
import type { Pupil } from './learn/pupil.ts';
import type { ClassCount, LearnOptions, TaughtOptions, Teacher } from './learn/teacher.ts';

export class Model extends Classifier {
  #teacher: Promise<Teacher> | undefined;

  /** @throws HffError `snapshot/…` when the bytes are no snapshot of a model, `learn/…` */
  static async load(backend: Backend, source: Uint8Array | Snapshot): Promise<Model> {
    const snapshot = source instanceof Uint8Array ? readSnapshot(source) : source;
    await prepareLayers(backend, snapshot.spec.network);
    const model = new Model(backend, snapshot);
    try {
      if (snapshot.learned || snapshot.spec.labels.length === 0) await model.taught();
      return model;
    } catch (cause) {
      model.dispose();
      throw cause;
    }
  }

  /**
   * Learns one labelled sample, of a class old or new; the next `classify` knows it. Its order among
   * others does not matter, and {@link forget} undoes it.
   * @throws HffError `input/…`, `learn/label`, `learn/too-many`, `learn/no-statistics`,
   *   `backend/unavailable` on another engine than our own
   * @example
   * await model.learn(context.getImageData(0, 0, 280, 280), 'lambda');
   */
  async learn(sample: Sample, label: string, options: LearnOptions = {}): Promise<void> {
    const input = this.prepareOne(sample);
    return (await this.taught()).learn(input, label, options);
  }

  /**
   * Learns samples, all or none; `progress` events tell how far it is.
   * @throws HffError like {@link learn}; `learn/changed` when layers were adapted meanwhile
   */
  async learnBatch(
    samples: readonly Sample[],
    labels: readonly string[],
    options: LearnOptions = {},
  ): Promise<void> {
    const [inputs, own] = this.prepareLabelled(samples, labels);
    return (await this.taught()).learnBatch(inputs, own, options);
  }

  /** {@link learnBatch} by the name that scikit-learn and river give it. */
  partialFit(samples: readonly Sample[], labels: readonly string[]): Promise<void> {
    return this.learnBatch(samples, labels);
  }

  /**
   * Undoes {@link learn} of this very sample, wherever it was learned. An exemplar of it goes in any
   * case.
   * @throws HffError `learn/unknown-class`, `learn/not-learned`, `input/…`
   */
  async forget(sample: Sample, label: string, options: TaughtOptions = {}): Promise<void> {
    const input = this.prepareOne(sample);
    return (await this.taught()).forget(input, label, options);
  }

  /** Corrects the label of a learned sample: {@link forget} and {@link learn}, both or neither. */
  async relabel(
    sample: Sample,
    from: string,
    to: string,
    options: TaughtOptions = {},
  ): Promise<void> {
    const input = this.prepareOne(sample);
    return (await this.taught()).relabel(input, from, to, options);
  }

  /**
   * Takes a class away, one of base training too.
   * @throws HffError `learn/unknown-class`
   */
  async forgetClass(label: string): Promise<void> {
    return (await this.taught()).forgetClass(label);
  }

  /**
   * Undoes exactly what somebody taught and corrected, on whatever device, as far as it is known here.
   * Classes that were forgotten or renamed stay so.
   * @param name as `taughtBy` had it
   * @throws HffError `option/invalid`
   */
  async forgetTaughtBy(name: string): Promise<void> {
    return (await this.taught()).forgetTaughtBy(name);
  }

  /**
   * {@link forgetTaughtBy} for what came from other devices under these names of replicas, those of
   * {@link Model.versions}. A device whose replica was revoked goes on under another name.
   */
  async revoke(replicas: readonly string[]): Promise<void> {
    return (await this.taught()).revoke(replicas);
  }

  /** @throws HffError `learn/unknown-class`, `learn/exists` */
  async renameClass(from: string, to: string): Promise<void> {
    return (await this.taught()).renameClass(from, to);
  }

  /** All classes that {@link classify} can answer, with their samples. */
  async classes(): Promise<ClassCount[]> {
    this.checkAlive();
    const teacher = await this.#teacher?.catch(() => undefined);
    if (teacher) return teacher.classes();
    const { labels, statistics } = this.spec;
    return labels.map((label, c) => ({ label, base: statistics?.counts[c] ?? 0, learned: 0 }));
  }

  /**
   * Where a sample and all classes lie on the spheres of the layers, and what each layer by itself would
   * say: to be shown, or to find out why a decision came about.
   * @throws HffError `input/…`, `learn/no-statistics`, `backend/unavailable`
   */
  async inspect(sample: Sample): Promise<Inspection> {
    const input = this.prepareOne(sample);
    return (await this.taught()).inspect(input);
  }

  /**
   * Takes in what another copy of this model learned. In any order, and again: what is known already
   * changes nothing.
   * @throws HffError `learn/foreign` for a model with other layers
   */
  async merge(other: Model): Promise<void> {
    const theirs = await other.taught();
    return (await this.taught()).merge(theirs);
  }

  /**
   * From now on keeps samples that are learned, for {@link adapt}: a random choice, the same share of
   * the room for each class, in memory only. Without it, and by default, no sample is kept. Called
   * again it begins anew.
   * @experimental
   * @throws HffError `option/invalid`
   */
  async keepExemplars(options: ExemplarOptions): Promise<void> {
    (await this.taught()).keepExemplars(options);
  }

  /**
   * Changes the layers themselves, for samples unlike those of base training: trains them on the
   * exemplars and the samples handed in, measures statistics anew, and keeps the result only if it
   * decides samples held back no worse than the layers as they are. All or nothing; what is to be
   * learned meanwhile waits. `progress` events tell how far it is, in samples of all epochs.
   *
   * What samples do not show is neither kept nor checked: hand in some of base training's kind, too.
   * New layers are another model: the version grows, states learned on the old ones cannot be merged,
   * and what the layers learned can no more be forgotten sample by sample.
   * @experimental
   * @throws HffError `learn/too-few` for a class with fewer than 2 samples, `learn/changed`,
   *   `learn/label`, `learn/no-statistics`, `backend/…`, `input/…`, `option/invalid`
   * @throws the signal's reason when it is aborted
   * @example
   * await model.keepExemplars({ bytes: 2_000_000 });
   * …
   * const { kept, before, after } = await model.adapt({ samples: someDigits, labels: theirLabels });
   */
  async adapt(options: AdaptOptions = {}): Promise<Adaptation> {
    const [inputs, labels] = this.prepareLabelled(options.samples ?? [], options.labels ?? []);
    const given = inputs.map((sample, i) => ({ sample, label: labels[i] as string }));
    return (await this.taught()).adapt(given, options);
  }

  /**
   * What learns beneath, for evaluation: to learn, use {@link learn} and its like.
   * @throws HffError `learn/no-statistics`, `backend/unavailable`, `backend/memory`
   * @internal
   */
  async learning(): Promise<Learning> {
    return (await this.taught()).learning();
  }

  /**
   * What this model knows and another copy of it does not: its own learning and that of others, as
   * bytes for {@link apply} there. Layers are not in it.
   * @param versions what the other knows already, by its {@link Model.versions}; nothing by default
   */
  async changesSince(versions: Versions = {}): Promise<Uint8Array> {
    return (await this.taught()).changesSince(versions);
  }

  /**
   * Takes in bytes of {@link changesSince}: in any order, and again, as often as they come. What comes
   * before its time waits, in memory, for what is missing.
   * @returns whether anything was new
   * @throws HffError `learn/foreign` for a model with other layers, `learn/malformed`,
   *   `snapshot/version`, `learn/too-many`
   */
  async apply(changes: Uint8Array): Promise<boolean> {
    return (await this.taught()).apply(changes.slice());
  }

  /** How many changes of each replica are known here; for {@link changesSince} of another. */
  async versions(): Promise<Versions> {
    return (await this.taught()).versions();
  }

  /**
   * The model as one safetensors file, with what it learned.
   * @param storage of the layers. Other numbers than those at hand would be other layers: they can be
   *   had of a model that learned nothing only.
   * @throws HffError `learn/foreign` for another storage after learning
   * @throws Error after {@link dispose}
   */
  async export(storage?: Storage): Promise<Uint8Array> {
    this.checkAlive();
    const { writeSnapshot } = await import('./format/write-snapshot.ts');
    const teacher = await this.#teacher;
    const learned = teacher ? await teacher.learned() : this.snapshot.learned;
    return writeSnapshot({ ...this.snapshot, learned }, storage);
  }

  /**
   * A model file that decides as this one does now, and is no larger for what it learned: to classify
   * elsewhere. Its classes are base classes there; it can be taught anew, but not be joined with this
   * one.
   * @throws HffError `learn/no-classes`, `learn/no-statistics`
   */
  async exportFrozen(): Promise<Uint8Array> {
    const { writeSnapshot } = await import('./format/write-snapshot.ts');
    return writeSnapshot(await (await this.taught()).frozen());
  }

  override dispose(): void {
    super.dispose();
    this.#teacher?.then(
      (teacher) => teacher.dispose(),
      () => {},
    );
  }

  /** Its teacher, from the first time on that it is asked for. */
  protected async taught(): Promise<Teacher> {
    this.checkAlive();
    this.#teacher ??= this.#beginTeaching();
    const teacher = await this.#teacher;
    this.checkAlive();
    return teacher;
  }

  /** To be replaced where learning is kept. */
  protected async beginTeacher(pupil: Pupil): Promise<Teacher> {
    const { startTeacher } = await import('./learn/start-teacher.ts');
    return startTeacher(pupil);
  }

  #beginTeaching(): Promise<Teacher> {
    const began = this.beginTeacher({
      backend: this.backend,
      snapshot: () => this.snapshot,
      network: () => this.network,
      checkAlive: () => this.checkAlive(),
      decideBy: (next) => this.decideBy(next),
      exchange: (parts) => this.exchange(parts),
      emit: (name, detail) => this.emit(name, detail),
    });
    began.catch(() => {
      this.#teacher = undefined;
    });
    return began;
  }
}
