/** Examples that were given since the page was opened, so that each can be corrected and taken back. */
import type { OpenedModel } from '@hff-edge/sdk';
import type { GreyImage, Step } from './protocol.ts';

interface Lesson {
  readonly sample: GreyImage;
  readonly label: string;
}

/** Enough to go back a long way, in 4 MB. */
const mostLessons = 200;

export class Lessons {
  #given: Lesson[] = [];

  /** Learns a drawing, or corrects it where this very one was taught as something else. */
  async teach(model: OpenedModel, sample: GreyImage, label: string): Promise<Step['done']> {
    const before = this.#given.find((lesson) => isSame(lesson.sample, sample));
    if (before?.label === label) return 'learned';
    if (before) await model.relabel(sample, before.label, label);
    else await model.learn(sample, label);
    this.#given = this.#given.filter((lesson) => lesson !== before).slice(1 - mostLessons);
    this.#given.push({ sample, label });
    return before ? 'corrected' : 'learned';
  }

  /**
   * Takes the last example back, of all or of one class.
   * @returns its class; null where there is none
   */
  async unlearn(model: OpenedModel, label?: string): Promise<string | null> {
    const last = this.#given.findLast((lesson) => label === undefined || lesson.label === label);
    if (!last) return null;
    // Where another tab took it back already, it is none of ours any more either.
    this.#given = this.#given.filter((lesson) => lesson !== last);
    await model.forget(last.sample, last.label);
    return last.label;
  }

  count(label: string): number {
    return this.#given.filter((lesson) => lesson.label === label).length;
  }

  rename(from: string, to: string): void {
    this.#given = this.#given.map((lesson) =>
      lesson.label === from ? { ...lesson, label: to } : lesson,
    );
  }

  drop(label: string): void {
    this.#given = this.#given.filter((lesson) => lesson.label !== label);
  }

  clear(): void {
    this.#given = [];
  }
}

function isSame(a: GreyImage, b: GreyImage): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}
