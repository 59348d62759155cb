/** A model kept in IndexedDB, as a page has it; the tests call these functions in this page. */
import { importModel, type OpenedModel, openModel, removeModel } from '@hff-edge/sdk';
import { mnistDigit } from '../../support/render-digit.ts';

declare global {
  /** @param model its bytes in base64, for the first time */
  var openKept: (name: string, model?: string) => Promise<void>;
  var importKept: (name: string, model: string) => Promise<void>;
  var removeKept: (name: string) => Promise<void>;
  /** Teaches these digits one after the other; each number goes to `acknowledged` when it is stored. */
  var learnKept: (digits: [digit: number, hand: number][], label: string) => Promise<void>;
  var acknowledged: number;
  var countsKept: () => Promise<Record<string, number>>;
  var decideKept: (digits: [digit: number, hand: number][]) => Promise<string[]>;
  var resetKept: () => Promise<void>;
  var changesHeard: number;
}

let model: OpenedModel;

const decoded = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

function use(opened: OpenedModel): void {
  model = opened;
  globalThis.changesHeard = 0;
  model.on('change', () => globalThis.changesHeard++);
}

globalThis.openKept = async (name, source) => {
  use(await openModel(name, source === undefined ? {} : { source: decoded(source) }));
};

globalThis.importKept = async (name, source) => use(await importModel(decoded(source), { name }));

globalThis.removeKept = (name) => removeModel(name);

globalThis.acknowledged = 0;

globalThis.learnKept = async (digits, label) => {
  for (const [digit, hand] of digits) {
    await model.learn(mnistDigit(digit, hand), label, { augment: false });
    globalThis.acknowledged++;
  }
};

globalThis.countsKept = async () =>
  Object.fromEntries((await model.classes()).map(({ label, learned }) => [label, learned]));

globalThis.decideKept = async (digits) => {
  const decided = await model.classifyBatch(digits.map(([digit, hand]) => mnistDigit(digit, hand)));
  return decided.map(({ label }) => label);
};

globalThis.resetKept = () => model.reset();
