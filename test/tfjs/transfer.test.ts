/**
 * Transfer learning: a frozen backbone, and a model without layers that learns on its features. In Node,
 * in Chromium and in workerd, on a small net; on a real MobileNet in Node and Chromium where
 * HFF_DATA_DIR has it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureModel } from '../../sdk/src/features.ts';
import { loadModel } from '../../sdk/src/node.ts';
import { tfjsBackbone } from '../../sdk/src/tfjs.ts';
import { relativeError } from '../support/close.ts';
import { hasMobileNet, loadMobileNet, mobileNetFolder } from '../support/mobile-net.ts';
import { mobileNetInput } from '../support/mobile-net-artifacts.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { digitGraph, digitInput } from './digit-graph.ts';
import { runInWorker } from './run-in-worker.ts';
import { type Answers, everyDigit, teachDigits, threeDigits } from './teach-digits.ts';

let served: ServedPage;

beforeAll(async () => {
  await startTfjsInNode();
  served = await servePage({ folder: new URL('page/', import.meta.url), ready: 'learnDigits' });
});

afterAll(() => served?.close());

describe('on a small net', () => {
  let inNode: Answers;

  beforeAll(async () => {
    const backbone = await tfjsBackbone(await digitGraph(), { input: digitInput });
    const model = await loadModel(
      featureModel({ name: 'digits', dimensions: backbone.size, of: 'small-net' }),
    );
    inNode = await teachDigits(model, (images) => backbone.featuresBatch(images), everyDigit);
  });

  it('it learns ten classes from ten drawings each, in Node', () => {
    expect(inNode.labels).toHaveLength(50);
    expect(inNode.right).toBeGreaterThan(40);
  });

  it('and the same in Chromium', async () => {
    const page = await served.open();
    const answers = await page.evaluate(() => globalThis.teachOnSmallNet());
    expect(answers.labels).toEqual(inNode.labels);
    expect(relativeError(answers.features, inNode.features)).toBeLessThan(1e-4);
  });

  it('and the same in workerd', async () => {
    const answers = (await runInWorker('teach-worker.ts', new Uint8Array())) as Answers;
    expect(answers.labels).toEqual(inNode.labels);
    expect(relativeError(answers.features, inNode.features)).toBeLessThan(1e-4);
  });
});

describe.skipIf(!hasMobileNet)(
  `on MobileNet (skipped where there is no ${mobileNetFolder})`,
  () => {
    const side = 96;
    let inNode: Answers;

    beforeAll(async () => {
      const backbone = await tfjsBackbone(await loadMobileNet(side), {
        input: mobileNetInput(side),
      });
      const model = await loadModel(
        featureModel({ name: 'digits', dimensions: backbone.size, of: 'mobilenet' }),
      );
      inNode = await teachDigits(model, (images) => backbone.featuresBatch(images), threeDigits);
    });

    it('it learns three classes from three drawings each, in Node', () => {
      expect(inNode.features).toHaveLength(1024);
      expect(inNode.right).toBe(12);
    });

    it('and the same in Chromium', async () => {
      const page = await served.open();
      const answers = await page.evaluate(
        ([folder, side]) => globalThis.teachOnMobileNet(`/@fs${folder}`, side),
        [mobileNetFolder, side] as const,
      );
      expect(answers.labels).toEqual(inNode.labels);
      expect(relativeError(answers.features, inNode.features)).toBeLessThan(1e-3);
    });
  },
);
