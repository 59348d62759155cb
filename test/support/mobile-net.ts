/**
 * A real backbone, where the data folder has it: MobileNet v1 1.0 224 as a LayersModel that ends with
 * `conv_pw_12_relu`, in `mobilenet-v1-1.0-224-to-pw12`.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { mobileNetArtifacts } from './mobile-net-artifacts.ts';

export const mobileNetFolder: string = resolve(
  process.env.HFF_DATA_DIR ?? 'data',
  'mobilenet-v1-1.0-224-to-pw12',
);

export const hasMobileNet: boolean = existsSync(join(mobileNetFolder, 'model.json'));

/** @param side of the images that it will take */
export async function loadMobileNet(side: number): Promise<tf.LayersModel> {
  const description = JSON.parse(await readFile(join(mobileNetFolder, 'model.json'), 'utf8'));
  const weights = new Uint8Array(await readFile(join(mobileNetFolder, 'weights.bin')));
  return tf.loadLayersModel(
    tf.io.fromMemory(mobileNetArtifacts(description, weights.buffer, side)),
  );
}
