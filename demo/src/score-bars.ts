/** One bar per class, as tall as its score; the best stands out. */
import type { LabelScore } from '@hff-edge/sdk';

export class ScoreBars {
  readonly #bars = new Map<string, { item: HTMLElement; score: HTMLElement }>();

  constructor(list: HTMLElement, labels: readonly string[]) {
    for (const label of labels) {
      const item = document.createElement('li');
      const score = part('score');
      const name = part('label');
      name.textContent = label;
      item.append(score, part('bar'), name);
      this.#bars.set(label, { item, score });
    }
    list.replaceChildren(...[...this.#bars.values()].map(({ item }) => item));
    this.show([]);
  }

  /** @param scores best first; classes that are missing get no bar */
  show(scores: readonly LabelScore[]): void {
    const shares = new Map(scores.map(({ label, score }) => [label, score]));
    for (const [label, bar] of this.#bars) {
      const share = shares.get(label) ?? 0;
      bar.item.classList.toggle('best', label === scores[0]?.label);
      bar.item.style.setProperty('--score', String(share));
      bar.score.textContent = share >= 0.005 ? `${Math.round(100 * share)}%` : '';
    }
  }
}

function part(name: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  return element;
}
