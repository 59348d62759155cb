/** A trial on IndexedDB; chromium-site.ts calls these functions in this page. */
/// <reference types="vite/client" />
import { importModel, loadModel, openModel } from '@hff-edge/sdk';
import { indexedDbStore } from '@hff-edge/sdk/stores';
import type { Action } from '../actions.ts';
import { rawIndexedDb } from '../raw/indexed-db.ts';
import { type Report, Trial } from '../trial.ts';

declare global {
  /** @param source a model in base64 */
  var beginTrial: (source: string) => Promise<void>;
  /** @returns milliseconds */
  var timeAction: (action: Action) => Promise<number>;
  var reportTrial: () => Promise<Report>;
}

let trial: Trial;

globalThis.beginTrial = async (source) => {
  const bytes = Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
  const platform = { loadModel, openModel, importModel, store: indexedDbStore, raw: rawIndexedDb };
  trial = await Trial.begin(platform, bytes);
};

globalThis.timeAction = async (action) => {
  const started = performance.now();
  await trial.run(action);
  return performance.now() - started;
};

globalThis.reportTrial = () => trial.report();
