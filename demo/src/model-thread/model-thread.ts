/** The model, in a thread of its own: everything that the page asks of it. */
import { importModel, loadModel, type OpenedModel, openModel } from '@hff-edge/sdk';
import type { ClassSphere } from './class-sphere.ts';
import { Lessons } from './lessons.ts';
import type {
  Accuracy,
  GreyImage,
  KnownClass,
  ModelFacts,
  News,
  Reading,
  SphereView,
  Step,
} from './protocol.ts';
import { Syncing } from './syncing.ts';

const NAME = 'digits';
const SOURCE = '/models/digits.safetensors';

export class ModelThread {
  readonly #lessons = new Lessons();
  readonly #syncing = new Syncing(() => this.#opened, {
    state: (sync) => this.#tell({ sync }),
    step: (step) => this.#tell({ step }),
  });
  #model: OpenedModel | undefined;
  #tell: (news: News) => void = () => {};
  #sphere: ClassSphere | undefined;

  /** @param tell hears of what changes, wherever it was changed */
  async open(tell: (news: News) => void): Promise<ModelFacts> {
    this.#tell = tell;
    const model = await openModel(NAME, { source: SOURCE });
    // The first pass is slower than all others: let it not be the user's.
    await model.classify(blank, { topK: 1 });
    this.#use(model);
    void this.#syncing.begin();
    return this.#facts();
  }

  async read(image: GreyImage): Promise<Reading> {
    const started = performance.now();
    const reading = await this.#opened.classify(image);
    return { ...reading, milliseconds: performance.now() - started };
  }

  teach(image: GreyImage, label: string): Promise<Step> {
    return this.#step(async (model) => ({
      done: await this.#lessons.teach(model, image, label),
      label,
    }));
  }

  /** Takes back the last example, of all or of one class. */
  unlearn(label?: string): Promise<Step> {
    return this.#step(async (model) => {
      const taken = await this.#lessons.unlearn(model, label);
      return { done: 'unlearned', ...(taken !== null && { label: taken }) };
    });
  }

  renameClass(from: string, to: string): Promise<Step> {
    return this.#step(async (model) => {
      await model.renameClass(from, to);
      this.#lessons.rename(from, to);
      return { done: 'renamed', label: to };
    });
  }

  forgetClass(label: string): Promise<Step> {
    return this.#step(async (model) => {
      await model.forgetClass(label);
      this.#lessons.drop(label);
      return { done: 'forgot', label };
    });
  }

  /** Forgets everything that was taught; the model is as it came. */
  async reset(): Promise<void> {
    this.#lessons.clear();
    await this.#opened.reset();
    this.#syncing.wish();
  }

  /** The model with all that it learned, as a file. */
  export(): Promise<Uint8Array> {
    return this.#opened.export();
  }

  /** Another model, or this one as it was exported, in the place of this. */
  async import(bytes: Uint8Array): Promise<void> {
    const before = this.#opened;
    const model = await importModel(bytes, { name: NAME });
    this.#lessons.clear();
    this.#sphere = undefined;
    this.#use(model);
    before.dispose();
    this.#tell({ facts: this.#facts() });
    this.#syncing.wish();
  }

  /** @param key null ends sync */
  useKey(key: string | null): Promise<void> {
    return this.#syncing.useKey(key);
  }

  sync(): Promise<void> {
    return this.#syncing.now();
  }

  /** On the held-out digits; drawings are read in between. */
  async measure(which: 'as it came' | 'now', progress: (share: number) => void): Promise<Accuracy> {
    const { measure } = await import('./held-out.ts');
    if (which === 'now') return measure(this.#opened, progress);
    const base = await loadModel(SOURCE);
    try {
      return await measure(base, progress);
    } finally {
      base.dispose();
    }
  }

  /** @param image null to see the classes alone */
  async look(image: GreyImage | null): Promise<SphereView> {
    if (!this.#sphere) {
      const { ClassSphere } = await import('./class-sphere.ts');
      this.#sphere ??= new ClassSphere();
    }
    return this.#sphere.view(await this.#opened.inspect(image ?? blank), image !== null);
  }

  get #opened(): OpenedModel {
    if (!this.#model) throw new Error('The model is not open yet.');
    return this.#model;
  }

  #facts(): ModelFacts {
    const { spec, parameterCount } = this.#opened;
    return { spec, parameterCount };
  }

  #use(model: OpenedModel): void {
    this.#model = model;
    model.on('change', () => void this.#tellClasses());
    void this.#tellClasses();
  }

  async #tellClasses(): Promise<void> {
    const classes = await this.#opened.classes();
    this.#tell({
      classes: classes.map(
        (each): KnownClass => ({ ...each, lessons: this.#lessons.count(each.label) }),
      ),
    });
  }

  async #step(run: (model: OpenedModel) => Promise<Pick<Step, 'done' | 'label'>>): Promise<Step> {
    const model = this.#opened;
    const before = await model.versions();
    const started = performance.now();
    const done = await run(model);
    const milliseconds = performance.now() - started;
    const { byteLength: bytes } = await model.changesSince(before);
    await this.#tellClasses();
    this.#syncing.wish();
    return { ...done, milliseconds, bytes };
  }
}

const blank: GreyImage = { width: 28, height: 28, data: new Uint8Array(28 * 28) };
