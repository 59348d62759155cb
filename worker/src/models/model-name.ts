/** Names of models, checked before they become keys. */
import { modelNamePattern } from '@hff-edge/sdk/worker';
import * as v from 'valibot';

export const modelNameSchema = v.object({
  name: v.pipe(
    v.string(),
    v.regex(
      modelNamePattern,
      'Expected 1 to 64 lower-case letters, digits, ".", "_" or "-", a letter or digit first.',
    ),
  ),
});
