/**
 * Puts the default model beside the build, so that the package has one to begin with:
 * `@hff-edge/sdk/digits.safetensors`.
 */
import { copyFile, mkdir } from 'node:fs/promises';

const folder = new URL('../models/', import.meta.url);
await mkdir(folder, { recursive: true });
await copyFile(
  new URL('../../models/digits/digits.safetensors', import.meta.url),
  new URL('digits.safetensors', folder),
);
